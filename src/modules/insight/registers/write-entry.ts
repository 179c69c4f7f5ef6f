import { type Actor, actorRef } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { entryLateDays, type RegisterPeriod } from './rules/period.ts';
import type { RegisterDefinition, RegisterValues } from './rules/register.ts';
import { checkValues, lineKeyOf, type ValueFinding } from './rules/values.ts';
import * as store from './store.ts';

/** Where and when something is entered. */
export type EntryPlace = {
  readonly register: RegisterDefinition;
  readonly period: RegisterPeriod;
  readonly unitId: string;
  /** The unit is no more: what it became corrects its entry, in its own chain of the trail. */
  readonly successorId?: string | undefined;
  /** The period is closed for the unit: what is entered now stands beside the figure. */
  readonly closed: boolean;
};

/** Values that hold, or the fields that do not. @throws AppError registers/values */
export function checked(register: RegisterDefinition, typed: Readonly<Record<string, unknown>>): RegisterValues {
  const result = checkValues(register, typed);
  if (result.ok) return result.values;
  throw wrongValues(result.findings);
}

/** Fields that do not hold, each with why. */
export function wrongValues(findings: readonly ValueFinding[]): AppError {
  const fields = findings.map(({ key, message }) => ({ path: `values/${key}`, code: 'value', message }));
  return new AppError('registers/values', { fields });
}

/** Writes one version with audit and event, in the caller's transaction. @throws AppError row/stale, registers/line-known */
export async function writeEntry(
  trx: Db,
  actor: Actor,
  { register, period, unitId, successorId, closed }: EntryPlace,
  known: store.Entry | undefined,
  version: number,
  values: RegisterValues | null,
  note: Pick<store.EntryVersion, 'origin' | 'reason' | 'evidence' | 'at'>,
): Promise<{ id: string; version: number; counted: boolean }> {
  const at = note.at;
  const by = actorRef(actor);
  const lineKey = values ? lineKeyOf(register, values) : (known?.lineKey ?? '');
  const id = known?.id ?? uuidv7(at);
  // What was taken out before the closing is as if it had never been: entered again, it is entered now.
  const goesOn = known !== undefined && (known.counted !== null || known.current !== null);
  const entry = {
    lineKey,
    counted: closed ? (known?.counted ?? null) : values,
    current: values,
    enteredAt: goesOn ? known.enteredAt : at,
    lateDays: goesOn ? known.lateDays : (entryLateDays(period, dayOf(at), dayOf(at)) ?? 0),
    changedAt: at,
    changedBy: by,
  };
  if (known) {
    if (known.version !== version) throw new AppError('row/stale', { extra: { currentVersion: known.version } });
    const done = await store.changeEntry(trx, id, version, entry);
    if (done === 'stale') throw new AppError('row/stale');
    if (done === 'taken') throw lineKnown(register);
  } else {
    if (values === null) throw new AppError('row/missing');
    const place = { id, registerId: register.id, unitId, periodId: period.id };
    const isNew = await store.insertEntry(trx, { ...place, ...entry });
    if (!isNew) throw register.shape === 'list' ? lineKnown(register) : new AppError('row/stale');
  }
  const no = known ? known.version + 1 : 1;
  await store.insertVersion(trx, id, { ...note, no, content: values, isCounted: !closed, by });
  const payload = { registerId: register.id, unitId, periodId: period.id, version: no, counted: !closed };
  await recordAudit(trx, [
    {
      chainId: successorId ?? unitId,
      occurredAt: at,
      actor,
      action:
        note.origin === 'import'
          ? 'manual-figure.import'
          : values === null
            ? 'manual-figure.remove'
            : 'manual-figure.save',
      object: { type: 'manual-figure', id },
      payload: { ...payload, ...(successorId ? { successorId } : {}), values, reason: note.reason },
    },
  ]);
  await emit(trx, [
    { id: uuidv7(at), topic: 'registers.entry-saved', key: id, payload: { id, ...payload }, occurredAt: at },
  ]);
  return { id, version: no, counted: !closed };
}

const lineKnown = (register: RegisterDefinition): AppError =>
  new AppError('registers/line-known', { params: { line: register.lineName ?? 'dòng' } });
