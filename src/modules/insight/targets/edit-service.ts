import { type Actor, actorRef, holds } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf, formatDay } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { words } from '../../../platform/messages/words.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { unitNameOn } from '../../foundation/organisation/index.ts';
import { periodOf } from '../metrics/index.ts';
import { EDIT, ENTER, type TargetContext } from './context.ts';
import type * as contract from './contract.ts';
import { refuseEqual } from './equal.ts';
import type { TargetTerms } from './rules/definition.ts';
import { lintTerms, lintValue, referenceOf, type TargetFault } from './rules/lint.ts';
import * as store from './store.ts';
import { openTarget } from './target-service.ts';

type Done = ReplyOf<typeof contract.editTarget>;

/**
 * Gives one target to units; they make one league. All or none.
 * @throws AppError row/missing (a unit the actor sets no targets for), target/invalid, target/unit, target/equal,
 * metrics/unknown-period
 */
export async function addTarget(
  ctx: TargetContext,
  actor: Actor,
  { unitIds, period: periodId, cutoff = 'calendar', terms }: BodyOf<typeof contract.addTarget>,
): Promise<ReplyOf<typeof contract.addTarget>> {
  const period = periodOf(periodId, cutoff);
  if (!period) throw new AppError('metrics/unknown-period');
  const units = [...new Set(unitIds)];
  if (!units.every((id) => holds(actor, EDIT, id))) throw new AppError('row/missing');
  await checkTerms(ctx, terms);
  const directory = await ctx.ports.directory();
  for (const id of units) {
    // A unit that ends within the period may have a target; one that has ended before it, or begins after it, not.
    if (!directory.historyOf(id).some((one) => one.validFrom <= period.to && (one.validTo ?? period.to) >= period.from))
      throw new AppError('target/unit', { params: { name: unitNameOn(directory, id, period.to) } });
  }
  const at = ctx.clock.now();
  const series = uuidv7(at);
  return ctx.db.transaction().execute(async (trx) => {
    await refuseEqual(ctx, trx, actor, { unitIds: units, span: period, terms });
    const ids: string[] = [];
    for (const unitId of units) {
      const id = uuidv7(at);
      const row = {
        id,
        series,
        fromContent: false,
        unitId,
        periodId,
        cutoff,
        fromDay: period.from,
        toDay: period.to,
        terms,
      };
      await store.insertTarget(trx, { ...row, at, by: actorRef(actor) });
      await record(ctx, trx, actor, row, { act: 'add', terms, reason: '' });
      ids.push(id);
    }
    return { ids };
  });
}

/** @throws AppError row/missing, row/stale, target/invalid, target/ended, target/equal */
export async function editTarget(
  ctx: TargetContext,
  actor: Actor,
  id: string,
  { version, terms, reason }: BodyOf<typeof contract.editTarget>,
): Promise<Done> {
  const row = await openFor(ctx, actor, id, EDIT, version);
  if (row.endedAt) throw new AppError('target/ended');
  await checkTerms(ctx, terms);
  return write(ctx, actor, row, { terms }, { act: 'edit', terms, reason: reason.trim() });
}

/**
 * Stops following a target, or takes it up again; what was entered stays.
 * @throws AppError row/missing, row/stale, target/ended, target/equal (given anew since)
 */
export async function endTarget(
  ctx: TargetContext,
  actor: Actor,
  id: string,
  { version, act, reason }: BodyOf<typeof contract.endTarget>,
): Promise<Done> {
  const row = await openFor(ctx, actor, id, EDIT, version);
  if ((row.endedAt !== null) === (act === 'end')) throw new AppError('target/ended');
  const endedAt = act === 'end' ? ctx.clock.now() : null;
  return write(ctx, actor, row, { endedAt }, { act, terms: row.terms, reason: reason.trim() });
}

/**
 * Enters a result with its evidence; the newest entry of the newest day counts, the others stay.
 * @throws AppError row/missing, row/stale, target/ended, target/computed, target/invalid
 */
export async function enterValue(
  ctx: TargetContext,
  actor: Actor,
  id: string,
  { version, fileId, ...value }: BodyOf<typeof contract.enterTargetValue>,
): Promise<Done> {
  const row = await openFor(ctx, actor, id, ENTER, version);
  if (row.endedAt) throw new AppError('target/ended');
  if ('metric' in row.terms.value) throw new AppError('target/computed');
  const at = ctx.clock.now();
  const today = dayOf(at);
  const last = today < row.toDay ? today : row.toDay;
  const faults = lintValue(row.terms, value);
  if (value.asOf < row.fromDay || value.asOf > last)
    faults.push({
      place: 'asOf',
      message: words('server.targets.day-outside', { from: formatDay(row.fromDay), to: formatDay(last) }),
    });
  refuse(faults);
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await store.changeTarget(trx, id, version, {}))) throw new AppError('row/stale');
    if (fileId !== undefined) await ctx.ports.attachEvidence(trx, fileId, actorRef(actor), id);
    await store.insertValue(trx, id, { ...value, fileId, at, by: actorRef(actor) });
    await recordAudit(trx, [
      {
        chainId: await chainOf(ctx, row),
        occurredAt: at,
        actor,
        action: 'target.enter',
        object: { type: 'target', id },
        payload: { unitId: row.unitId, periodId: row.periodId, ...value, fileId: fileId ?? null },
      },
    ]);
    await emit(trx, [
      {
        id: uuidv7(at),
        topic: 'target.entered',
        key: id,
        payload: { id, unitId: row.unitId, periodId: row.periodId, asOf: value.asOf },
        occurredAt: at,
      },
    ]);
  });
  return { id, version: version + 1 };
}

