import { type Actor, actorRef } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { keyedAct } from '../../../platform/db/idempotency.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import type { PlanContext } from './context.ts';
import type * as contract from './contract.ts';
import {
  type ApplyOrder,
  makePlan,
  type NewPlan,
  orderApply,
  orderDiscard,
  orderRecount,
  orderRevert,
} from './order-service.ts';
import { listPlans, readItems, readPlan } from './read-service.ts';
import type { PlanOrder } from './rules/stages.ts';
import { workOnce } from './work-service.ts';

/** The use cases of calendar plans. The first argument is always who acts. */
export type CalendarPlanService = {
  list(
    actor: Actor,
    query: QueryOf<typeof contract.listCalendarPlans>,
  ): Promise<ReplyOf<typeof contract.listCalendarPlans>>;
  get(actor: Actor, id: string): Promise<ReplyOf<typeof contract.getCalendarPlan>>;
  items(
    actor: Actor,
    id: string,
    query: QueryOf<typeof contract.listCalendarPlanItems>,
  ): Promise<ReplyOf<typeof contract.listCalendarPlanItems>>;
  make(actor: Actor, wish: NewPlan, idempotencyKey?: string): Promise<{ id: string }>;
  recount(actor: Actor, id: string, version: number, key?: string): Promise<void>;
  discard(actor: Actor, id: string, version: number, key?: string): Promise<void>;
  apply(actor: Actor, id: string, order: ApplyOrder, key?: string): Promise<void>;
  revert(actor: Actor, id: string, order: { version: number; reason: string }, key?: string): Promise<void>;
  /** One batch of the work that was ordered; a timer of the installation. @returns whether there was any. */
  workOnce(): Promise<boolean>;
};

export function createCalendarPlanService(ctx: PlanContext): CalendarPlanService {
  type Run = (own: PlanContext) => Promise<void>;
  const give = (order: PlanOrder, actor: Actor, key: string | undefined, body: unknown, run: Run): Promise<void> =>
    keyedAct(ctx.db, { operation: `calendar-plan-${order}`, actor: actorRef(actor), key, body }, (db) =>
      run({ ...ctx, db }),
    );
  return {
    list: (actor, query) => listPlans(ctx, actor, query),
    get: (actor, id) => readPlan(ctx, actor, id),
    items: (actor, id, query) => readItems(ctx, actor, id, query),
    make: (actor, wish, idempotencyKey) => makePlan(ctx, actor, wish, idempotencyKey),
    recount: (actor, id, version, key) =>
      give('recount', actor, key, { id, version }, (own) => orderRecount(own, actor, id, version)),
    discard: (actor, id, version, key) =>
      give('discard', actor, key, { id, version }, (own) => orderDiscard(own, actor, id, version)),
    apply: (actor, id, order, key) =>
      give('apply', actor, key, { id, ...order }, (own) => orderApply(own, actor, id, order)),
    revert: (actor, id, order, key) =>
      give('revert', actor, key, { id, ...order }, (own) => orderRevert(own, actor, id, order)),
    workOnce: () => workOnce(ctx),
  };
}

/** Carries out what people ordered; between orders it costs one look at an empty index. */
export function createCalendarPlanTimer(service: CalendarPlanService): Timer {
  return { name: 'calendar-plans.work', everyMs: 2000, run: () => service.workOnce() };
}
