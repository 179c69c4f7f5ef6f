import { type Actor, actorRef, holds, readingUnitsFor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf, toIso } from '../../../core/time/index.ts';
import { type Db, isDuplicate } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { findKeeping, type KeepingFacts, lockKeeping, markHeld } from '../dossiers/index.ts';
import { STATUSES } from '../dossiers/rules/status.ts';
import type { RetentionContext } from './context.ts';
import type { Keeping } from './contract.ts';
import { nameOf } from './people.ts';
import { lastKeptDay } from './rules/period.ts';
import { mayAt, PERMISSION } from './scope.ts';
import { endHold, findDone, findHold, insertHold } from './store.ts';

/** How a dossier is kept, for somebody who may read or hold it. @throws row/missing */
export async function readKeeping(ctx: RetentionContext, actor: Actor, id: string): Promise<Keeping> {
  const [facts] = await findKeeping(ctx.db, [id]);
  if (!facts || !mayRead(actor, facts)) throw new AppError('row/missing');
  const [hold, done, kept] = await Promise.all([
    findHold(ctx.db, id),
    findDone(ctx.db, id),
    ctx.ports.retentionOf(facts.procedureRevisionId),
  ]);
  return {
    hold: hold ? { reason: hold.reason, setBy: await nameOf(ctx, hold.setBy), setAt: toIso(hold.setAt) } : null,
    retentionCode: facts.retentionCode,
    retentionYears: kept.years === 'permanent' ? null : kept.years,
    keptUntil: STATUSES[facts.status].closed ? lastKeptDay(dayOf(facts.endedAt), kept.years) : null,
    erasedAt: facts.erasedAt && toIso(facts.erasedAt),
    erasedBy: done ?? null,
    mayHold: mayAt(actor, PERMISSION.hold, facts) && facts.erasedAt === null,
  };
}

// Whoever may open the dossier's page sees how it is kept; who only keeps dossiers needs it as well.
function mayRead(actor: Actor, facts: KeepingFacts): boolean {
  const units = new Set(readingUnitsFor(actor, 'dossier.read'));
  return units.has(facts.decidedByUnitId) || units.has(facts.receivedByUnitId) || mayAt(actor, PERMISSION.hold, facts);
}

async function change(
  ctx: RetentionContext,
  actor: Actor,
  id: string,
  action: 'data.hold' | 'data.lift-hold',
  reason: string,
  run: (trx: Db, facts: KeepingFacts, now: Date) => Promise<void>,
): Promise<Keeping> {
  if (!holds(actor, PERMISSION.hold)) throw new AppError('access/forbidden');
  const now = ctx.clock.now();
  await ctx.db.transaction().execute(async (trx) => {
    const [facts] = await lockKeeping(trx, [id]);
    if (!facts || !mayAt(actor, PERMISSION.hold, facts)) throw new AppError('row/missing');
    await run(trx, facts, now);
    const held = action === 'data.hold';
    await markHeld(trx, id, held);
    await ctx.ports.holdFiles(trx, id, held);
    await recordAudit(trx, [
      {
        chainId: facts.decidedByUnitId,
        occurredAt: now,
        actor,
        action,
        object: { type: 'dossier', id },
        payload: { reason },
      },
    ]);
  });
  return readKeeping(ctx, actor, id);
}

/** Holds a dossier: neither erasure nor disposal until it is lifted. @throws retention/held, retention/erased, row/missing */
export function setHold(ctx: RetentionContext, actor: Actor, id: string, reason: string): Promise<Keeping> {
  return change(ctx, actor, id, 'data.hold', reason, async (trx, facts, now) => {
    if (facts.erasedAt) throw new AppError('retention/blocked', { params: { codes: facts.code } });
    const hold = { id: uuidv7(now), dossierId: id, unitId: facts.decidedByUnitId, reason };
    try {
      await insertHold(trx, { ...hold, setBy: actorRef(actor), setAt: now });
    } catch (error) {
      if (isDuplicate(error, 'hold_active')) throw new AppError('retention/held');
      throw error;
    }
  });
}

/** @throws retention/not-held, row/missing */
export function liftHold(ctx: RetentionContext, actor: Actor, id: string, reason: string): Promise<Keeping> {
  return change(ctx, actor, id, 'data.lift-hold', reason, async (trx, _, now) => {
    const ended = await endHold(trx, id, { by: actorRef(actor), at: now, reason });
    if (!ended) throw new AppError('retention/not-held');
  });
}
