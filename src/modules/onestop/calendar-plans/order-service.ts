import { type Actor, actorRef, unitsFor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf } from '../../../core/time/index.ts';
import { once, rememberReply, requestDigest, scopedKey } from '../../../platform/db/idempotency.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { INSTALLATION_CHAIN, recordAudit } from '../../foundation/audit/index.ts';
import type { PlanContext } from './context.ts';
import type { Policy } from './rules/judge.ts';
import { nextStatus, type PlanOrder, STATUS_NAMES } from './rules/stages.ts';
import * as store from './store.ts';

export const PLAN = 'calendar.plan';
export const APPLY = 'calendar.apply';

export type NewPlan = {
  readonly calendarCode: string;
  /** Revision to count by. */
  readonly revisionId: string;
  readonly policy: Policy;
  /** Only what this unit and those below it decide; null: everything the maker may plan for. */
  readonly unitId: string | null;
  readonly reason: string;
};

/**
 * Makes a plan; a timer then lists the dossiers. Nothing moves until it is applied.
 * @throws AppError row/missing (no such calendar or unit), plan/superseded, plan/nothing-older, request/invalid.
 */
export async function makePlan(
  ctx: PlanContext,
  actor: Actor,
  wish: NewPlan,
  idempotencyKey?: string,
): Promise<{ id: string }> {
  const key = idempotencyKey ? scopedKey('calendar-plan', actorRef(actor), idempotencyKey) : undefined;
  const digest = requestDigest(wish);
  const now = ctx.clock.now();
  const revisions = await ctx.ports.revisionsOf(wish.calendarCode);
  const to = revisions.find((revision) => revision.id === wish.revisionId);
  if (!to) throw new AppError('row/missing');
  if (to.supersededAt) throw new AppError('plan/superseded');
  const from = revisions.filter((revision) => revision.id !== to.id).map((revision) => revision.id);
  if (from.length === 0) throw new AppError('plan/nothing-older');
  const mine = new Set(unitsFor(actor, PLAN));
  const below = wish.unitId ? await ctx.ports.unitsBelow(wish.unitId, dayOf(now)) : [...mine];
  const unitIds = below.filter((id) => mine.has(id));
  if (unitIds.length === 0) throw new AppError('row/missing');
  const id = uuidv7(now);
  return once(ctx.db, key, digest, () =>
    ctx.db.transaction().execute(async (trx) => {
      await store.insertPlan(trx, { ...newPlan(id, wish, actorRef(actor), now), fromRevisionIds: from, unitIds });
      await audit(trx, actor, 'calendar-plan.make', id, now, wish);
      if (key) await rememberReply(trx, key, digest, { id });
      return { id };
    }),
  );
}

/** A plan as it begins: to be counted, for all units, from no older revision yet. */
export function newPlan(id: string, wish: NewPlan, madeBy: string, madeAt: Date): store.Plan {
  return {
    id,
    version: 1,
    calendarCode: wish.calendarCode,
    toRevisionId: wish.revisionId,
    fromRevisionIds: [],
    unitId: wish.unitId,
    unitIds: null,
    cause: 'revision',
    assignedFrom: null,
    receivedUnitIds: null,
    policy: wish.policy,
    reason: reasonOf(wish.reason),
    status: 'counting',
    countedTo: store.NOTHING_COUNTED,
    countedAt: null,
    madeAt,
    madeBy,
    decisionNumber: null,
    decisionReason: null,
    acceptLate: false,
    applyOrderedAt: null,
    applyOrderedBy: null,
    appliedAt: null,
    revertReason: null,
    revertOrderedAt: null,
    revertOrderedBy: null,
    revertedAt: null,
  };
}

export type ApplyOrder = {
  readonly version: number;
  readonly decisionNumber: string;
  readonly reason: string;
  /** Dossiers that come earlier and are late by it at once are moved too; without it they keep their date. */
  readonly acceptLate: boolean;
};

/**
 * Orders a plan to be applied: one act, carried out batch by batch by a timer. Of two people at once one gives the order.
 * @throws AppError row/missing, row/stale, plan/state, plan/superseded, plan/beyond-own (dossiers of units the approver
 * does not answer for), plan/makes-late (not accepted), request/invalid.
 */
