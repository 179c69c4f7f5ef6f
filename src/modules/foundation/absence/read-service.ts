import { type Actor, holds, type StaffActor, unitsFor } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { addDays, dayOf, instantAt, toIso } from '../../../core/time/index.ts';
import { getPerson, lendableUnits, MANAGE, staffOnly } from './access.ts';
import { getAbsenceContent } from './content.ts';
import type { AbsenceContext } from './context.ts';
import type * as contract from './contract.ts';
import { STATUS_NAMES, statusAt } from './rules/period.ts';
import { lentRights } from './rules/scope.ts';
import { type AbsenceRow, actingOf, searchAbsences } from './store.ts';

type List = ReplyOf<typeof contract.listAbsences>;

/** Absences of oneself, those one acts in, and those of people of units one answers for. */
export async function listAbsences(
  ctx: AbsenceContext,
  actor: Actor,
  query: QueryOf<typeof contract.listAbsences>,
): Promise<List> {
  const by = staffOnly(actor);
  const now = ctx.clock.now();
  const limit = query.limit ?? 50;
  const unitIds = unitsFor(by, MANAGE);
  const q = query.q?.trim();
  const staffIds = q
    ? (await ctx.organisation.findStaffByName([...unitIds, ...by.unitIds], q)).map((person) => person.staffId)
    : null;
  const found = await searchAbsences(ctx.db, {
    unitIds,
    self: by.staffId,
    onlyOwn: query.own === 'yes',
    staffIds,
    unitId: query.unitId ?? null,
    from: query.from ? (instantAt(query.from, '00:00') ?? null) : null,
    to: query.to ? (instantAt(addDays(query.to, 1), '00:00') ?? null) : null,
    kind: query.kind ?? null,
    status: query.status ?? null,
    now,
    limit,
    offset: ((query.page ?? 1) - 1) * limit,
  });
  return { rows: await present(ctx, by, found.rows, now), total: found.total };
}

async function present(
  ctx: AbsenceContext,
  actor: StaffActor,
  rows: readonly AbsenceRow[],
  now: Date,
): Promise<List['rows']> {
  const acting = await actingOf(
    ctx.db,
    rows.map((row) => row.id),
  );
  const ids = [...rows.map((row) => row.staffId), ...acting.map((one) => one.actingStaffId)];
  const [names, directory, permissions] = await Promise.all([
    ctx.organisation.staffNames([...new Set(ids)]),
    ctx.organisation.directory(),
    permissionNames(ctx),
  ]);
  const unitName = (id: string): string => directory.historyOf(id).at(-1)?.name ?? '';
  const { kinds } = getAbsenceContent();
  return rows.map((row) => {
    const status = statusAt(row, now);
    const open = status === 'planned' || status === 'active';
    return {
      id: row.id,
      version: row.version,
      staffId: row.staffId,
      staffName: names.get(row.staffId)?.name ?? '',
      staffTitle: names.get(row.staffId)?.title ?? '',
      unitNames: row.unitIds.map(unitName),
      kind: row.kind,
      kindName: kinds.find((kind) => kind.code === row.kind)?.name ?? row.kind,
      startsAt: toIso(row.startsAt),
      endsAt: toIso(row.endsAt),
      note: row.note,
      status,
      statusName: STATUS_NAMES[status],
      cancelReason: row.cancelReason,
      mayChange: open && (row.staffId === actor.staffId || row.unitIds.some((unitId) => holds(actor, MANAGE, unitId))),
      acting: acting
        .filter((one) => one.absenceId === row.id)
        .map((one) => ({
          staffId: one.actingStaffId,
          name: names.get(one.actingStaffId)?.name ?? '',
          startsAt: toIso(one.startsAt),
          endsAt: toIso(one.endsAt),
          unitName: one.unitId ? unitName(one.unitId) : null,
          permissionNames: one.permissions?.map((code) => permissions.get(code) ?? code) ?? null,
          signing: one.signing,
          decisionNumber: one.decisionNumber,
        })),
    };
  });
}

async function permissionNames(ctx: AbsenceContext): Promise<ReadonlyMap<string, string>> {
  const roles = await ctx.organisation.listRoles();
  return new Map(roles.flatMap((role) => role.permissions.map(({ code, name }) => [code, name] as const)));
}

/** People by part of the name: whose absence one may record, or who may act for somebody (same authority). */
export async function findPeople(
  ctx: AbsenceContext,
  actor: Actor,
  query: QueryOf<typeof contract.findAbsencePeople>,
): Promise<ReplyOf<typeof contract.findAbsencePeople>> {
  const by = staffOnly(actor);
  const now = ctx.clock.now();
  const day = dayOf(now);
  if (query.for === undefined) return { rows: await inOffice(ctx, unitsFor(by, MANAGE), query.q, null) };
  const person = await getPerson(ctx, by, query.for, now);
  const directory = await ctx.organisation.directory();
  const authorities = person.unitIds.flatMap((unitId) => directory.authorityOn(unitId, day)?.unitId ?? []);
  const unitIds = [...new Set(authorities.flatMap((id) => directory.reachOn(id, 'authority', day)))];
  return { rows: await inOffice(ctx, unitIds, query.q, person.staffId) };
}

async function inOffice(ctx: AbsenceContext, unitIds: readonly string[], q: string, except: string | null) {
  const found = (await ctx.organisation.findStaffByName(unitIds, q)).filter((one) => one.staffId !== except);
  const serving = await ctx.organisation.servingOn(
    found.map((one) => one.staffId),
    dayOf(ctx.clock.now()),
  );
  return found.filter((one) => serving.has(one.staffId)).map(({ staffId, name, title }) => ({ staffId, name, title }));
}

/** What of a person's work can be handed over by the actor. */
export async function getChoices(
  ctx: AbsenceContext,
  actor: Actor,
  staffId: string,
): Promise<ReplyOf<typeof contract.getAbsenceChoices>> {
  const by = staffOnly(actor);
  const now = ctx.clock.now();
  const person = await getPerson(ctx, by, staffId, now);
  const content = getAbsenceContent();
  const rights = (await ctx.organisation.loadGrants(staffId, now))?.unitsByPermission ?? new Map();
  const lendable = lendableUnits(by, person, rights);
  const [directory, names] = await Promise.all([ctx.organisation.directory(), permissionNames(ctx)]);
  const lent = lentRights(rights, { units: null, permissions: null, signing: true }, content);
  return {
    person: { staffId, name: person.name, title: person.title },
    kinds: content.kinds,
    units: (lendable ?? person.unitIds).map((id) => ({ id, name: directory.unitOn(id, dayOf(now))?.name ?? '' })),
    permissions: [...lent.keys()].map((code) => ({
      code,
      name: names.get(code) ?? code,
      signing: content.signing.includes(code),
    })),
    wholePerson: lendable === null,
  };
}