async function checkTerms(ctx: TargetContext, terms: TargetTerms): Promise<void> {
  const faults = lintTerms(terms, (metricId) => ctx.metrics.definitions().find((one) => one.id === metricId)?.unit);
  const fault = await registerFault(ctx, terms);
  if (fault) faults.push(fault);
  const reference = referenceOf(terms.goal);
  // In the database units go by their id; what is named by a code alone, or is no unit, would never have a figure.
  if (reference?.of === 'unit' && faults.length === 0) {
    const known = (await ctx.ports.directory()).historyOf(reference.unitId ?? '').length > 0;
    if (!known) faults.push({ place: 'goal', message: words('server.targets.no-reference') });
  }
  refuse(faults);
}

/** A register or measure nobody knows would never have a figure; nor may it be told in another unit than it has. */
async function registerFault(ctx: TargetContext, { value, unit }: TargetTerms): Promise<TargetFault | undefined> {
  if (!('register' in value)) return undefined;
  const known = await ctx.ports.registerMeasures?.(dayOf(ctx.clock.now()));
  const found = known?.find((one) => one.register === value.register && one.measure === value.measure);
  if (known && !found) return { place: 'value/register', message: words('server.targets.no-register') };
  return found && found.unit !== unit ? { place: 'unit', message: words('server.targets.register-unit') } : undefined;
}

function refuse(faults: readonly TargetFault[]): void {
  if (faults.length === 0) return;
  throw new AppError('target/invalid', {
    fields: faults.map(({ place, message }) => ({ path: place, code: 'target', message })),
  });
}

/** A target the actor may read and act on, at the version seen. */
async function openFor(
  ctx: TargetContext,
  actor: Actor,
  id: string,
  permission: string,
  version: number,
): Promise<store.TargetRow> {
  const row = await openTarget(ctx, actor, id);
  if (!holds(actor, permission, row.unitId)) throw new AppError('access/forbidden');
  if (row.version !== version) throw new AppError('row/stale', { extra: { currentVersion: row.version } });
  return row;
}

type Said = Pick<store.Revision, 'act' | 'terms' | 'reason'>;

async function write(
  ctx: TargetContext,
  actor: Actor,
  row: store.TargetRow,
  change: Parameters<typeof store.changeTarget>[3],
  said: Said,
): Promise<Done> {
  await ctx.db.transaction().execute(async (trx) => {
    const again = change.endedAt === null;
    if (again || (change.terms && !(await store.staysDoubled(trx, row.id, change.terms)))) {
      const span = { from: row.fromDay, to: row.toDay };
      await refuseEqual(ctx, trx, actor, { unitIds: [row.unitId], span, terms: said.terms, except: row.id });
    }
    if (!(await store.changeTarget(trx, row.id, row.version, change))) throw new AppError('row/stale');
    await record(ctx, trx, actor, row, said);
  });
  return { id: row.id, version: row.version + 1 };
}

const ACTIONS = {
  adopt: 'target.adopt',
  add: 'target.add',
  edit: 'target.edit',
  end: 'target.end',
  resume: 'target.resume',
} as const;

/** Writes what was said about a target into its history, the audit trail and the outbox, in the caller's transaction. */
export async function record(
  ctx: TargetContext,
  trx: Db,
  actor: Actor,
  row: Pick<store.TargetRow, 'id' | 'unitId' | 'periodId' | 'toDay'>,
  said: Said,
): Promise<void> {
  const at = ctx.clock.now();
  await store.insertRevision(trx, row.id, { ...said, at, by: actorRef(actor) });
  const payload = { unitId: row.unitId, periodId: row.periodId };
  await recordAudit(trx, [
    {
      chainId: await chainOf(ctx, row),
      occurredAt: at,
      actor,
      action: ACTIONS[said.act],
      object: { type: 'target', id: row.id },
      payload: { ...payload, name: said.terms.name, reason: said.reason },
    },
  ]);
  await emit(trx, [
    {
      id: uuidv7(at),
      topic: 'target.changed',
      key: row.id,
      payload: { id: row.id, act: said.act, ...payload },
      occurredAt: at,
    },
  ]);
}

/** The authority in whose chain acts about a unit stand. */
export async function chainOf(
  ctx: TargetContext,
  row: { readonly unitId: string; readonly toDay: string },
): Promise<string> {
  return (await ctx.ports.directory()).authorityOn(row.unitId, row.toDay)?.unitId ?? row.unitId;
}
