import { type Actor, actorRef, type StaffActor } from '../../../core/access/actor.ts';
import type { BodyOf } from '../../../core/contract/endpoint.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { addDays, type Day, dayOf, instantAt, toIso } from '../../../core/time/index.ts';
import { once, rememberReply, requestDigest, scopedKey } from '../../../platform/db/idempotency.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { words } from '../../../platform/messages/words.ts';
import { INSTALLATION_CHAIN, recordAudit } from '../audit/index.ts';
import { getPerson, lendableUnits, type Person, staffOnly } from './access.ts';
import { getAbsenceContent } from './content.ts';
import type { AbsenceContext } from './context.ts';
import type * as contract from './contract.ts';
import { judgeAbsence } from './rules/acceptable.ts';
import { type Period, STATUS_NAMES, statusAt } from './rules/period.ts';
import * as store from './store.ts';

/** Somebody's absence was recorded, changed, ended or cancelled. Payload `{absenceId, staffId}`. */
export const ABSENCE_CHANGED = 'absence.changed';

type Draft = BodyOf<typeof contract.recordAbsence>;
type NewActing = Draft['acting'][number];

/**
 * Records an absence with who acts. Days are inclusive; with a time of day it begins or ends within the day.
 * @throws AppError row/missing, absence/… (`rules/acceptable.ts`), absence/beyond-own, absence/kind.
 */
export async function recordAbsence(
  ctx: AbsenceContext,
  actor: Actor,
  draft: Draft,
  idempotencyKey?: string,
): Promise<{ id: string }> {
  const by = staffOnly(actor);
  const now = ctx.clock.now();
  if (!getAbsenceContent().kinds.some((kind) => kind.code === draft.kind)) throw new AppError('absence/kind');
  const person = await getPerson(ctx, by, draft.staffId, now);
  const asked = periodOf(draft);
  const key = idempotencyKey ? scopedKey('absence', actorRef(actor), idempotencyKey) : undefined;
  const digest = requestDigest(draft);
  const id = uuidv7(now);
  return once(ctx.db, key, digest, () =>
    ctx.db.transaction().execute(async (trx) => {
      if (key) await rememberReply(trx, key, digest, { id });
      await store.lockAbsences(trx);
      const period = draft.fromTime ? asked : await afterEarlier(trx, person.staffId, asked, now);
      await check(ctx, trx, by, { id: null, person, period, acting: draft.acting, now });
      const note = draft.note?.trim() || null;
      const { kind } = draft;
      const facts = { id, staffId: person.staffId, unitIds: person.unitIds, kind, note, ...period };
      await store.insertAbsence(trx, { ...facts, recordedAt: now, recordedBy: actorRef(actor) });
      await store.insertActing(trx, actingRows(id, person.staffId, period, draft.acting, now), actorRef(actor), now);
      await tell(trx, by, 'absence.record', id, person.staffId, now, {
        kind: draft.kind,
        from: toIso(period.startsAt),
        to: toIso(period.endsAt),
        acting: draft.acting,
      });
      return { id };
    }),
  );
}

/** From the beginning of the first day, or a time in it, to the end of the last, or a time in it. */
function periodOf({ from, fromTime, to, toTime }: Pick<Draft, 'from' | 'fromTime' | 'to' | 'toTime'>): Period {
  const startsAt = instantAt(from, fromTime ?? '00:00');
  const endsAt = toTime ? instantAt(to, toTime) : instantAt(addDays(to, 1), '00:00');
  if (!startsAt || !endsAt) throw new AppError('absence/period');
  return { startsAt, endsAt };
}

/** Away again on a day one came back on: where no time is said, it begins when the absence before ended. */
async function afterEarlier(trx: Db, staffId: string, asked: Period, now: Date): Promise<Period> {
  const before = (await store.absencesOf(trx, [staffId], asked.startsAt)).filter((row) => row.endsAt <= now);
  const startsAt = new Date(Math.max(asked.startsAt.getTime(), ...before.map((row) => row.endsAt.getTime())));
  return { ...asked, startsAt };
}

type Checked = {
  readonly id: string | null;
  readonly person: Person;
  readonly period: Period;
  readonly acting: readonly NewActing[];
  readonly now: Date;
};

