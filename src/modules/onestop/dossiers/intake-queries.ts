import { sql } from 'kysely';
import type { Actor } from '../../../core/access/actor.ts';
import { holds } from '../../../core/access/actor.ts';
import type { ReplyOf } from '../../../core/contract/endpoint.ts';
import { dayOf, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { limitText } from '../procedures/rules/time-limit.ts';
import type { DossierContext } from './context.ts';
import type {
  findPeople,
  getIntakeProcedure,
  IntakeBodyType,
  listIntakeProcedures,
  PartySnapshotType,
  previewIntake,
} from './contract.ts';
import { missingComponents } from './intake-parts.ts';
import { idDigest } from './parties.ts';
import { prepare } from './prepare.ts';
import { dossierDue } from './rules/clock.ts';
import { foldName, foldPhone } from './rules/search-keys.ts';
import { checkStorable } from './storable.ts';

/** Refuses an intake at a desk where the actor may not receive; looks like a desk that does not exist. */
export function checkDesk(actor: Actor, unitId: string): void {
  if (!holds(actor, 'dossier.receive', unitId)) throw new AppError('row/missing');
}

/** What would happen: due date, fees, missing papers and form errors; nothing is written. */
export async function preview(ctx: DossierContext, body: IntakeBodyType): Promise<ReplyOf<typeof previewIntake>> {
  const now = ctx.clock.now();
  const prepared = await prepare(ctx.ports, body, now, ctx.demo);
  const due = dossierDue(prepared, now, []);
  const provided = new Set(body.components.filter((c) => c.provided).map((c) => c.code));
  const fees = prepared.fees;
  return {
    dueAt: due.ok && due.dueAt ? toIso(due.dueAt) : null,
    limitText: prepared.limitText,
    fees: fees.ok
      ? fees.lines.map((line) => ({
          id: line.feeId,
          name: line.name,
          amountVnd: line.amountVnd,
          note: line.exemptedBy ?? line.description,
        }))
      : fees.errors.map((error) => ({ id: error.feeId, name: error.feeId, amountVnd: null, note: error.message })),
    missingComponents: missingComponents(prepared, provided).map((c) => ({ code: c.id, name: c.name })),
    errors: prepared.form.errors.map((e) => ({ path: e.path, code: e.code, message: e.message })),
  };
}

export async function intakeProcedures(
  ctx: DossierContext,
  unitId: string,
  q: string | undefined,
): Promise<ReplyOf<typeof listIntakeProcedures>> {
  const day = dayOf(ctx.clock.now());
  const authority = await ctx.ports.authorityOf(unitId, null, day);
  const revisions = await ctx.ports.listProcedures(authority?.level ?? null, day, q);
  return {
    rows: revisions
      .filter(({ definition }) => definition.steps.length > 0)
      .map(({ definition }) => ({
        code: definition.code,
        name: definition.name,
        fieldName: definition.field.name,
        limitText: definition.timeLimits[0] ? limitText(definition.timeLimits[0]) : '',
      })),
  };
}

export async function intakeProcedure(
  ctx: DossierContext,
  unitId: string,
  code: string,
): Promise<ReplyOf<typeof getIntakeProcedure>> {
  const day = dayOf(ctx.clock.now());
  const authority = await ctx.ports.authorityOf(unitId, null, day);
  const revision = authority ? await ctx.ports.findProcedure(code, authority.level, day) : undefined;
  if (!revision) throw new AppError('procedure/missing', { params: { code, day } });
  const { definition } = revision;
  const decides = definition.decidedAt ? await ctx.ports.authorityOf(unitId, definition.decidedAt, day) : authority;
  const channels = (['desk', 'online', 'post'] as const).filter((channel) => definition.channels[channel]);
  return {
    code: definition.code,
    name: definition.name,
    revisionId: revision.id,
    decidedBy: { id: decides?.id ?? '', name: decides?.name ?? '' },
    form: revision.form,
    cases: definition.cases.map((c) => ({ id: c.id, name: c.name })),
    components: definition.components
      .filter((c) => c.present !== 'note')
      .map((c) => ({
        code: c.id,
        name: c.name,
        required: c.required === true,
        originals: c.originals,
        copies: c.copies,
        present: c.present,
      })),
    channels,
  };
}

type PersonRow = { person_id: string; snapshot: PartySnapshotType; code: string };

/**
 * People known from earlier dossiers, by ID number, phone or the beginning of the name: only of dossiers the clerk's
 * own units received. Without `dossier.read-personal` only by ID number. The look-up is recorded.
 */
export async function searchPeople(
  ctx: DossierContext,
  actor: Actor,
  q: string,
  unitId: string,
): Promise<ReplyOf<typeof findPeople>> {
  checkDesk(actor, unitId);
  checkStorable(q);
  const units = actor.kind === 'staff' ? [...(actor.unitsByPermission.get('dossier.receive') ?? [])] : [];
  const digits = q.replace(/[\s.-]+/g, '');
  const kind = /^\d{12}$|^\d{9}$/.test(digits) ? 'id' : /^(\+?84|0)\d{8,10}$/.test(digits) ? 'phone' : 'name';
  const value = kind === 'id' ? idDigest(ctx.secret, digits) : kind === 'phone' ? foldPhone(digits) : foldName(q);
  // Who need not read personal data finds only the person whose number is at hand.
  const mayLookAround = holds(actor, 'dossier.read-personal', unitId);
  if (value === '' || (kind !== 'id' && !mayLookAround)) return { rows: [] };
  const match =
    kind === 'name'
      ? sql`k.kind = 'name' and k.value >= ${value} and k.value < ${`${value}~`}`
      : sql`k.kind = ${kind} and k.value = ${value}`;
  const { rows } = await sql<PersonRow>`
    select distinct on (p.person_id) p.person_id, p.snapshot, d.code
    from (select k.dossier_id from dossiers.search_key k where ${match} and k.received_by_unit_id = any(${units}::uuid[]) order by k.dossier_id desc limit 50) k
    join dossiers.party p on p.dossier_id = k.dossier_id join dossiers.dossier d on d.id = k.dossier_id
    where p.person_id is not null order by p.person_id, p.dossier_id desc limit 50`.execute(ctx.db);
  const folded = foldName(q);
  const found = rows
    .filter((row) => kind !== 'name' || foldName(row.snapshot.fullName).startsWith(folded))
    .slice(0, 10);
  const now = ctx.clock.now();
  const authority = await ctx.ports.authorityOf(unitId, null, dayOf(now));
  await recordAudit(ctx.db, [
    {
      chainId: authority?.id ?? unitId,
      occurredAt: now,
      actor,
      action: 'person.search',
      object: { type: 'unit', id: unitId },
      payload: { by: kind, ids: found.map((row) => row.person_id) },
    },
  ]);
  return { rows: found.map((row) => ({ personId: row.person_id, snapshot: row.snapshot, lastDossierCode: row.code })) };
}
