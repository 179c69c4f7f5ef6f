import { uuidv7 } from '../../../core/ids/uuid.ts';
import type { Db } from '../../../platform/db/open.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { countPersonalData, erasePersonalData, type KeepingFacts } from '../dossiers/index.ts';
import type { RetentionContext } from './context.ts';
import { TOPIC } from './events.ts';
import type { ErasureOrder } from './ports.ts';
import { type DecisionRecord, markDone } from './store.ts';

/**
 * Takes the personal data of dossiers out of every place that keeps some, in the caller's transaction. Code, procedure,
 * units, days, kinds of acts and amounts stay, and so do the hashes of the trail.
 */
export async function eraseDossiers(
  ctx: RetentionContext,
  trx: Db,
  decision: DecisionRecord,
  dossiers: readonly KeepingFacts[],
  order: ErasureOrder,
): Promise<void> {
  const ids = dossiers.map((facts) => facts.id);
  const counts: Record<string, number> = { ...(await countPersonalData(trx, ids)) };
  for (const { id } of dossiers) {
    for (const place of ctx.ports.places) {
      counts[place.name] = (counts[place.name] ?? 0) + (await place.erase(trx, id, order));
    }
    await erasePersonalData(trx, id, order.at);
  }
  await markDone(trx, decision.id, counts, order.at);
  await emit(
    trx,
    dossiers.map((facts) => ({
      id: uuidv7(order.at),
      topic: TOPIC[decision.kind],
      key: facts.id,
      payload: {
        dossierId: facts.id,
        code: facts.code,
        procedureCode: facts.procedureCode,
        decidedByUnitId: facts.decidedByUnitId,
        decisionId: decision.id,
      },
      occurredAt: order.at,
    })),
  );
}