async function check(ctx: AbsenceContext, trx: Db, by: StaffActor, checked: Checked): Promise<void> {
  const { person, period, acting, now } = checked;
  const { organisation } = ctx;
  const content = getAbsenceContent();
  const rights = (await organisation.loadGrants(person.staffId, now))?.unitsByPermission ?? new Map();
  const lendable = lendableUnits(by, person, rights);
  if (lendable && acting.some((one) => !one.unitId || !lendable.includes(one.unitId)))
    throw new AppError('absence/beyond-own');
  if (acting.some((one) => one.unitId && !person.unitIds.includes(one.unitId))) throw new AppError('row/missing');
  const directory = await organisation.directory();
  const firstDay = dayOf(period.startsAt > now ? period.startsAt : now);
  const lastDay = dayOf(new Date(period.endsAt.getTime() - 1));
  const authorities = (unitIds: readonly string[], day: Day): string[] =>
    unitIds.flatMap((unitId) => directory.authorityOn(unitId, day)?.unitId ?? []);
  const ids = acting.map((one) => one.staffId);
  const [first, last] = await Promise.all([
    organisation.servingOn(ids, firstDay),
    organisation.servingOn(ids, lastDay),
  ]);
  const names = await organisation.staffNames(ids);
  const absences = await store.absencesOf(trx, [person.staffId, ...ids], period.startsAt < now ? period.startsAt : now);
  const theirActing = await store.actingOf(
    trx,
    absences.map((row) => row.id),
  );
  const judged = judgeAbsence({
    id: checked.id,
    staffId: person.staffId,
    period,
    now,
    longestDays: content.longestDays,
    deputyTitles: content.deputyTitles,
    recorded: absences.map((row) => ({
      ...row,
      acting: theirActing
        .filter((one) => one.absenceId === row.id)
        .map(({ actingStaffId, startsAt, endsAt }) => ({ staffId: actingStaffId, startsAt, endsAt })),
    })),
    stands: acting.map((one) => {
      const serving = first.get(one.staffId);
      return {
        staffId: one.staffId,
        name: names.get(one.staffId)?.name ?? words('server.absence.this-person'),
        inOffice: serving !== undefined && last.has(one.staffId),
        title: serving?.title ?? '',
        authorityIds: authorities(serving?.unitIds ?? [], firstDay),
        mustBeAt: authorities(one.unitId ? [one.unitId] : person.unitIds, firstDay),
        signing: one.signing ?? false,
        decisionNumber: one.decisionNumber ?? null,
      };
    }),
  });
  if (!judged.ok) throw new AppError(judged.code, { params: judged.params });
}

function actingRows(
  absenceId: string,
  absentStaffId: string,
  period: Period,
  acting: readonly NewActing[],
  at: Date,
): store.ActingRow[] {
  return acting.map((one) => ({
    id: uuidv7(at),
    absenceId,
    absentStaffId,
    actingStaffId: one.staffId,
    ...period,
    unitId: one.unitId ?? null,
    permissions: one.permissions ?? null,
    signing: one.signing ?? false,
    decisionNumber: one.decisionNumber?.trim() || null,
  }));
}

/** Other people act from now on (or from the beginning of a planned absence); who acted so far is remembered. */
export async function changeActing(
  ctx: AbsenceContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.changeActing>,
): Promise<void> {
  await change(
    ctx,
    actor,
    id,
    body.version,
    'absence.change-acting',
    { acting: body.acting },
    async (trx, row, by, now) => {
      const person = await getPerson(ctx, by, row.staffId, now);
      const period = { startsAt: row.startsAt > now ? row.startsAt : now, endsAt: row.endsAt };
      await check(ctx, trx, by, { id, person, period, acting: body.acting, now });
      await store.stopActing(trx, id, now);
      await store.insertActing(trx, actingRows(id, row.staffId, period, body.acting, now), actorRef(actor), now);
      return {};
    },
  );
}

/** The person is back: from now on nobody acts. */
export async function endAbsence(ctx: AbsenceContext, actor: Actor, id: string, version: number): Promise<void> {
  await change(ctx, actor, id, version, 'absence.end', {}, async (trx, row, _by, now) => {
    if (row.startsAt > now) throw stateError('planned');
    await store.stopActing(trx, id, now);
    return { endsAt: now, endedEarlyAt: now };
  });
}

/** Taken back: planned, or recorded by mistake. What was done for the person meanwhile stays done. */
export async function cancelAbsence(
  ctx: AbsenceContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.cancelAbsence>,
): Promise<void> {
  const reason = body.reason.trim();
  if (reason === '') throw new AppError('dossier/reason-needed');
  await change(ctx, actor, id, body.version, 'absence.cancel', { reason }, async (trx, _row, _by, now) => {
    await store.stopActing(trx, id, now);
    return { cancelledAt: now, cancelledBy: actorRef(actor), cancelReason: reason };
  });
}

const stateError = (status: 'planned' | 'ended' | 'cancelled'): AppError =>
  new AppError('absence/state', { params: { state: STATUS_NAMES[status] } });

async function change(
  ctx: AbsenceContext,
  actor: Actor,
  id: string,
  version: number,
  action: string,
  payload: object,
  work: (trx: Db, row: store.AbsenceRow, by: StaffActor, now: Date) => Promise<store.AbsenceChange>,
): Promise<void> {
  const by = staffOnly(actor);
  const now = ctx.clock.now();
  await ctx.db.transaction().execute(async (trx) => {
    await store.lockAbsences(trx);
    const row = await store.findAbsence(trx, id);
    if (!row) throw new AppError('row/missing');
    await getPerson(ctx, by, row.staffId, now);
    if (row.version !== version) throw new AppError('row/stale', { extra: { currentVersion: row.version } });
    const status = statusAt(row, now);
    if (status === 'ended' || status === 'cancelled') throw stateError(status);
    const changed = await work(trx, row, by, now);
    if (!(await store.changeAbsence(trx, id, version, changed))) throw new AppError('row/stale');
    await tell(trx, by, action, id, row.staffId, now, payload);
  });
}

async function tell(
  trx: Db,
  actor: Actor,
  action: string,
  id: string,
  staffId: string,
  occurredAt: Date,
  payload: object,
): Promise<void> {
  await recordAudit(trx, [
    {
      chainId: INSTALLATION_CHAIN,
      occurredAt,
      actor,
      action,
      object: { type: 'absence', id },
      payload: { staffId, ...payload },
    },
  ]);
  await emit(trx, [
    { id: uuidv7(occurredAt), topic: ABSENCE_CHANGED, key: staffId, payload: { absenceId: id, staffId }, occurredAt },
  ]);
}
