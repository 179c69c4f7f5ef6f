import type { Actor } from '../../../core/access/actor.ts';
import type { Db } from '../../../platform/db/open.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { apologyEvent } from './events.ts';
import type { Apology } from './store.ts';

export const SYSTEM: Actor = { kind: 'system', name: 'apologies', assurance: 'system' };

/** Audit entry and event of an act on a proposal, in the transaction of the act. `event` absent: nobody else is told. */
export async function recordAct(
  trx: Db,
  actor: Actor,
  apology: Pick<Apology, 'id' | 'dossierId' | 'dossierCode' | 'kind' | 'authorityUnitId' | 'unitId'>,
  act: {
    readonly action: string;
    readonly event?: string;
    readonly at: Date;
    readonly payload?: Record<string, unknown>;
  },
): Promise<void> {
  await recordAudit(trx, [
    {
      chainId: apology.authorityUnitId,
      occurredAt: act.at,
      actor,
      action: `apology.${act.action}`,
      object: { type: 'apology', id: apology.id },
      payload: { dossierId: apology.dossierId, code: apology.dossierCode, ...act.payload },
    },
  ]);
  if (act.event) await emit(trx, [apologyEvent(act.event, apology, act.at)]);
}
