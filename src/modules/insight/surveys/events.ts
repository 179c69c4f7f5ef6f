import { uuidv7 } from '../../../core/ids/uuid.ts';
import type { Db } from '../../../platform/db/open.ts';
import { emit } from '../../../platform/events/outbox.ts';

/** Tells other modules of a change of a survey as a whole. Single answers are no events: events have times. */
export async function announce(
  trx: Db,
  topic: 'survey.opened' | 'survey.closed',
  of: { readonly id: string; readonly unitId: string },
  at: Date,
): Promise<void> {
  await emit(trx, [{ id: uuidv7(at), topic, key: of.id, payload: { id: of.id, unitId: of.unitId }, occurredAt: at }]);
}
