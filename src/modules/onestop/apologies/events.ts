import { uuidv7 } from '../../../core/ids/uuid.ts';
import type { DomainEvent } from '../../../platform/events/outbox.ts';
import type { Apology } from './store.ts';

/** What happened to a proposal: `apology.proposed`, `.approved`, `.returned`, `.issued`, `.withdrawn`. Ids and dates only. */
export function apologyEvent(
  what: string,
  apology: Pick<Apology, 'id' | 'dossierId' | 'kind' | 'authorityUnitId' | 'unitId'>,
  at: Date,
): DomainEvent {
  return {
    id: uuidv7(at),
    topic: `apology.${what}`,
    key: apology.dossierId,
    payload: {
      apologyId: apology.id,
      dossierId: apology.dossierId,
      kind: apology.kind,
      authorityUnitId: apology.authorityUnitId,
      unitId: apology.unitId,
    },
    occurredAt: at,
  };
}
