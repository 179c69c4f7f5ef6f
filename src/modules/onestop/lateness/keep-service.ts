import type { SystemActor } from '../../../core/access/actor.ts';
import { actorRef } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { parseInstant } from '../../../core/time/index.ts';
import { dueAt } from '../../../core/working-time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { type DossierLedger, dossierScope } from '../dossiers/index.ts';
import { attributionOf, type LatenessContext } from './context.ts';
import type { WarningReachedPayload } from './events.ts';
import { type CauseRequest, insertRequest, requestsOf } from './request-store.ts';
import {
  type DecisionRow,
  deleteAttributions,
  findAttributions,
  findParts,
  insertDecisions,
  type StoredAttribution,
  type StoredPart,
  saveAttributions,
} from './store.ts';

const SYSTEM: SystemActor = { kind: 'system', name: 'lateness', assurance: 'system' };

/** A head answers within two working days of the rung (our decision, ADR 0022). */
const ANSWER_WITHIN = { unit: 'working-day', amount: 2 } as const;

/**
 * Brings the stored attributions of dossiers in line with what they now are: new where one ended late, counted again
 * where its due date or end was corrected, withdrawn with a trace where it is no longer late. The same again changes
 * nothing, so what heads confirmed stays.
 */
export async function keepAttributions(ctx: LatenessContext, trx: Db, ids: readonly string[]): Promise<number> {
  const now = ctx.clock.now();
  const ledgers = await ctx.ledgers.ledgersOf(trx, ids, dossierScope(SYSTEM));
  const stored = new Map((await findAttributions(trx, ids)).map((a) => [a.dossierId, a]));
  const late = ledgers.filter((ledger) => ledger.endedAt !== null && attributionOf(ledger, now).latenessMinutes > 0);
  const changed = late.filter((ledger) => differs(stored.get(ledger.id), ledger));
  const over = [...stored.keys()].filter((id) => !late.some((ledger) => ledger.id === id));
  if (changed.length === 0 && over.length === 0) return 0;

  const changedIds = [...changed.map((ledger) => ledger.id), ...over];
  const before = Map.groupBy(await findParts(trx, changedIds), (part) => part.dossierId);
  const answers = Map.groupBy(await requestsOf(trx, changedIds), (request) => request.dossierId);
  const saved = changed.map((ledger) => computed(ledger, answers.get(ledger.id) ?? [], now));
  await saveAttributions(trx, saved, now);
  await deleteAttributions(trx, over);
  const decision = (id: string, kind: DecisionRow['kind'], after: unknown): DecisionRow => ({
    id: uuidv7(now),
    dossierId: id,
    kind,
    partSeq: null,
    at: now,
    actor: actorRef(SYSTEM),
    reason: null,
    before: before.get(id) ?? null,
    after,
  });
  await insertDecisions(trx, [
    ...saved.map(({ attribution, parts }) =>
      decision(attribution.dossierId, stored.has(attribution.dossierId) ? 'recomputed' : 'computed', parts),
    ),
    ...over.map((id) => decision(id, 'withdrawn', null)),
  ]);
  return changedIds.length;
}

function differs(stored: StoredAttribution | undefined, ledger: DossierLedger): boolean {
  return (
    !stored ||
    stored.latenessMinutes !== ledger.latenessMinutes ||
    stored.endedAt.getTime() !== ledger.endedAt?.getTime() ||
    stored.dueAt?.getTime() !== ledger.dueAt?.getTime() ||
    stored.decidedByUnitId !== ledger.decidedByUnitId
  );
}

function computed(
  ledger: DossierLedger,
  requests: readonly CauseRequest[],
  now: Date,
): { attribution: Omit<StoredAttribution, 'version'>; parts: StoredPart[] } {
  const attribution = attributionOf(ledger, now);
  return {
    attribution: {
      dossierId: ledger.id,
      code: ledger.code,
      procedureCode: ledger.procedureCode,
      receivedByUnitId: ledger.receivedByUnitId,
      decidedByUnitId: ledger.decidedByUnitId,
      dueAt: ledger.dueAt,
      endedAt: ledger.endedAt ?? now,
      latenessMinutes: attribution.latenessMinutes,
      confirmed: false,
    },
    parts: attribution.parts.map((part, index) => {
      // What a head said when the warning came is offered again, never taken as confirmed.
      const said = requests.findLast((request) => request.unitId === part.unitId && request.causeCode !== null);
      return {
        ...part,
        dossierId: ledger.id,
        seq: index + 1,
        stepName: ledger.steps.find((step) => step.id === part.stepId)?.name ?? null,
        causeCode: said?.causeCode ?? null,
        note: said?.note ?? null,
        confirmedAt: null,
        confirmedBy: null,
      };
    }),
  };
}

/** Opens a cause request where a rung asks for it; the same rung asks the same unit once. */
export async function requestCause(ctx: LatenessContext, trx: Db, payload: WarningReachedPayload): Promise<void> {
  if (!payload.acts.includes('require-cause')) return;
  const [ledger] = await ctx.ledgers.ledgersOf(trx, [payload.dossierId], dossierScope(SYSTEM));
  // Ended meanwhile: what there is to say is said of its parts.
  if (!ledger || ledger.endedAt !== null) return;
  const at = parseInstant(payload.at) ?? ctx.clock.now();
  const from = new Date(Math.max(at.getTime(), ctx.clock.now().getTime()));
  const deadline = dueAt(ledger.calendar, from, ANSWER_WITHIN);
  const request: CauseRequest = {
    id: uuidv7(from),
    dossierId: ledger.id,
    code: ledger.code,
    rung: payload.rung,
    subject: payload.subject,
    stepId: ledger.stepId,
    unitId: payload.holderUnitId ?? ledger.holderUnitId ?? ledger.decidedByUnitId,
    staffId: payload.holderStaffId,
    decidedByUnitId: ledger.decidedByUnitId,
    requestedAt: at,
    deadline: deadline.ok && deadline.dueAt ? deadline.dueAt : from,
    causeCode: null,
    note: null,
    answeredAt: null,
    answeredBy: null,
  };
  if (!(await insertRequest(trx, request))) return;
  const { id, dossierId, unitId } = request;
  await emit(trx, [
    {
      id: uuidv7(from),
      topic: 'lateness.cause-requested',
      key: dossierId,
      payload: { requestId: id, dossierId, unitId, deadline: request.deadline.toISOString() },
      occurredAt: from,
    },
  ]);
}
