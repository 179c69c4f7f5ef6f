import { type RawBuilder, sql } from 'kysely';
import { type Actor, unitsFor } from '../../../core/access/actor.ts';
import type { QueryOf } from '../../../core/contract/endpoint.ts';
import { uuidFloor } from '../../../core/ids/uuid.ts';
import { addDays, instantAt, isDay } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { DossierContext } from './context.ts';
import type { DossierRowType, listDossiers, listInbox } from './contract.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { presentRows, readRows } from './rows.ts';
import { dossierScope } from './scope.ts';

export type Page = { readonly rows: DossierRowType[]; readonly nextCursor: string | null };
type InboxQuery = QueryOf<typeof listInbox>;
type InboxView = InboxQuery['view'];

const OPEN = sql`d.status in ('submitted', 'awaiting-completion', 'received', 'processing', 'supplement', 'finance', 'suspended', 'decided')`;
const HELD = [
  'dossier.receive',
  'dossier.process',
  'dossier.review',
  'dossier.approve',
  'dossier.number',
  'dossier.hand-over',
];
const uuids = (ids: readonly string[]): RawBuilder<unknown> => sql`any(${[...ids]}::uuid[])`;

/** Roles of steps somebody may take, from the permissions held; each with the units they are held for. */
const ROLE_PERMISSION: Readonly<Record<string, string>> = {
  receiver: 'dossier.receive',
  officer: 'dossier.process',
  'head-of-office': 'dossier.review',
  chairman: 'dossier.approve',
  clerk: 'dossier.number',
  returner: 'dossier.hand-over',
};

function viewCondition(actor: Actor, view: InboxView): RawBuilder<unknown> {
  if (actor.kind !== 'staff') return sql`false`;
  switch (view) {
    case 'mine':
      return sql`d.holder_staff_id = ${actor.staffId}::uuid and d.status in ('received', 'processing', 'supplement', 'finance', 'suspended', 'decided')`;
    case 'role': {
      const parts = Object.entries(ROLE_PERMISSION).flatMap(([role, permission]) => {
        const units = unitsFor(actor, permission);
        return units.length > 0 ? [sql`(d.holder_role = ${role} and d.holder_unit_id = ${uuids(units)})`] : [];
      });
      if (parts.length === 0) return sql`false`;
      const units = new Set(HELD.flatMap((permission) => unitsFor(actor, permission)));
      return sql`d.holder_unit_id = ${uuids([...units])} and d.holder_staff_id is null and ${OPEN} and (${sql.join(parts, sql` or `)})`;
    }
    case 'unit':
      return sql`d.holder_unit_id = ${uuids(unitsFor(actor, 'dossier.read'))} and ${OPEN}`;
    case 'desk':
      return sql`d.received_by_unit_id = ${uuids(unitsFor(actor, 'dossier.receive'))} and d.status in ('submitted', 'awaiting-completion')`;
    case 'return':
      return sql`d.received_by_unit_id = ${uuids(unitsFor(actor, 'dossier.hand-over'))} and d.status = 'decided'`;
  }
}

function filters(query: { status?: string; procedureCode?: string; channel?: string }): RawBuilder<unknown> {
  const parts = [sql`true`];
  if (query.status) parts.push(sql`d.status = ${query.status}`);
  if (query.procedureCode) parts.push(sql`d.procedure_code = ${query.procedureCode}`);
  if (query.channel) parts.push(sql`d.channel = ${query.channel}`);
  return sql.join(parts, sql` and `);
}

