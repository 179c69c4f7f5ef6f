import { type Actor, actorRef } from '../../../core/access/actor.ts';
import { type KeyedRequest, keyed } from '../../../platform/db/idempotency.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import type { RetentionContext } from './context.ts';
import type { DecisionPage, DecisionRow, DueRow, Keeping, OrderBody, OrderPreview } from './contract.ts';
import {
  type Approval,
  approveOrder,
  type DecisionQuery,
  previewOrder,
  proposeOrder,
  readDecision,
  readDecisions,
  rejectOrder,
} from './decision-service.ts';
import { type DueQuery, listDueOnce, readDue } from './due-service.ts';
import { liftHold, readKeeping, setHold } from './hold-service.ts';

/** Keeping, holding, erasing and disposing of dossiers. The first argument is always who acts. */
export type RetentionService = {
  keeping(actor: Actor, dossierId: string): Promise<Keeping>;
  hold(actor: Actor, dossierId: string, reason: string, key?: string): Promise<Keeping>;
  lift(actor: Actor, dossierId: string, reason: string, key?: string): Promise<Keeping>;
  due(actor: Actor, query: DueQuery): Promise<{ rows: DueRow[]; nextCursor: string | null; total: number }>;
  preview(actor: Actor, order: OrderBody): Promise<OrderPreview>;
  propose(actor: Actor, order: OrderBody, reason: string, key?: string): Promise<DecisionPage>;
  decisions(actor: Actor, query: DecisionQuery): Promise<{ rows: DecisionRow[]; nextCursor: string | null }>;
  decision(actor: Actor, id: string): Promise<DecisionPage>;
  approve(actor: Actor, id: string, approval: Approval, key?: string): Promise<DecisionPage>;
  reject(actor: Actor, id: string, rejection: { version: number; reason: string }, key?: string): Promise<DecisionPage>;
  /** One batch of today's round through ended dossiers. @returns true where more waits. */
  listDueOnce(): Promise<boolean>;
};

export function createRetentionService(ctx: RetentionContext): RetentionService {
  type Key = string | undefined;
  const request = (name: string, actor: Actor, key: Key, body: unknown): KeyedRequest => ({
    operation: `retention-${name}`,
    actor: actorRef(actor),
    key,
    body,
  });
  const keep = (
    name: string,
    actor: Actor,
    key: Key,
    body: { readonly id: string; readonly reason: string },
    run: (own: RetentionContext) => Promise<Keeping>,
  ): Promise<Keeping> =>
    keyed(ctx.db, request(name, actor, key, body), {
      run: (db) => run({ ...ctx, db }),
      keep: () => null,
      again: () => readKeeping(ctx, actor, body.id),
    });
  return {
    keeping: (actor, id) => readKeeping(ctx, actor, id),
    hold: (actor, id, reason, key) =>
      keep('hold', actor, key, { id, reason }, (own) => setHold(own, actor, id, reason)),
    lift: (actor, id, reason, key) =>
      keep('lift', actor, key, { id, reason }, (own) => liftHold(own, actor, id, reason)),
    due: (actor, query) => readDue(ctx, actor, query),
    preview: (actor, order) => previewOrder(ctx, actor, order),
    propose: (actor, order, reason, key) =>
      keyed(ctx.db, request('propose', actor, key, { order, reason }), {
        run: (db) => proposeOrder({ ...ctx, db }, actor, order, reason),
        keep: (id: string) => id,
        again: (id) => readDecision(ctx, actor, id),
      }),
    decisions: (actor, query) => readDecisions(ctx, actor, query),
    decision: (actor, id) => readDecision(ctx, actor, id),
    approve: (actor, id, approval, key) =>
      keyed(ctx.db, request('approve', actor, key, { id, ...approval }), {
        run: (db) => approveOrder({ ...ctx, db }, actor, id, approval),
        keep: () => null,
        again: () => readDecision(ctx, actor, id),
      }),
    reject: (actor, id, rejection, key) =>
      keyed(ctx.db, request('reject', actor, key, { id, ...rejection }), {
        run: (db) => rejectOrder({ ...ctx, db }, actor, id, rejection),
        keep: () => null,
        again: () => readDecision(ctx, actor, id),
      }),
    listDueOnce: () => listDueOnce(ctx),
  };
}

/** A round a day, in whichever process comes first; the hour only decides how late on a new day it begins. */
export function createRetentionTimer(service: RetentionService): Timer {
  return { name: 'retention.due', everyMs: 3_600_000, run: () => service.listDueOnce() };
}
