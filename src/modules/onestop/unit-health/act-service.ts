import { type Actor, actorRef, holds, unitsFor } from '../../../core/access/actor.ts';
import { dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { ANSWER, type HealthContext, MANAGE, READ } from './context.ts';
import { healthEvent } from './events.ts';
import { deadlineOf } from './look-service.ts';
import { type FindingAct, stateAfter } from './rules/stages.ts';
import { addHistory, closeFinding, findFinding, type StoredFinding, saveDecision, saveExplanation } from './store.ts';

const PERMISSION = { explain: ANSWER, accept: MANAGE, return: MANAGE, close: MANAGE } as const;
const KIND = { explain: 'explained', accept: 'accepted', return: 'returned', close: 'closed' } as const;

/** What the actor may do with a finding now. Nobody decides about what they explained themselves. */
export function actsFor(actor: Actor, finding: StoredFinding): FindingAct[] {
  const own = finding.explainedBy === actorRef(actor);
  return (['explain', 'accept', 'return', 'close'] as const).filter(
    (act) =>
      stateAfter(finding.state, act) !== undefined &&
      holds(actor, PERMISSION[act], finding.unitId) &&
      (act === 'explain' || !own),
  );
}

/**
 * One act on a finding, in one transaction, guarded by the version seen: of two at once one wins.
 * @throws AppError row/missing (also outside the actor's units), access/forbidden, row/stale, health/not-now,
 * health/own-explanation, health/reason-needed.
 */
export async function actOn(
  ctx: HealthContext,
  actor: Actor,
  id: string,
  act: FindingAct,
  said: { readonly version: number; readonly text: string; readonly evidence?: string },
): Promise<{ version: number }> {
  const now = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    const finding = await findFinding(trx, unitsFor(actor, READ), id, true);
    if (!finding) throw new AppError('row/missing');
    if (!holds(actor, PERMISSION[act], finding.unitId)) throw new AppError('access/forbidden');
    if (finding.version !== said.version) throw new AppError('row/stale');
    if (stateAfter(finding.state, act) === undefined) throw new AppError('health/not-now');
    if (act !== 'explain' && finding.explainedBy === actorRef(actor)) throw new AppError('health/own-explanation');
    const text = said.text.trim();
    const evidence = said.evidence?.trim() ?? '';
    if ((act === 'explain' || act === 'return') && text === '') throw new AppError('health/reason-needed');
    if (act === 'explain' && evidence === '') throw new AppError('health/reason-needed');
    await save(ctx, trx, finding, act, { text, evidence, at: now, by: actorRef(actor) });
    await addHistory(trx, id, {
      kind: KIND[act],
      at: now,
      actor: actorRef(actor),
      note: text || null,
      evidence: evidence || null,
    });
    await recordAudit(trx, [
      {
        chainId: (await ctx.ports.authorityOf(finding.unitId, dayOf(now)))?.unitId ?? finding.unitId,
        occurredAt: now,
        actor,
        action: `unit-health.${act}`,
        object: { type: 'unit-health-finding', id },
        payload: { rule: finding.rule, period: finding.period, note: text || null, evidence: evidence || null },
      },
    ]);
    return { version: finding.version + 1 };
  });
}

async function save(
  ctx: HealthContext,
  trx: Db,
  finding: StoredFinding,
  act: FindingAct,
  said: { readonly text: string; readonly evidence: string; readonly at: Date; readonly by: string },
): Promise<void> {
  const { text, evidence, at, by } = said;
  switch (act) {
    case 'explain':
      return saveExplanation(trx, finding.id, { reason: text, evidence, at, by });
    case 'accept':
      return saveDecision(trx, finding.id, { state: 'accepted', note: text || null, at, by });
    case 'return': {
      const deadline = await deadlineOf(ctx, finding, at);
      return saveDecision(trx, finding.id, { state: 'returned', note: text, at, by, deadline });
    }
    case 'close': {
      await closeFinding(trx, finding.id, 'accepted', at);
      const { rule, unitId, period, measure } = finding;
      const payload = { findingId: finding.id, rule, unitId, period, measure, closedAs: 'accepted' as const };
      await emit(trx, [healthEvent('closed', at, payload)]);
    }
  }
}
