import { type Actor, actorRef, holds } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf, isDay, toIso } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import type { KeepingFacts } from '../dossiers/index.ts';
import type { RetentionContext } from './context.ts';
import type { DecisionPage, DecisionRow, OrderBody, OrderPreview } from './contract.ts';
import { eraseDossiers } from './erase.ts';
import { type Assessed, assess, countAll, dossiersOf, orderItems } from './order.ts';
import { namesOf } from './people.ts';
import { mayAt, PERMISSION, unitsDeciding } from './scope.ts';
import { type DecisionRecord, decide, findDecision, findDecisions, findItems, insertDecision } from './store.ts';

/** What an order would take, dossier by dossier; changes nothing. */
export async function previewOrder(ctx: RetentionContext, actor: Actor, order: OrderBody): Promise<OrderPreview> {
  const assessed = await assess(ctx, ctx.db, order.kind, await dossiersOf(ctx.db, actor, order), null);
  return { items: orderItems(assessed), counts: await countAll(ctx, ctx.db, assessed) };
}

function requireClear(assessed: readonly Assessed[]): void {
  const blocked = assessed.filter(({ blocking }) => blocking !== null).map(({ facts }) => facts.code);
  if (blocked.length === 0) return;
  const codes = blocked.slice(0, 10).join(', ') + (blocked.length > 10 ? '…' : '');
  throw new AppError('retention/blocked', { params: { codes } });
}

const entriesOf = (
  actor: Actor,
  action: string,
  facts: readonly Pick<KeepingFacts, 'id' | 'decidedByUnitId'>[],
  at: Date,
  payload: Readonly<Record<string, unknown>>,
) =>
  facts.map(({ id, decidedByUnitId }) => ({
    chainId: decidedByUnitId,
    occurredAt: at,
    actor,
    action,
    object: { type: 'dossier', id },
    payload,
  }));

/** Proposes an erasure or a disposal. @throws row/missing, retention/blocked with the codes that stand against it */
export async function proposeOrder(
  ctx: RetentionContext,
  actor: Actor,
  order: OrderBody,
  reason: string,
): Promise<DecisionPage> {
  const now = ctx.clock.now();
  const id = uuidv7(now);
  await ctx.db.transaction().execute(async (trx) => {
    // Locked: of two proposals about one dossier the second sees the first.
    const assessed = await assess(ctx, trx, order.kind, await dossiersOf(trx, actor, order, true), null);
    requireClear(assessed);
    const facts = assessed.map((one) => one.facts);
    const counts = await countAll(ctx, trx, assessed);
    const scope = order.kind === 'erasure' ? order.scope : 'list';
    await insertDecision(
      trx,
      { id, kind: order.kind, scope, reason, counts, proposedBy: actorRef(actor), proposedAt: now },
      facts.map(({ id: dossierId, ...rest }) => ({ ...rest, dossierId })),
    );
    await recordAudit(trx, entriesOf(actor, `data.propose-${order.kind}`, facts, now, { decisionId: id, reason }));
    return id;
  });
  return readDecision(ctx, actor, id);
}

async function loadFor(ctx: RetentionContext, actor: Actor, id: string): Promise<DecisionRecord> {
  for (const kind of ['erasure', 'disposal'] as const) {
    if (!holds(actor, PERMISSION[kind])) continue;
    const found = await findDecision(ctx.db, id, unitsDeciding(actor, kind));
    if (found?.kind === kind) return found;
  }
  throw new AppError('row/missing');
}

export type Approval = { readonly version: number; readonly decisionNumber: string; readonly decisionDay: string };

/**
 * Approves a proposal of somebody else and carries it out, in one transaction: all of it or nothing.
 * @throws retention/own-proposal, retention/blocked (held or reopened since), row/stale, access/forbidden
 */
