import { type Actor, actorRef, holds } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { type Day, dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { isDuplicate } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { words } from '../../../platform/messages/words.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { exemptionReasonsOn } from './content.ts';
import type { ApologyContext } from './context.ts';
import { setDutyExemption } from './duty-store.ts';
import { type Exemption, findExemption, insertExemption, saveDecision } from './exemption-store.ts';
import { EXEMPTED } from './labels.ts';
import { getFacts, proposingUnit, writeWithdrawal } from './proposal-service.ts';
import { isLate } from './rules/lateness.ts';
import { lockOpenOf } from './store.ts';

export const EXEMPT = 'apology.exempt';

async function record(
  trx: Db,
  actor: Actor,
  at: Date,
  exemption: Pick<Exemption, 'id' | 'authorityUnitId' | 'dossierId' | 'dossierCode'>,
  action: string,
  payload: Record<string, unknown>,
): Promise<void> {
  await recordAudit(trx, [
    {
      chainId: exemption.authorityUnitId,
      occurredAt: at,
      actor,
      action: `apology.${action}`,
      object: { type: 'apology-exemption', id: exemption.id },
      payload: { dossierId: exemption.dossierId, code: exemption.dossierCode, ...payload },
    },
  ]);
}

/** The kind chosen, where it is one of today's and what is shown for it will do. */
function checkEvidence(day: Day, order: ExemptionOrder): string {
  const kind = exemptionReasonsOn(day).find((one) => one.code === order.reasonCode);
  const files = order.fileIds.length;
  const refuse = (path: string, key: string) =>
    new AppError('request/invalid', { fields: [{ path, code: 'required', message: words(`server.apology.${key}`) }] });
  if (!kind) throw refuse('body.reasonCode', 'exempt-kind');
  if (kind.needsFile && files === 0) throw refuse('body.fileIds', 'exempt-file');
  if (files === 0 && order.evidence.trim() === '') throw refuse('body.evidence', 'exempt-evidence');
  return kind.code;
}

export type ExemptionOrder = {
  readonly dossierId: string;
  readonly reasonCode: string;
  readonly reason: string;
  readonly evidence: string;
  /** Uploads of the actor. */
  readonly fileIds: readonly string[];
};

/**
 * Asks that a late dossier need no apology. `evidence` names the paper that shows why, the files are that paper; some
 * kinds of reason ask for a file (`content/apologies/exemptions.yaml`).
 * @throws row/missing (also for a file that is no upload of the actor), access/forbidden, apology/refused, apology/open,
 *   request/invalid.
 */
export async function requestExemption(
  ctx: ApologyContext,
  actor: Actor,
  order: ExemptionOrder,
): Promise<{ id: string; version: number }> {
  const now = ctx.clock.now();
  const reasonCode = checkEvidence(dayOf(now), order);
  try {
    return await ctx.db.transaction().execute(async (trx) => {
      const facts = await getFacts(ctx, trx, actor, order.dossierId);
      const unitId = proposingUnit(actor, facts);
      if (unitId === undefined) throw new AppError('access/forbidden');
      if (!isLate(facts, now) || facts.dueCurrent === null)
        throw new AppError('apology/refused', { params: { reason: words('server.apology.exempt-late-only') } });
      const open = await lockOpenOf(trx, [facts.id]);
      if (open.some((one) => one.state !== 'draft')) throw new AppError('apology/open');
      const id = uuidv7(now);
      const files = await ctx.ports.attachEvidence(trx, actor, order.fileIds, id);
      const exemption = {
        id,
        dossierId: facts.id,
        dossierCode: facts.code,
        authorityUnitId: facts.decidedByUnitId,
        unitId,
        dueAt: facts.dueCurrent,
        reason: order.reason.trim(),
        evidence: order.evidence.trim(),
        reasonCode,
        files,
        requestedBy: actorRef(actor),
        requestedAt: now,
      };
      await insertExemption(trx, exemption);
      await record(trx, actor, now, exemption, 'request-exemption', {
        reason: exemption.reason,
        evidence: exemption.evidence,
        reasonCode,
        files,
      });
      return { id: exemption.id, version: 1 };
    });
  } catch (error) {
    if (isDuplicate(error, 'exemption_open')) throw new AppError('apology/open');
    throw error;
  }
}

/**
 * Approves or refuses a request at the version seen. Nobody decides their own request.
 * @throws row/missing, access/forbidden, row/stale.
 */
export async function decideExemption(
  ctx: ApologyContext,
  actor: Actor,
  id: string,
  decision: { readonly version: number; readonly approve: boolean; readonly note: string },
): Promise<{ id: string; version: number }> {
  const now = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    const exemption = await findExemption(trx, id);
    if (!exemption) throw new AppError('row/missing');
    await getFacts(ctx, trx, actor, exemption.dossierId);
    if (!holds(actor, EXEMPT, exemption.authorityUnitId)) throw new AppError('access/forbidden');
    if (exemption.requestedBy === actorRef(actor))
      throw new AppError('apology/refused', { params: { reason: words('server.apology.exempt-own') } });
    const state = decision.approve ? 'approved' : 'refused';
    const note = decision.note.trim() || null;
    const saved = await saveDecision(trx, id, decision.version, { state, by: actorRef(actor), at: now, note });
    if (!saved) {
      const seen = await findExemption(trx, id);
      throw new AppError('row/stale', {
        extra: { currentVersion: seen?.version ?? 0, currentState: seen?.state ?? '' },
      });
    }
    if (decision.approve) {
      await setDutyExemption(trx, exemption.dossierId, id, exemption.dueAt);
      // A draft a warning made is not needed any more.
      for (const open of await lockOpenOf(trx, [exemption.dossierId]))
        if (open.state === 'draft') await writeWithdrawal(ctx, trx, actor, open, EXEMPTED);
    }
    if (decision.approve) {
      const { dossierId } = exemption;
      const payload = { exemptionId: id, dossierId, authorityUnitId: exemption.authorityUnitId };
      await emit(trx, [{ id: uuidv7(now), topic: 'apology.exempted', key: dossierId, payload, occurredAt: now }]);
    }
    await record(trx, actor, now, exemption, decision.approve ? 'exempt' : 'refuse-exemption', { note });
    return { id, version: decision.version + 1 };
  });
}

/**
 * Lets somebody who may read the dossier open a file of evidence, whatever was decided. The reading is recorded.
 * @throws row/missing
 */
export async function checkEvidenceReadable(
  ctx: ApologyContext,
  actor: Actor,
  id: string,
  fileId: string,
): Promise<void> {
  const exemption = await findExemption(ctx.db, id);
  if (!exemption?.files.some((file) => file.id === fileId)) throw new AppError('row/missing');
  await getFacts(ctx, ctx.db, actor, exemption.dossierId);
  await record(ctx.db, actor, ctx.clock.now(), exemption, 'read-evidence', { fileId });
}