/** The inbox: what is due first stands first. Desk and return views are in order of arrival. */
export async function readInbox(ctx: DossierContext, actor: Actor, query: InboxQuery): Promise<Page> {
  const limit = query.limit ?? 50;
  const byArrival = query.view === 'desk' || query.view === 'return';
  const cursor = decodeCursor(query.cursor, byArrival ? 1 : 2);
  const after = cursor
    ? byArrival
      ? sql`d.id > ${cursor[0]}::uuid`
      : sql`(coalesce(d.step_due_at, 'infinity'), d.id) > (${cursor[0] ?? 'infinity'}::timestamptz, ${cursor[1]}::uuid)`
    : sql`true`;
  const unit = query.unitId
    ? sql`(d.holder_unit_id = ${query.unitId}::uuid or d.received_by_unit_id = ${query.unitId}::uuid)`
    : sql`true`;
  const where = sql`${viewCondition(actor, query.view)} and ${filters(query)} and ${unit} and ${after}`;
  const order = byArrival ? sql`d.id` : sql`coalesce(d.step_due_at, 'infinity'), d.id`;
  const raw = await readRows(ctx.db, where, order, limit + 1);
  const rows = await presentRows(ctx, raw.slice(0, limit), ctx.clock.now());
  const last = raw[limit - 1];
  const nextCursor =
    raw.length > limit && last
      ? encodeCursor(byArrival ? [last.id] : [last.step_due_at?.toISOString() ?? null, last.id])
      : null;
  return { rows, nextCursor };
}

const COUNT_CAP = 1000;

/** How much waits in each view, how much of it is late or due within a day; counting stops at 1,000. */
export async function countInbox(
  ctx: DossierContext,
  actor: Actor,
): Promise<{ views: { view: InboxView; total: number; late: number; soon: number; capped: boolean }[] }> {
  const now = ctx.clock.now();
  const soon = new Date(now.getTime() + 24 * 3_600_000);
  const views: readonly InboxView[] = ['mine', 'role', 'unit', 'desk', 'return'];
  const counted = await Promise.all(
    views.map(async (view) => {
      const { rows } = await sql<{ total: number; late: number; soon: number }>`
        select count(*) total, count(*) filter (where due < ${now}) late, count(*) filter (where due >= ${now} and due < ${soon}) soon
        from (select least(d.step_due_at, d.due_current) due from dossiers.dossier d where ${viewCondition(actor, view)} limit ${COUNT_CAP}) x`.execute(
        ctx.db,
      );
      const row = rows[0] ?? { total: 0, late: 0, soon: 0 };
      return { view, ...row, capped: row.total >= COUNT_CAP };
    }),
  );
  return { views: counted };
}

type ListQuery = QueryOf<typeof listDossiers>;

/** The list of dossiers, newest first, by receiving or deciding unit; days are inclusive, by day of filing. */
export async function readList(ctx: DossierContext, actor: Actor, query: ListQuery): Promise<Page> {
  const limit = query.limit ?? 50;
  const scope = dossierScope(actor);
  const mine = query.unitId ? scope.unitIds.filter((id) => id === query.unitId) : scope.unitIds;
  const column = sql.ref(query.basis === 'decided' ? 'd.decided_by_unit_id' : 'd.received_by_unit_id');
  const parts = [sql`${column} = ${uuids(mine)}`, filters(query)];
  for (const name of ['from', 'to'] as const) {
    const day = query[name];
    if (day !== undefined && !isDay(day)) {
      throw new AppError('request/invalid', {
        fields: [{ path: `query.${name}`, code: 'date', message: 'Ngày không có trong lịch.' }],
      });
    }
  }
  const from = query.from ? instantAt(query.from, '00:00') : undefined;
  const to = query.to ? instantAt(addDays(query.to, 1), '00:00') : undefined;
  if (from) parts.push(sql`d.id >= ${uuidFloor(from)}::uuid`);
  if (to) parts.push(sql`d.id < ${uuidFloor(to)}::uuid`);
  if (query.late)
    parts.push(sql`(d.punctuality = 'late' or (d.ended_at is null and d.due_current < ${ctx.clock.now()}))`);
  const cursor = decodeCursor(query.cursor, 1);
  if (cursor) parts.push(sql`d.id < ${cursor[0]}::uuid`);
  const raw = await readRows(ctx.db, sql.join(parts, sql` and `), sql`d.id desc`, limit + 1);
  const last = raw[limit - 1];
  return {
    rows: await presentRows(ctx, raw.slice(0, limit), ctx.clock.now()),
    nextCursor: raw.length > limit && last ? encodeCursor([last.id]) : null,
  };
}
