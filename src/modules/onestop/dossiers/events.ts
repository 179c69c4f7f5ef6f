import { uuidv7 } from '../../../core/ids/uuid.ts';
import { toIso } from '../../../core/time/index.ts';
import type { DomainEvent } from '../../../platform/events/outbox.ts';
import type { ActionKind, DossierState } from './rules/state.ts';

/** An action, or a line of the money ledger, which leaves the dossier itself as it was. */
type EventKind = ActionKind | 'paid' | 'refunded';

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

/** Topic by the kind: `dossier.received`, `dossier.handed-over`, `dossier.paid` … */
export function dossierEvent(kind: EventKind, at: Date, payload: DossierEventPayload): DomainEvent {
  return { id: uuidv7(at), topic: `dossier.${kind}`, key: payload.dossierId, payload, occurredAt: at };
}

/** What the events of a dossier tell once it is in a state at a version. */
export function eventPayload(
  dossier: { readonly id: string; readonly code: string; readonly procedureCode: string; readonly channel: string },
  state: DossierState,
  version: number,
): DossierEventPayload {
  return {
    dossierId: dossier.id,
    code: dossier.code,
    version,
    status: state.status,
    procedureCode: dossier.procedureCode,
    channel: dossier.channel,
    receivedByUnitId: state.receivedByUnitId,
    decidedByUnitId: state.decidedByUnitId,
    holderUnitId: state.step?.unitId ?? null,
    holderStaffId: state.step?.staffId ?? null,
    receivedAt: state.receivedAt ? toIso(state.receivedAt) : null,
    dueAt: state.dueCurrent ? toIso(state.dueCurrent) : null,
    endedAt: state.endedAt ? toIso(state.endedAt) : null,
    punctuality: state.punctuality,
  };
}
