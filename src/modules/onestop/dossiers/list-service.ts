import { type RawBuilder, sql } from 'kysely';
import { type Actor, readingUnitsFor, unitsFor } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { uuidFloor } from '../../../core/ids/uuid.ts';
import { addDays, dayOf, instantAt, isDay } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import type { DossierContext } from './context.ts';
import type { DossierRowType, listFormerUnits as formerUnits, listDossiers, listInbox } from './contract.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { openLate } from './late-sql.ts';
import { presentRows, readRows } from './rows.ts';
import { dossierScope } from './scope.ts';

/** More than a screen shows; the console asks for the next ones while these are read. */
const PAGE = 25;

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

/** Dossiers whose `column` is one of `keys` and for which `rest` holds: each key has an index that ends in the order asked. */
type Keyed = { readonly column: string; readonly keys: readonly string[]; readonly rest: RawBuilder<unknown> };

function viewOf(actor: Actor, view: InboxView): Keyed {
  if (actor.kind !== 'staff') return { column: 'd.id', keys: [], rest: sql`false` };
  switch (view) {
    case 'mine':
      return {
        column: 'd.holder_staff_id',
        keys: [actor.staffId],
        rest: sql`d.status in ('received', 'processing', 'supplement', 'finance', 'suspended', 'decided')`,
      };
    case 'acting': {
      // Of the absent one only what lies within the scope: the step's permission at its unit.
      const acting = actor.actingFor ?? [];
      const parts = acting.flatMap(({ staffId, unitsByPermission }) =>
        Object.entries(ROLE_PERMISSION).flatMap(([role, permission]) => {
          const units = [...(unitsByPermission.get(permission) ?? [])];
          return units.length > 0
            ? [
                sql`(d.holder_staff_id = ${staffId}::uuid and d.holder_role = ${role} and d.holder_unit_id = ${uuids(units)})`,
              ]
            : [];
        }),
      );
      if (parts.length === 0) return { column: 'd.holder_staff_id', keys: [], rest: sql`false` };
      return {
        column: 'd.holder_staff_id',
        keys: [...new Set(acting.map((one) => one.staffId))],
        rest: sql`d.status in ('received', 'processing', 'supplement', 'finance', 'suspended', 'decided') and (${sql.join(parts, sql` or `)})`,
      };
    }
    case 'role': {
      const parts = Object.entries(ROLE_PERMISSION).flatMap(([role, permission]) => {
        const units = unitsFor(actor, permission);
        return units.length > 0 ? [sql`(d.holder_role = ${role} and d.holder_unit_id = ${uuids(units)})`] : [];
      });
      const units = new Set(HELD.flatMap((permission) => unitsFor(actor, permission)));
      if (parts.length === 0) return { column: 'd.holder_unit_id', keys: [], rest: sql`false` };
      return {
        column: 'd.holder_unit_id',
        keys: [...units],
        rest: sql`d.holder_staff_id is null and ${OPEN} and (${sql.join(parts, sql` or `)})`,
      };
    }
    case 'unit':
      return { column: 'd.holder_unit_id', keys: unitsFor(actor, 'dossier.read'), rest: OPEN };
    case 'desk':
      return {
        column: 'd.received_by_unit_id',
        keys: unitsFor(actor, 'dossier.receive'),
        rest: sql`d.status in ('submitted', 'awaiting-completion')`,
      };
    case 'return':
      return {
        column: 'd.received_by_unit_id',
        keys: unitsFor(actor, 'dossier.hand-over'),
        rest: sql`d.status = 'decided'`,
      };
  }
}

/**
 * The first rows of each key by its own index, and of these the first of all: never a sort of everything that a desk
 * has ever had, and no more rows are fetched whole than are shown.
 * @param order over columns of `d`, all of them among `id` and `step_due_at`.
 */
function firstOfEach(
  keyed: Keyed,
  where: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
  limit: number,
): RawBuilder<unknown> {
  return sql`d.id in (select d.id from unnest(${[...keyed.keys]}::uuid[]) k(key) cross join lateral (
    select d.id, d.step_due_at from dossiers.dossier d where ${sql.ref(keyed.column)} = k.key and ${keyed.rest} and ${where}
    order by ${order} limit ${limit}) d order by ${order} limit ${limit})`;
}

function filters(query: { status?: string; procedureCode?: string; channel?: string }): RawBuilder<unknown> {
  const parts = [sql`true`];
  // A literal: only then can the planner use the small indexes over open dossiers in a prepared statement.
  if (query.status) parts.push(sql`d.status = ${sql.lit(query.status)}`);
  if (query.procedureCode) parts.push(sql`d.procedure_code = ${query.procedureCode}`);
  if (query.channel) parts.push(sql`d.channel = ${query.channel}`);
  return sql.join(parts, sql` and `);
}

