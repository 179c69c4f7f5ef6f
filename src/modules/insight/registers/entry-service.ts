import { type Actor, holds } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { type Day, dayOf, formatDay } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { type UnitDirectory, unitNameOn } from '../../foundation/organisation/index.ts';
import { ENTER, type RegisterContext, requirePlace } from './context.ts';
import type * as contract from './contract.ts';
import { mayCorrect, successorOf } from './heirs.ts';
import { type ResultLine, settleResults } from './results-service.ts';
import type { RegisterPeriod } from './rules/period.ts';
import type { RegisterDefinition, RegisterValues } from './rules/register.ts';
import { lineKeyOf } from './rules/values.ts';
import * as store from './store.ts';
import { closeDayOf, entersOn, treeDay, unitsBelow } from './units.ts';
import { checked, writeEntry, wrongValues } from './write-entry.ts';

/** @throws AppError row/missing (not the actor's), registers/unit-ceased, registers/level */
function requireEntering(
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
    const name = unitNameOn(directory, unitId, day);
    throw new AppError('registers/unit-ceased', { params: { name, day: formatDay(day) } });
  }
  if (!entersOn(directory, register, unitId, day))
    throw new AppError('registers/level', { params: { name: unit.name, who: register.enteredBy.who } });
}

/**
 * Enters, changes or takes out what a unit has in a register for a period, as a new version. After the deadline it is taken
 * and marked late; after the closing it stands beside the figure and needs a reason, as every change of a late or closed
 * entry does. What a unit that is no more had entered is changed, with a reason, by who enters for what it became.
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
  const { register, period } = await requirePlace(ctx, registerId, body.periodId, today);
  const directory = await ctx.ports.directory();
  const day = treeDay(period, today);
  const corrects = body.entryId !== undefined && mayCorrect(directory, actor, register, body.unitId, today);
  if (!corrects) requireEntering(directory, actor, register, period, body.unitId, today);
  const successorId = corrects ? successorOf(directory, body.unitId, today) : undefined;
  const openings = await store.listOpenings(ctx.db, [register.id], [period.id]);
  // Of a unit that is no more, what was opened for the one it became counts as well.
  const places: readonly (readonly [string, Day])[] = [
    [body.unitId, day],
    ...(successorId === undefined ? [] : [[successorId, today] as const]),
  ];
  const closed = places.every(([unitId, on]) => today > closeDayOf(directory, period, openings, unitId, on));
  const place = { register, period, unitId: body.unitId, successorId, closed };
  const typed = body.values === null ? null : checked(register, body.values);
  const known =
    body.entryId === undefined
      ? await takenOut(ctx.db, register, body.unitId, period.id, typed)
      : await store.findEntry(ctx.db, body.entryId);
  const isHere = known?.registerId === register.id && known.periodId === period.id && known.unitId === body.unitId;
  if (body.entryId !== undefined && !isHere) throw new AppError('row/missing');
  const reach = new Set(places.flatMap(([unitId, on]) => unitsBelow(directory, unitId, on)));
  const values = typed && (await settled(ctx, actor, register, { values: typed, reach, known }));
  const reason = body.reason?.trim() ?? '';
  if (reason === '' && (closed || corrects || (known !== undefined && today > period.deadline)))
    throw new AppError('dossier/reason-needed');
  const note = { origin: 'typed', reason, evidence: body.evidence?.trim() ?? '', at: now } as const;
  const version = body.entryId === undefined ? (known?.version ?? 0) : body.version;
  return ctx.db.transaction().execute((trx) => writeEntry(trx, actor, place, known, version, values, note));
}

/** @throws AppError registers/values where a result is unknown, not the actor's to read, or of another unit */
async function settled(
  ctx: RegisterContext,
  actor: Actor,
  register: RegisterDefinition,
  line: ResultLine,
): Promise<RegisterValues> {
  const [result] = await settleResults(ctx, actor, register, [line]);
  if (!result?.ok) throw wrongValues(result?.findings ?? []);
  return result.values;
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