export async function approveOrder(
  ctx: RetentionContext,
  actor: Actor,
  id: string,
  { version, decisionNumber, decisionDay }: Approval,
): Promise<DecisionPage> {
  const now = ctx.clock.now();
  if (!isDay(decisionDay) || decisionDay > dayOf(now)) {
    const message = words('server.retention.decision-day');
    throw new AppError('request/invalid', { fields: [{ path: 'body.decisionDay', code: 'date', message }] });
  }
  const decision = await loadFor(ctx, actor, id);
  await ctx.db.transaction().execute(async (trx) => {
    const verdict = { status: 'approved', by: actorRef(actor), at: now, decisionNumber, decisionDay } as const;
    const facts = await settle(trx, actor, decision, version, { ...verdict, rejectReason: null });
    requireClear(await assess(ctx, trx, decision.kind, facts, id));
    const reason = `${decision.reason} · ${decisionNumber}`;
    await eraseDossiers(ctx, trx, decision, facts, { actor, reason, at: now });
    const action = decision.kind === 'erasure' ? 'data.erase' : 'data.dispose';
    const payload = { decisionId: id, decisionNumber, decisionDay, reason: decision.reason };
    await recordAudit(trx, entriesOf(actor, action, facts, now, payload));
  });
  return readDecision(ctx, actor, id);
}

/** @throws row/stale, access/forbidden */
export async function rejectOrder(
  ctx: RetentionContext,
  actor: Actor,
  id: string,
  { version, reason }: { readonly version: number; readonly reason: string },
): Promise<DecisionPage> {
  const now = ctx.clock.now();
  const decision = await loadFor(ctx, actor, id);
  await ctx.db.transaction().execute(async (trx) => {
    const verdict = { status: 'rejected', by: actorRef(actor), at: now, rejectReason: reason } as const;
    const facts = await settle(trx, actor, decision, version, { ...verdict, decisionNumber: null, decisionDay: null });
    await recordAudit(trx, entriesOf(actor, `data.reject-${decision.kind}`, facts, now, { decisionId: id, reason }));
  });
  return readDecision(ctx, actor, id);
}

/** Locks the dossiers of a proposal and notes the verdict. Taking back one's own proposal is a rejection too. */
async function settle(
  trx: Db,
  actor: Actor,
  decision: DecisionRecord,
  version: number,
  verdict: Parameters<typeof decide>[3],
): Promise<readonly KeepingFacts[]> {
  const items = await findItems(trx, decision.id);
  if (!items.every((item) => mayAt(actor, PERMISSION[decision.kind], item))) throw new AppError('access/forbidden');
  if (verdict.status === 'approved' && decision.proposedBy === actorRef(actor)) {
    throw new AppError('retention/own-proposal');
  }
  const facts = await dossiersOf(trx, actor, { ids: items.map((item) => item.dossierId) }, true);
  if (!(await decide(trx, decision.id, version, verdict))) throw new AppError('row/stale');
  return facts;
}

async function toRow(ctx: RetentionContext, actor: Actor, records: readonly DecisionRecord[]): Promise<DecisionRow[]> {
  const name = await namesOf(
    ctx,
    records.flatMap((record) => [record.proposedBy, record.decidedBy ?? '']),
  );
  return records.map(({ counts: _, ...record }) => ({
    ...record,
    proposedBy: name(record.proposedBy),
    proposedAt: toIso(record.proposedAt),
    decidedBy: record.decidedBy && name(record.decidedBy),
    decidedAt: record.decidedAt && toIso(record.decidedAt),
    mayDecide: record.status === 'proposed' && record.proposedBy !== actorRef(actor),
  }));
}

export async function readDecision(ctx: RetentionContext, actor: Actor, id: string): Promise<DecisionPage> {
  const record = await loadFor(ctx, actor, id);
  const items = await findItems(ctx.db, id);
  const facts = await dossiersOf(ctx.db, actor, { ids: items.map((item) => item.dossierId) });
  const assessed = await assess(ctx, ctx.db, record.kind, facts, id);
  const [row] = await toRow(ctx, actor, [record]);
  if (!row) throw new Error('one record makes one row');
  const all = items.every((item) => mayAt(actor, PERMISSION[record.kind], item));
  return { ...row, mayDecide: row.mayDecide && all, items: orderItems(assessed), counts: record.counts };
}

export type DecisionQuery = {
  readonly kind: 'erasure' | 'disposal';
  readonly status?: string;
  readonly cursor?: string;
  readonly limit?: number;
};

/** Youngest first. */
export async function readDecisions(
  ctx: RetentionContext,
  actor: Actor,
  { kind, status, cursor, limit = 50 }: DecisionQuery,
): Promise<{ rows: DecisionRow[]; nextCursor: string | null }> {
  const unitIds = unitsDeciding(actor, kind);
  const found = await findDecisions(ctx.db, { kind, status, unitIds, before: cursor, limit: limit + 1 });
  const rows = await toRow(ctx, actor, found.slice(0, limit));
  return { rows, nextCursor: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
}