export async function orderApply(ctx: PlanContext, actor: Actor, id: string, order: ApplyOrder): Promise<void> {
  const plan = await getPlan(ctx, actor, id);
  const revision = (await ctx.ports.revisionsOf(plan.calendarCode)).find((each) => each.id === plan.toRevisionId);
  if (!revision || revision.supersededAt || !(await isStillAssigned(ctx, plan))) throw new AppError('plan/superseded');
  const totals = await store.unitTotals(ctx.db, id, null);
  requireAll(actor, totals);
  const becomesLate = totals.reduce((sum, unit) => sum + unit.becomesLate, 0);
  if (plan.policy === 'both' && becomesLate > 0 && !order.acceptLate) {
    throw new AppError('plan/makes-late', { params: { count: becomesLate } });
  }
  const now = ctx.clock.now();
  const reason = reasonOf(order.reason);
  const decisionNumber = reasonOf(order.decisionNumber);
  await give(
    ctx,
    actor,
    plan,
    order.version,
    'apply',
    now,
    { decisionNumber, reason, acceptLate: order.acceptLate, totals },
    {
      decisionNumber,
      decisionReason: reason,
      acceptLate: order.acceptLate,
      applyOrderedAt: now,
      applyOrderedBy: actorRef(actor),
      // What was received by an old revision since the count is looked up once more.
      countedTo: store.NOTHING_COUNTED,
    },
  );
}

/** False where the unit was given yet another calendar since the plan was made. */
async function isStillAssigned(ctx: PlanContext, { unitId, assignedFrom, toRevisionId }: store.Plan): Promise<boolean> {
  if (unitId === null || assignedFrom === null) return true;
  return (await ctx.ports.assignedCalendar(unitId, assignedFrom))?.revisionId === toRevisionId;
}

/** Orders an applied plan to be taken back: dossiers nothing happened to since get their dates back, the others are named. */
export async function orderRevert(
  ctx: PlanContext,
  actor: Actor,
  id: string,
  order: { readonly version: number; readonly reason: string },
): Promise<void> {
  const plan = await getPlan(ctx, actor, id);
  requireAll(actor, await store.unitTotals(ctx.db, id, null));
  const now = ctx.clock.now();
  const reason = reasonOf(order.reason);
  await give(
    ctx,
    actor,
    plan,
    order.version,
    'revert',
    now,
    { reason },
    {
      revertReason: reason,
      revertOrderedAt: now,
      revertOrderedBy: actorRef(actor),
    },
  );
}

/** Counts a plan that was not applied anew, from the beginning. */
export async function orderRecount(ctx: PlanContext, actor: Actor, id: string, version: number): Promise<void> {
  const plan = await getPlan(ctx, actor, id);
  const change = { countedTo: store.NOTHING_COUNTED, countedAt: null };
  await give(ctx, actor, plan, version, 'recount', ctx.clock.now(), {}, change, (trx) => store.removeItems(trx, id));
}

export async function orderDiscard(ctx: PlanContext, actor: Actor, id: string, version: number): Promise<void> {
  const plan = await getPlan(ctx, actor, id);
  await give(ctx, actor, plan, version, 'discard', ctx.clock.now(), {}, {});
}

/** A plan that touches the actor's units. @throws row/missing */
export async function getPlan(ctx: PlanContext, actor: Actor, id: string): Promise<store.Plan> {
  const plan = await store.findPlan(ctx.db, id, unitsFor(actor, PLAN));
  if (!plan) throw new AppError('row/missing');
  return plan;
}

async function give(
  ctx: PlanContext,
  actor: Actor,
  plan: store.Plan,
  version: number,
  order: PlanOrder,
  now: Date,
  payload: object,
  change: Partial<store.Plan>,
  also?: (trx: Db) => Promise<void>,
): Promise<void> {
  if (plan.version !== version) throw new AppError('row/stale', { extra: { currentVersion: plan.version } });
  const status = nextStatus(order, plan.status);
  if (!status) throw new AppError('plan/state', { params: { state: STATUS_NAMES[plan.status] } });
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await store.changePlan(trx, plan.id, version, { status, ...change }))) throw new AppError('row/stale');
    await also?.(trx);
    await audit(trx, actor, `calendar-plan.${order}`, plan.id, now, payload);
  });
}

/** An approver answers for every dossier of the plan: one act, not one for each unit. */
function requireAll(actor: Actor, totals: readonly store.UnitTotals[]): void {
  const mine = new Set(unitsFor(actor, APPLY));
  const foreign = totals.filter((unit) => !mine.has(unit.unitId)).length;
  if (foreign > 0) throw new AppError('plan/beyond-own', { params: { count: foreign } });
}

function reasonOf(text: string): string {
  const reason = text.trim();
  if (reason === '') throw new AppError('dossier/reason-needed');
  return reason;
}

export async function audit(
  trx: Db,
  actor: Actor,
  action: string,
  id: string,
  occurredAt: Date,
  payload: object,
): Promise<void> {
  await recordAudit(trx, [
    { chainId: INSTALLATION_CHAIN, occurredAt, actor, action, object: { type: 'calendar-plan', id }, payload },
  ]);
}
