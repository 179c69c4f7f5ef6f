import { type Actor, actorRef } from '../../../core/access/actor.ts';
import type { BodyOf } from '../../../core/contract/endpoint.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { type DossierLedger, dossierScope } from '../dossiers/index.ts';
import { causesOn } from './causes.ts';
import { type LatenessContext, leads } from './context.ts';
import type * as contract from './contract.ts';
import type { CauseConfirmedPayload } from './events.ts';
import { answerRequest, findRequest } from './request-store.ts';
import { type Holder, reattribute } from './rules/reattribute.ts';
import {
  deletePart,
  findAttributions,
  findParts,
  insertDecisions,
  insertParts,
  markConfirmed,
  type StoredPart,
  takeVersion,
} from './store.ts';

/**
 * A head confirms or corrects one part. One transaction, guarded by the version seen; of two heads at once one wins and
 * the other gets row/stale with nothing written.
 * @throws AppError row/missing, access/forbidden (another unit's part), row/stale, lateness/sum-changed,
 * lateness/unknown-holder, lateness/unknown-cause, dossier/reason-needed.
 */
export async function decidePart(
  ctx: LatenessContext,
  actor: Actor,
  dossierId: string,
  seq: number,
  body: BodyOf<typeof contract.decideLatenessPart>,
): Promise<{ version: number }> {
  const now = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    const [ledger] = await ctx.ledgers.ledgersOf(trx, [dossierId], dossierScope(actor));
    if (!ledger || !(await takeVersion(trx, dossierId, body.version))) {
      const [known] = ledger ? await findAttributions(trx, [dossierId]) : [];
      throw new AppError(known ? 'row/stale' : 'row/missing');
    }
    const before = await findParts(trx, [dossierId]);
    const part = before.find((one) => one.seq === seq);
    if (!part) throw new AppError('row/missing');
    if (!leads(actor, part.unitId)) throw new AppError('access/forbidden');
    const reason = body.reason?.trim() ?? '';
    const decided = reattribute(part, {
      shares: body.shares,
      reason,
      holders: holdersOf(ledger),
      causes: new Set(causesOn(ctx.causes, dayOf(now)).map((cause) => cause.code)),
      leads: (unitId) => leads(actor, unitId),
    });
    if (!decided.ok) throw new AppError(decided.code, { params: { minutes: String(part.minutes) } });
    const next = Math.max(...before.map((one) => one.seq)) + 1;
    const after = decided.shares.map(
      (share, index): StoredPart => ({
        dossierId,
        seq: index === 0 ? seq : next + index - 1,
        kind: share.kind,
        stepId: share.stepId,
        stepName: ledger.steps.find((step) => step.id === share.stepId)?.name ?? null,
        unitId: share.unitId,
        staffId: share.staffId,
        minutes: share.minutes,
        heldMinutes: index === 0 ? part.heldMinutes : 0,
        overrunMinutes: index === 0 ? part.overrunMinutes : 0,
        causeCode: share.causeCode,
        note: reason || null,
        confirmedAt: share.settled ? now : null,
        confirmedBy: share.settled ? actorRef(actor) : null,
      }),
    );
    await deletePart(trx, dossierId, seq);
    await insertParts(trx, after);
    await markConfirmed(trx, dossierId);
    await insertDecisions(trx, [
      {
        id: uuidv7(now),
        dossierId,
        kind: decided.kind,
        partSeq: seq,
        at: now,
        actor: actorRef(actor),
        reason: reason || null,
        before: [part],
        after,
      },
    ]);
    await recordAudit(trx, [
      {
        chainId: ledger.decidedByUnitId,
        occurredAt: now,
        actor,
        action: decided.kind === 'confirmed' ? 'lateness.confirm' : 'lateness.correct',
        object: { type: 'dossier', id: dossierId },
        payload: { part: seq, reason: reason || null, shares: body.shares },
      },
    ]);
    await emitConfirmed(ctx, trx, ledger, seq, now);
    return { version: body.version + 1 };
  });
}

/** Those a correction may name: everybody the ledger names as having held the dossier. */
export function holdersOf(ledger: DossierLedger): Holder[] {
  const known = new Map<string, Holder>();
  for (const { stepId, unitId, staffId } of ledger.segments) {
    const step = ledger.steps.find((one) => one.id === stepId);
    const kind = step?.kind === 'receive' || step?.kind === 'hand-over' ? 'desk' : 'step';
    known.set(JSON.stringify([stepId, unitId, staffId]), { kind, stepId, unitId, staffId });
  }
  return [...known.values()];
}

async function emitConfirmed(
  ctx: LatenessContext,
  trx: Db,
  ledger: DossierLedger,
  partSeq: number,
  at: Date,
): Promise<void> {
  const parts = await findParts(trx, [ledger.id]);
  const excusable = new Set(ctx.causes.filter((cause) => cause.excusable).map((cause) => cause.code));
  const payload: CauseConfirmedPayload = {
    dossierId: ledger.id,
    partSeq,
    causeCodes: [...new Set(parts.flatMap((part) => (part.causeCode ? [part.causeCode] : [])))],
    allExcusable: parts.every((part) => part.confirmedAt !== null && excusable.has(part.causeCode ?? '')),
  };
  await emit(trx, [{ id: uuidv7(at), topic: 'lateness.cause-confirmed', key: ledger.id, payload, occurredAt: at }]);
}

/**
 * A head answers a cause request.
 * @throws AppError row/missing (another unit's request too), row/stale (answered meanwhile), lateness/unknown-cause.
 */
export async function answer(
  ctx: LatenessContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.answerCauseRequest>,
): Promise<Record<string, never>> {
  const now = ctx.clock.now();
  const causes = causesOn(ctx.causes, dayOf(now));
  await ctx.db.transaction().execute(async (trx) => {
    const request = await findRequest(trx, id);
    if (!request || !leads(actor, request.unitId)) throw new AppError('row/missing');
    if (!causes.some((cause) => cause.code === body.causeCode)) throw new AppError('lateness/unknown-cause');
    const note = body.note?.trim() || null;
    const said = { causeCode: body.causeCode, note, at: now, by: actorRef(actor) };
    if (!(await answerRequest(trx, id, said))) throw new AppError('row/stale');
    await recordAudit(trx, [
      {
        chainId: request.decidedByUnitId,
        occurredAt: now,
        actor,
        action: 'lateness.answer',
        object: { type: 'dossier', id: request.dossierId },
        payload: { requestId: id, causeCode: body.causeCode, note },
      },
    ]);
  });
  return {};
}
