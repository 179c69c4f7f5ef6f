import type { Actor } from '../../../core/access/actor.ts';
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
  hold(actor: Actor, dossierId: string, reason: string): Promise<Keeping>;
  lift(actor: Actor, dossierId: string, reason: string): Promise<Keeping>;
  due(actor: Actor, query: DueQuery): Promise<{ rows: DueRow[]; nextCursor: string | null; total: number }>;
  preview(actor: Actor, order: OrderBody): Promise<OrderPreview>;
  propose(actor: Actor, order: OrderBody, reason: string): Promise<DecisionPage>;
  decisions(actor: Actor, query: DecisionQuery): Promise<{ rows: DecisionRow[]; nextCursor: string | null }>;
  decision(actor: Actor, id: string): Promise<DecisionPage>;
  approve(actor: Actor, id: string, approval: Approval): Promise<DecisionPage>;
  reject(actor: Actor, id: string, rejection: { version: number; reason: string }): Promise<DecisionPage>;
  /** One batch of today's round through ended dossiers. @returns true where more waits. */
  listDueOnce(): Promise<boolean>;
};

export function createRetentionService(ctx: RetentionContext): RetentionService {
  return {
    keeping: (actor, id) => readKeeping(ctx, actor, id),
    hold: (actor, id, reason) => setHold(ctx, actor, id, reason),
    lift: (actor, id, reason) => liftHold(ctx, actor, id, reason),
    due: (actor, query) => readDue(ctx, actor, query),
    preview: (actor, order) => previewOrder(ctx, actor, order),
    propose: (actor, order, reason) => proposeOrder(ctx, actor, order, reason),
    decisions: (actor, query) => readDecisions(ctx, actor, query),
    decision: (actor, id) => readDecision(ctx, actor, id),
    approve: (actor, id, approval) => approveOrder(ctx, actor, id, approval),
    reject: (actor, id, rejection) => rejectOrder(ctx, actor, id, rejection),
    listDueOnce: () => listDueOnce(ctx),
  };
}

/** A round a day, in whichever process comes first; the hour only decides how late on a new day it begins. */
export function createRetentionTimer(service: RetentionService): Timer {
  return { name: 'retention.due', everyMs: 3_600_000, run: () => service.listDueOnce() };
}
