import type { Actor } from '../../../core/access/actor.ts';
import { toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { type DossierLedger, dossierScope } from '../dossiers/index.ts';
import { holdersOf } from './act-service.ts';
import { attributionOf, causesFor, type LatenessContext, leads, type Names, namesFor } from './context.ts';
import type { CauseRequestType, DossierLatenessType, LatenessPartType } from './contract.ts';
import { type CauseRequest, requestsOf } from './request-store.ts';
import type { LatenessPart } from './rules/attribute.ts';
import { findAttributions, findDecisions, findParts, type StoredPart } from './store.ts';

/** What screens show of a part; `mayConfirm` where it is stored and the actor leads its unit. */
export function partRow(actor: Actor, part: StoredPart, names: Names): LatenessPartType {
  const { dossierId: _, confirmedAt, confirmedBy, ...facts } = part;
  return {
    ...facts,
    unitName: names.unit(part.unitId),
    staffName: names.staff(part.staffId),
    causeName: names.cause(part.causeCode),
    confirmedAt: confirmedAt && toIso(confirmedAt),
    confirmedBy: personOf(confirmedBy, names),
    mayConfirm: part.seq > 0 && leads(actor, part.unitId),
  };
}

/** A part counted just now, in the shape of a stored one. */
export function livePart(ledger: DossierLedger, part: LatenessPart): StoredPart {
  return {
    ...part,
    dossierId: ledger.id,
    seq: 0,
    stepName: ledger.steps.find((step) => step.id === part.stepId)?.name ?? null,
    causeCode: null,
    note: null,
    confirmedAt: null,
    confirmedBy: null,
  };
}

/** The person behind a reference such as `staff:<id>`; null for the installation itself. */
const staffIdOf = (ref: string | null): string | null => (ref?.startsWith('staff:') ? ref.slice(6) : null);
const personOf = (ref: string | null, names: Names): string | null => names.staff(staffIdOf(ref));

/** @throws AppError row/missing, also for a dossier outside the actor's scope. */
export async function readDossier(ctx: LatenessContext, actor: Actor, id: string): Promise<DossierLatenessType> {
  const now = ctx.clock.now();
  const [ledger] = await ctx.ledgers.ledgersOf(ctx.db, [id], dossierScope(actor));
  if (!ledger) return notReceived(ctx, actor, id);
  const [[stored], storedParts, decisions, requests] = await Promise.all([
    findAttributions(ctx.db, [id]),
    findParts(ctx.db, [id]),
    findDecisions(ctx.db, id),
    requestsOf(ctx.db, [id]),
  ]);
  const live = attributionOf(ledger, now);
  const parts = stored ? storedParts : live.parts.map((part) => livePart(ledger, part));
  const holders = holdersOf(ledger);
  const names = await namesFor(
    ctx,
    [...parts, ...holders, ...requests].map((one) => one.unitId),
    [
      ...[...parts, ...holders, ...requests].map((one) => one.staffId),
      ...storedParts.map((part) => staffIdOf(part.confirmedBy)),
      ...decisions.map((decision) => staffIdOf(decision.actor)),
    ],
  );
  const latenessMinutes = stored?.latenessMinutes ?? live.latenessMinutes;
  return {
    state: latenessMinutes === 0 ? 'none' : stored ? 'ended' : 'open',
    version: stored?.version ?? 0,
    latenessMinutes,
    parts: parts.map((part) => partRow(actor, part, names)),
    waits: live.waits.map((wait) => ({ ...wait, from: toIso(wait.from), to: toIso(wait.to) })),
    holders: holders.map((holder) => ({
      ...holder,
      stepName: ledger.steps.find((step) => step.id === holder.stepId)?.name ?? null,
      unitName: names.unit(holder.unitId),
      staffName: names.staff(holder.staffId),
    })),
    causes: causesFor(ctx, now),
    requests: requestRows(actor, requests, names, now),
    history: decisions.map((decision) => ({
      at: toIso(decision.at),
      kind: decision.kind,
      who: personOf(decision.actor, names) ?? '',
      reason: decision.reason,
    })),
  };
}

/** A dossier that was never received has no promise to be late against; unknown ones are missing. */
async function notReceived(ctx: LatenessContext, actor: Actor, id: string): Promise<DossierLatenessType> {
  if (!(await ctx.ledgers.isVisible(ctx.db, id, dossierScope(actor)))) throw new AppError('row/missing');
  return {
    state: 'none',
    version: 0,
    latenessMinutes: 0,
    parts: [],
    waits: [],
    holders: [],
    causes: [],
    requests: [],
    history: [],
  };
}

/** Requests as screens show them. */
export function requestRows(
  actor: Actor,
  requests: readonly CauseRequest[],
  names: Names,
  now: Date,
): CauseRequestType[] {
  return requests.map((request) => ({
    id: request.id,
    dossierId: request.dossierId,
    code: request.code,
    rung: request.rung,
    unitId: request.unitId,
    unitName: names.unit(request.unitId) ?? '',
    staffName: names.staff(request.staffId),
    requestedAt: toIso(request.requestedAt),
    deadline: toIso(request.deadline),
    overdue: request.answeredAt === null && request.deadline < now,
    causeName: names.cause(request.causeCode),
    note: request.note,
    answeredAt: request.answeredAt && toIso(request.answeredAt),
    mayAnswer: request.answeredAt === null && leads(actor, request.unitId),
  }));
}
