import type { SystemActor } from '../../../core/access/actor.ts';
import type { CompiledCalendar } from '../../../core/working-time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { DueForecast } from '../dossiers/index.ts';
import type { PlanContext } from './context.ts';
import { audit } from './order-service.ts';
import { judge } from './rules/judge.ts';
import * as store from './store.ts';

/** Who carries orders out, and plans what follows from other acts. */
export const TIMER: SystemActor = { kind: 'system', name: 'calendar-plan', assurance: 'system' };
const COUNTED_AT_ONCE = 200;
/** Dossiers moved in one transaction: their rows stay locked until it ends. */
const MOVED_AT_ONCE = 25;

/**
 * Carries one batch of one plan further, in one transaction: killed in between, the next run goes on where this one
 * began. Any number of processes may call it; each takes another plan.
 * @returns whether there was work.
 */
export async function workOnce(ctx: PlanContext): Promise<boolean> {
  try {
    return await ctx.db.transaction().execute((trx) => step(ctx, trx, MOVED_AT_ONCE));
  } catch (error) {
    if (error instanceof AppError) throw error;
    // One dossier the database refuses must not hold up the others: one by one, and the one that fails is named.
    try {
      return await ctx.db.transaction().execute((trx) => step(ctx, trx, 1));
    } catch {
      return ctx.db.transaction().execute((trx) => passOver(trx));
    }
  }
}

async function step(ctx: PlanContext, trx: Db, moves: number): Promise<boolean> {
  const plan = await store.lockWork(trx);
  if (!plan) return false;
  const calendars = await calendarsOf(ctx, plan);
  if (plan.status === 'counting') await count(ctx, trx, plan, calendars);
  else if (plan.status === 'applying') await apply(ctx, trx, plan, calendars, moves);
  else await revert(ctx, trx, plan, moves);
  return true;
}

type Calendars = { readonly to: CompiledCalendar; readonly from: ReadonlyMap<string, CompiledCalendar> };

async function calendarsOf(ctx: PlanContext, plan: store.Plan): Promise<Calendars> {
  const from = new Map<string, CompiledCalendar>();
  for (const id of plan.fromRevisionIds) {
    try {
      from.set(id, await ctx.ports.calendarRevision(id));
    } catch (error) {
      // Dossiers of a revision that cannot be read are listed as not to be counted.
      if (!(error instanceof AppError)) throw error;
    }
  }
  return { to: await ctx.ports.calendarRevision(plan.toRevisionId), from };
}

async function count(ctx: PlanContext, trx: Db, plan: store.Plan, calendars: Calendars): Promise<void> {
  const done = await listMore(ctx, trx, plan, calendars);
  if (done) await store.notePlan(trx, plan.id, { status: 'ready', countedAt: ctx.clock.now() });
}

/** Lists the next dossiers the plan does not know yet. @returns true where there are no more. */
async function listMore(ctx: PlanContext, trx: Db, plan: store.Plan, calendars: Calendars): Promise<boolean> {
  const ids = await ctx.ports.due.listMovable({
    revisionIds: plan.fromRevisionIds,
    decidedByUnitIds: plan.unitIds,
    receivedByUnitIds: plan.receivedUnitIds,
    afterId: plan.countedTo,
    limit: COUNTED_AT_ONCE,
  });
  const known = await store.knownItems(trx, plan.id, ids);
  const fresh = ids.filter((id) => !known.has(id));
  const forecasts = await ctx.ports.due.forecast(fresh, plan.toRevisionId, trx);
  const open = forecasts.filter((forecast) => forecast.open);
  await store.saveItems(
    trx,
    plan.id,
    open.map((forecast) => itemOf(forecast, plan, calendars, ctx.clock.now())),
  );
  const last = ids.at(-1);
  if (last) await store.notePlan(trx, plan.id, { countedTo: last });
  return ids.length < COUNTED_AT_ONCE;
}

function itemOf(forecast: DueForecast, plan: store.Plan, calendars: Calendars, now: Date): store.Item {
  // Before somebody has decided, what becomes late is listed like the others: the approver decides on it.
  const decided = plan.status === 'applying';
  const { policy, assignedFrom: startsOn } = plan;
  const from = calendars.from.get(forecast.calendarRevisionId ?? '') ?? calendars.to;
  const judged = judge(
    forecast,
    { from, to: calendars.to },
    { policy, acceptLate: plan.acceptLate || !decided, now, startsOn },
  );
  const { direction, movedMinutes, movedDays, becomesLate, why } = judged;
  return {
    dossierId: forecast.id,
    code: forecast.code,
    dossierVersion: forecast.version,
    receivedByUnitId: forecast.receivedByUnitId,
    decidedByUnitId: forecast.decidedByUnitId,
    dueBefore: forecast.now.dueAt,
    dueAfter: forecast.moved?.dueAt ?? null,
    movedMinutes,
    movedDays,
    direction,
    becomesLate,
    state: why === null ? 'listed' : 'kept',
    why,
    movedVersion: null,
  };
}

