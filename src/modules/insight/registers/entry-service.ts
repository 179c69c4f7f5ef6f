import { type Actor, actorRef, holds } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf, formatDay } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import { EDIT, ENTER, type RegisterContext, requirePeriod, requireRegister } from './context.ts';
import type * as contract from './contract.ts';
import { entryLateDays, type RegisterPeriod } from './rules/period.ts';
import type { RegisterDefinition, RegisterValues } from './rules/register.ts';
import { checkValues, lineKeyOf } from './rules/values.ts';
import * as store from './store.ts';
import { closeDayOf, entersOn, treeDay } from './units.ts';

/** Where and when something is entered. */
export type EntryPlace = {
  readonly register: RegisterDefinition;
  readonly period: RegisterPeriod;
  readonly unitId: string;
  /** The period is closed for the unit: what is entered now stands beside the figure. */
  readonly closed: boolean;
};

/** @throws AppError row/missing (not the actor's), registers/unit-ceased, registers/level */
export function requireEntering(
  directory: UnitDirectory,
  actor: Actor,
  register: RegisterDefinition,
  period: RegisterPeriod,
  unitId: string,
  today: string,
): void {
  if (!holds(actor, ENTER, unitId)) throw new AppError('row/missing');
  const day = treeDay(period, today);
  const unit = directory.unitOn(unitId, day);
  if (!unit) {
    const name = directory.historyOf(unitId).at(-1)?.name ?? '';
    throw new AppError('registers/unit-ceased', { params: { name, day: formatDay(day) } });
  }
  if (!entersOn(directory, register, unitId, day))
    throw new AppError('registers/level', { params: { name: unit.name, who: register.enteredBy.who } });
}

/**
 * Enters, changes or takes out what a unit has in a register for a period, as a new version. After the deadline it is taken
 * and marked late; after the closing it stands beside the figure and needs a reason, as every change of a late or closed
 * entry does.
 * @throws AppError registers/unknown, registers/period, registers/future, row/missing, registers/unit-ceased,
 * registers/level, registers/values, registers/line-known, dossier/reason-needed, row/stale
 */
export async function saveEntry(
  ctx: RegisterContext,
  actor: Actor,
  registerId: string,
  body: BodyOf<typeof contract.saveEntry>,
): Promise<ReplyOf<typeof contract.saveEntry>> {
  const now = ctx.clock.now();
  const today = dayOf(now);
  const register = requireRegister(registerId);
  const period = requirePeriod(register, body.periodId, today);
  const directory = await ctx.ports.directory();
  requireEntering(directory, actor, register, period, body.unitId, today);
  const openings = await store.listOpenings(ctx.db, [register.id], [period.id]);
  const closed = today > closeDayOf(directory, period, openings, body.unitId, treeDay(period, today));
  const place = { register, period, unitId: body.unitId, closed };
  const values = body.values === null ? null : checked(register, body.values);
  const known =
    body.entryId === undefined
      ? await takenOut(ctx.db, register, body.unitId, period.id, values)
      : await store.findEntry(ctx.db, [body.unitId], body.entryId);
  if (body.entryId !== undefined && (known?.registerId !== register.id || known.periodId !== period.id))
    throw new AppError('row/missing');
  const reason = body.reason?.trim() ?? '';
  if (reason === '' && (closed || (known !== undefined && today > period.deadline)))
    throw new AppError('dossier/reason-needed');
  const note = { origin: 'typed', reason, evidence: body.evidence?.trim() ?? '', at: now } as const;
  const version = body.entryId === undefined ? (known?.version ?? 0) : body.version;
  return ctx.db.transaction().execute((trx) => writeEntry(trx, actor, place, known, version, values, note));
}

function checked(register: RegisterDefinition, typed: Readonly<Record<string, unknown>>): RegisterValues {
  const result = checkValues(register, typed);
  if (result.ok) return result.values;
  const fields = result.findings.map(({ key, message }) => ({ path: `values/${key}`, code: 'value', message }));
  throw new AppError('registers/values', { fields });
}