/** The inbox: what is due first stands first. Desk and return views are in order of arrival. */
export async function readInbox(ctx: DossierContext, actor: Actor, query: InboxQuery): Promise<Page> {
  const limit = query.limit ?? PAGE;
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
  const where = sql`${filters(query)} and ${unit} and ${after}`;
  // Ascending puts a missing due date last, as `coalesce` in the cursor does.
  const order = byArrival ? sql`d.id` : sql`d.step_due_at, d.id`;
  const raw = await readRows(ctx.db, firstOfEach(viewOf(actor, query.view), where, order, limit + 1), order, limit + 1);
  const rows = await presentRows(ctx, raw.slice(0, limit), ctx.clock.now());
  const last = raw[limit - 1];
  const nextCursor =
    raw.length > limit && last
      ? encodeCursor(byArrival ? [last.id] : [last.step_due_at?.toISOString() ?? null, last.id])
      : null;
  return { rows, nextCursor };
}

/** More than anybody works through in a week; exact figures are the boards' business. */
const COUNT_CAP = 400;

/**
 * How much waits in each view, how much of it is late or due within a day; counting stops at 400. A result waiting
 * for its owner is neither: its processing has ended.
 */
export async function countInbox(
  ctx: DossierContext,
  actor: Actor,
): Promise<{ views: { view: InboxView; total: number; late: number; soon: number; capped: boolean }[] }> {
  const now = ctx.clock.now();
  const soon = new Date(now.getTime() + 24 * 3_600_000);
  const views: readonly InboxView[] = [
    'mine',
    ...(actor.kind === 'staff' && actor.actingFor ? ['acting' as const] : []),
    'role',
    'unit',
    'desk',
    'return',
  ];
  const parts = views.map((view) => {
    const keyed = viewOf(actor, view);
    return sql`select ${sql.lit(view)} as view, count(*) total, count(*) filter (where due < ${now}) late,
        count(*) filter (where due >= ${now} and due < ${soon}) soon
      from (select case when d.status <> 'decided' then least(d.step_due_at, d.due_current) end due from dossiers.dossier d
        where ${sql.ref(keyed.column)} = ${uuids(keyed.keys)} and ${keyed.rest} limit ${COUNT_CAP}) x`;
  });
  type Counted = { view: InboxView; total: number; late: number; soon: number };
  const { rows } = await sql<Counted>`${sql.join(parts, sql` union all `)}`.execute(ctx.db);
  const counted = views.map((view) => {
    const { total, late, soon } = rows.find((row) => row.view === view) ?? { total: 0, late: 0, soon: 0 };
    return { view, total, late, soon, capped: total >= COUNT_CAP };
  });
  return { views: counted };
}

type ListQuery = QueryOf<typeof listDossiers>;

/**
 * The list of dossiers, newest first, by receiving or deciding unit; days are inclusive, by day of filing. Those of a
 * former unit only where it is asked for by itself.
 */
export async function readList(ctx: DossierContext, actor: Actor, query: ListQuery): Promise<Page> {
  const limit = query.limit ?? PAGE;
  const scope = dossierScope(actor);
  const mine = query.unitId ? scope.unitIds.filter((id) => id === query.unitId) : unitsFor(actor, 'dossier.read');
  const column = query.basis === 'decided' ? 'd.decided_by_unit_id' : 'd.received_by_unit_id';
  const parts = [filters(query)];
  for (const name of ['from', 'to'] as const) {
    const day = query[name];
    if (day !== undefined && !isDay(day)) {
      throw new AppError('request/invalid', {
        fields: [{ path: `query.${name}`, code: 'date', message: words('server.field.no-such-day') }],
      });
    }
  }
  const from = query.from ? instantAt(query.from, '00:00') : undefined;
  const to = query.to ? instantAt(addDays(query.to, 1), '00:00') : undefined;
  if (from) parts.push(sql`d.id >= ${uuidFloor(from)}::uuid`);
  if (to) parts.push(sql`d.id < ${uuidFloor(to)}::uuid`);
  if (query.late)
    parts.push(sql`(d.punctuality = 'late' or (d.ended_at is null and ${openLate('d', ctx.clock.now())}))`);
  const cursor = decodeCursor(query.cursor, 1);
  if (cursor) parts.push(sql`d.id < ${cursor[0]}::uuid`);
  const order = sql`d.id desc`;
  const first = firstOfEach({ column, keys: mine, rest: sql`true` }, sql.join(parts, sql` and `), order, limit + 1);
  const raw = await readRows(ctx.db, first, order, limit + 1);
  const last = raw[limit - 1];
  return {
    rows: await presentRows(ctx, raw.slice(0, limit), ctx.clock.now()),
    nextCursor: raw.length > limit && last ? encodeCursor([last.id]) : null,
  };
}

const byName = new Intl.Collator('vi', { numeric: true });

/** Former authorities and desks by which the reader may ask for dossiers, those that ended last first. */
export async function listFormerUnits(ctx: DossierContext, actor: Actor): Promise<ReplyOf<typeof formerUnits>> {
  const held = new Set(unitsFor(actor, 'dossier.read'));
  const former = readingUnitsFor(actor, 'dossier.read').filter((id) => !held.has(id));
  const rows = await ctx.ports.formerUnits(former, dayOf(ctx.clock.now()));
  return {
    rows: rows.toSorted((a, b) => b.closedOn.localeCompare(a.closedOn) || byName.compare(a.name, b.name)),
  };
}