async function apply(ctx: PlanContext, trx: Db, plan: store.Plan, calendars: Calendars, moves: number): Promise<void> {
  const items = await store.nextItems(trx, plan.id, 'listed', moves);
  if (items.length === 0) {
    if (!(await listMore(ctx, trx, plan, calendars))) return;
    if ((await store.nextItems(trx, plan.id, 'listed', 1)).length > 0) return;
    await finish(ctx, trx, plan, 'applied');
    return;
  }
  const ids = items.map((item) => item.dossierId);
  const forecasts = new Map((await ctx.ports.due.forecast(ids, plan.toRevisionId, trx)).map((each) => [each.id, each]));
  const done: store.Item[] = [];
  for (const item of items) done.push(await moveOne(ctx, trx, plan, calendars, item, forecasts.get(item.dossierId)));
  await store.saveItems(trx, plan.id, done);
}

/** One dossier as it is now, which may differ from what was listed. One somebody acts on this moment waits a round. */
async function moveOne(
  ctx: PlanContext,
  trx: Db,
  plan: store.Plan,
  calendars: Calendars,
  item: store.Item,
  forecast: DueForecast | undefined,
): Promise<store.Item> {
  if (!forecast) return { ...item, state: 'skipped', why: 'missing' };
  if (!forecast.open) return { ...item, state: 'skipped', why: 'ended' };
  if (forecast.calendarRevisionId === plan.toRevisionId) return { ...item, state: 'skipped', why: 'already' };
  const present = itemOf(forecast, plan, calendars, ctx.clock.now());
  if (present.state === 'kept') return present;
  try {
    const { version } = await ctx.ports.due.move(
      TIMER,
      {
        dossierId: item.dossierId,
        expectedVersion: forecast.version,
        calendarRevisionId: plan.toRevisionId,
        planId: plan.id,
        decidedBy: plan.applyOrderedBy ?? undefined,
      },
      trx,
    );
    return { ...present, state: 'moved', movedVersion: version };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code === 'row/stale' ? present : { ...present, state: 'skipped', why: error.code };
  }
}

async function revert(ctx: PlanContext, trx: Db, plan: store.Plan, moves: number): Promise<void> {
  const items = await store.nextItems(trx, plan.id, 'moved', moves);
  if (items.length === 0) {
    await finish(ctx, trx, plan, 'reverted');
    return;
  }
  const done: store.Item[] = [];
  for (const item of items) done.push(await moveOneBack(ctx, trx, plan, item));
  await store.saveItems(trx, plan.id, done);
}

async function moveOneBack(ctx: PlanContext, trx: Db, plan: store.Plan, item: store.Item): Promise<store.Item> {
  try {
    const order = {
      dossierId: item.dossierId,
      expectedVersion: item.movedVersion ?? 0,
      planId: plan.id,
      decidedBy: plan.revertOrderedBy ?? undefined,
    };
    await ctx.ports.due.moveBack(TIMER, order, trx);
    return { ...item, state: 'restored' };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...item, state: 'changed', why: error.code === 'row/stale' ? 'since' : error.code };
  }
}

async function finish(ctx: PlanContext, trx: Db, plan: store.Plan, status: 'applied' | 'reverted'): Promise<void> {
  const now = ctx.clock.now();
  await store.notePlan(trx, plan.id, status === 'applied' ? { status, appliedAt: now } : { status, revertedAt: now });
  const totals = await store.unitTotals(trx, plan.id, null);
  await audit(trx, TIMER, `calendar-plan.${status}`, plan.id, now, { totals });
}

async function passOver(trx: Db): Promise<boolean> {
  const plan = await store.lockWork(trx);
  if (!plan || plan.status === 'counting') return false;
  const [item] = await store.nextItems(trx, plan.id, plan.status === 'applying' ? 'listed' : 'moved', 1);
  if (!item) return false;
  const state = plan.status === 'applying' ? 'skipped' : 'changed';
  await store.saveItems(trx, plan.id, [{ ...item, state, why: 'failed' }]);
  return true;
}
