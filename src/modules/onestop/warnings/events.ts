import { uuidv7 } from '../../../core/ids/uuid.ts';
import { toIso } from '../../../core/time/index.ts';
import type { DomainEvent } from '../../../platform/events/outbox.ts';
import type { Act, Subject } from './rules/definition.ts';
import type { WarningRow } from './store.ts';

/** Topic of a rung that was reached; once per rung. */
const WARNING_REACHED = 'warning.reached';

/** Payload of `warning.reached`: ids and instants, no personal data. Listeners look for their act among `acts`. */
export type WarningReached = {
  readonly dossierId: string;
  readonly rung: string;
  readonly subject: Subject;
  readonly stepId: string | null;
  readonly acts: readonly Act[];
  readonly holderUnitId: string | null;
  readonly holderStaffId: string | null;
  /** Legal instant at which the rung was reached, ISO. */
  readonly at: string;
  /** Due instant the rung is measured by, ISO. */
  readonly dueAt: string;
};

export function warningReached(warning: WarningRow): DomainEvent {
  const payload: WarningReached = {
    dossierId: warning.dossier_id,
    rung: warning.rung,
    subject: warning.subject,
    stepId: warning.step_id,
    acts: warning.acts,
    holderUnitId: warning.holder_unit_id,
    holderStaffId: warning.holder_staff_id,
    at: toIso(warning.reached_at),
    dueAt: toIso(warning.due_at),
  };
  return {
    id: uuidv7(warning.recorded_at),
    topic: WARNING_REACHED,
    key: warning.dossier_id,
    payload,
    occurredAt: warning.recorded_at,
  };
}
