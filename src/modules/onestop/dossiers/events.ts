import { uuidv7 } from '../../../core/ids/uuid.ts';
import type { DomainEvent } from '../../../platform/events/outbox.ts';
import type { ActionKind } from './rules/state.ts';

/** Topic of an action: `dossier.received`, `dossier.handed-over` … */
export const topicOf = (kind: ActionKind): string => `dossier.${kind}`;

/** Payload of every dossier event: ids, codes and dates only; no name, no number of a person. */
export type DossierEventPayload = {
  readonly dossierId: string;
  readonly code: string;
  readonly version: number;
  readonly status: string;
  readonly procedureCode: string;
  readonly channel: string;
  readonly receivedByUnitId: string;
  readonly decidedByUnitId: string;
  readonly holderUnitId: string | null;
  readonly holderStaffId: string | null;
  readonly receivedAt: string | null;
  readonly dueAt: string | null;
  readonly endedAt: string | null;
  readonly punctuality: string | null;
};

export function dossierEvent(kind: ActionKind, at: Date, payload: DossierEventPayload): DomainEvent {
  return { id: uuidv7(at), topic: topicOf(kind), key: payload.dossierId, payload, occurredAt: at };
}
