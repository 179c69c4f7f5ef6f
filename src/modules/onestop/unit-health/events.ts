import { uuidv7 } from '../../../core/ids/uuid.ts';
import type { DomainEvent } from '../../../platform/events/outbox.ts';
import type { RuleKind } from './rules/definition.ts';

/** Payload of `unit-health.found` (also when found again) and `unit-health.closed`: facts for measuring, no names. */
export type HealthEventPayload = {
  readonly findingId: string;
  readonly rule: RuleKind;
  readonly unitId: string;
  readonly period: string;
  readonly measure: number;
  /** Last day to answer, inclusive; with `found` only. */
  readonly deadline?: string;
  /** With `closed` only: the facts changed, or somebody accepted the explanation. */
  readonly closedAs?: 'facts' | 'accepted';
};

export function healthEvent(topic: 'found' | 'closed', at: Date, payload: HealthEventPayload): DomainEvent {
  return { id: uuidv7(at), topic: `unit-health.${topic}`, key: payload.findingId, payload, occurredAt: at };
}
