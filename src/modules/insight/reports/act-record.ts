import { type Actor, actorRef } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import type { Db } from '../../../platform/db/open.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { type Act, insertAct } from './store.ts';

/** `report.assigned`, `report.submitted` …: ids, period and new state. */
const TOPICS: Readonly<Record<string, string>> = {
  assign: 'report.assigned',
  save: 'report.saved',
  submit: 'report.submitted',
  return: 'report.returned',
  accept: 'report.accepted',
  lock: 'report.locked',
  reopen: 'report.reopened',
};

/** Writes an act into the report's history, the audit trail of its unit and the outbox, in the caller's transaction. */
export async function record(
  trx: Db,
  actor: Actor,
  report: {
    readonly id: string;
    readonly unitId: string;
    readonly reportId: string;
    readonly periodId: string;
  },
  one: Omit<Act, 'by'>,
): Promise<void> {
  const { act, state, reason, versionNo, at } = one;
  await insertAct(trx, report.id, { ...one, by: actorRef(actor) });
  const payload = { reportId: report.reportId, unitId: report.unitId, periodId: report.periodId, state, versionNo };
  await recordAudit(trx, [
    {
      chainId: report.unitId,
      occurredAt: at,
      actor,
      action: `report.${act}`,
      object: { type: 'report', id: report.id },
      payload: { ...payload, reason },
    },
  ]);
  const topic = TOPICS[act];
  if (topic)
    await emit(trx, [
      { id: uuidv7(at), topic, key: report.id, payload: { id: report.id, ...payload }, occurredAt: at },
    ]);
}