/** Writes one version with audit and event, in the caller's transaction. @throws AppError row/stale, registers/line-known */
export async function writeEntry(
  trx: Db,
  actor: Actor,
  { register, period, unitId, closed }: EntryPlace,
  known: store.Entry | undefined,
  version: number,
  values: RegisterValues | null,
  note: Pick<store.EntryVersion, 'origin' | 'reason' | 'evidence' | 'at'>,
): Promise<{ id: string; version: number; counted: boolean }> {
  const at = note.at;
  const by = actorRef(actor);
  const lineKey = values ? lineKeyOf(register, values) : (known?.lineKey ?? '');
  const id = known?.id ?? uuidv7(at);
  const entry = {
    lineKey,
    counted: closed ? (known?.counted ?? null) : values,
    current: values,
    changedAt: at,
    changedBy: by,
  };
  if (known) {
    if (known.version !== version) throw new AppError('row/stale', { extra: { currentVersion: known.version } });
    if (lineKey !== known.lineKey && (await isTaken(trx, register.id, unitId, period.id, lineKey)))
      throw lineKnown(register);
    if (!(await store.changeEntry(trx, id, version, entry))) throw new AppError('row/stale');
  } else {
    if (values === null) throw new AppError('row/missing');
    const lateDays = entryLateDays(period, dayOf(at), dayOf(at)) ?? 0;
    const place = { id, registerId: register.id, unitId, periodId: period.id };
    const isNew = await store.insertEntry(trx, { ...place, ...entry, enteredAt: at, lateDays });
    if (!isNew) throw register.shape === 'list' ? lineKnown(register) : new AppError('row/stale');
  }
  const no = known ? known.version + 1 : 1;
  await store.insertVersion(trx, id, { ...note, no, content: values, isCounted: !closed, by });
  const payload = { registerId: register.id, unitId, periodId: period.id, version: no, counted: !closed };
  await recordAudit(trx, [
    {
      chainId: unitId,
      occurredAt: at,
      actor,
      action:
        note.origin === 'import'
          ? 'manual-figure.import'
          : values === null
            ? 'manual-figure.remove'
            : 'manual-figure.save',
      object: { type: 'manual-figure', id },
      payload: { ...payload, values, reason: note.reason },
    },
  ]);
  await emit(trx, [
    { id: uuidv7(at), topic: 'registers.entry-saved', key: id, payload: { id, ...payload }, occurredAt: at },
  ]);
  return { id, version: no, counted: !closed };
}

/** An entry of the same place that was taken out: entering it again goes on with its versions. */
async function takenOut(
  db: Db,
  register: RegisterDefinition,
  unitId: string,
  periodId: string,
  values: RegisterValues | null,
): Promise<store.Entry | undefined> {
  if (values === null) return undefined;
  const lineKey = lineKeyOf(register, values);
  const entries = await store.listEntries(db, [register.id], [unitId], [periodId]);
  return entries.find((entry) => entry.lineKey === lineKey && entry.current === null);
}

async function isTaken(
  trx: Db,
  registerId: string,
  unitId: string,
  periodId: string,
  lineKey: string,
): Promise<boolean> {
  const entries = await store.listEntries(trx, [registerId], [unitId], [periodId]);
  return entries.some((entry) => entry.lineKey === lineKey);
}

const lineKnown = (register: RegisterDefinition): AppError =>
  new AppError('registers/line-known', { params: { line: register.lineName ?? 'dòng' } });

/**
 * Opens a closed period again for a unit and those below it: until the end of the day entries count as before.
 * @throws AppError registers/unknown, registers/period, registers/future, row/missing, registers/until, dossier/reason-needed
 */
export async function openPeriod(
  ctx: RegisterContext,
  actor: Actor,
  registerId: string,
  body: BodyOf<typeof contract.openRegisterPeriod>,
): Promise<ReplyOf<typeof contract.openRegisterPeriod>> {
  const at = ctx.clock.now();
  const today = dayOf(at);
  const register = requireRegister(registerId);
  const period = requirePeriod(register, body.periodId, today);
  if (!holds(actor, EDIT, body.unitId)) throw new AppError('row/missing');
  if (body.untilDay < today) throw new AppError('registers/until', { params: { day: formatDay(body.untilDay) } });
  const reason = body.reason.trim();
  if (reason === '') throw new AppError('dossier/reason-needed');
  const id = uuidv7(at);
  const { unitId, untilDay } = body;
  const opening = {
    id,
    registerId: register.id,
    periodId: period.id,
    unitId,
    untilDay,
    reason,
    at,
    by: actorRef(actor),
  };
  await ctx.db.transaction().execute(async (trx) => {
    await store.insertOpening(trx, opening);
    const payload = { registerId: register.id, unitId, periodId: period.id, untilDay };
    await recordAudit(trx, [
      {
        chainId: unitId,
        occurredAt: at,
        actor,
        action: 'manual-figure.reopen',
        object: { type: 'register-period', id },
        payload: { ...payload, reason },
      },
    ]);
    await emit(trx, [
      { id: uuidv7(at), topic: 'registers.period-opened', key: id, payload: { id, ...payload }, occurredAt: at },
    ]);
  });
  return { id };
}

/** Figures somebody has published, taken over on the day they became known. */
export type PublishedFigures = {
  readonly registerId: string;
  readonly unitId: string;
  readonly periodId: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Where they stand, e.g. `Hội nghị ngày 19/07/2023`. */
  readonly evidence: string;
  readonly reason: string;
  readonly at: Date;
};

/**
 * Takes figures over from a published source as if the unit had entered them at that instant: late or beside the figure by
 * the same rules. For loaders; what people enter goes through `saveEntry`.
 * @throws AppError as `saveEntry`
 */
export async function recordPublished(ctx: RegisterContext, actor: Actor, one: PublishedFigures): Promise<void> {
  const today = dayOf(one.at);
  const register = requireRegister(one.registerId);
  const period = requirePeriod(register, one.periodId, today);
  const directory = await ctx.ports.directory();
  if (!entersOn(directory, register, one.unitId, treeDay(period, today))) throw new AppError('row/missing');
  const place = { register, period, unitId: one.unitId, closed: today > period.close };
  const values = checked(register, one.values);
  const note = { origin: 'import', reason: one.reason, evidence: one.evidence, at: one.at } as const;
  await ctx.db.transaction().execute((trx) => writeEntry(trx, actor, place, undefined, 0, values, note));
}
