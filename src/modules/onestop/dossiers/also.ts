import { sql } from 'kysely';
import type { DomainEvent } from '../../../platform/events/outbox.ts';
import { AUDIT_COLUMNS, AUDIT_RECORD, type AuditEntry, auditRow } from '../../foundation/audit/index.ts';
import type { Also } from './store.ts';

/** The audit entries of a command, as an insert that rides in its statement. */
export function alsoAudit(entries: readonly AuditEntry[]): Also {
  return {
    name: 'also_audit',
    insert: (guard) => sql`insert into audit.entry (${sql.raw(AUDIT_COLUMNS)})
      select t.* from jsonb_to_recordset(${JSON.stringify(entries.map(auditRow))}::jsonb) as t(${sql.raw(AUDIT_RECORD)}) where ${guard}`,
  };
}

/** The events of a command, into the outbox by the same statement. */
export function alsoEmit(events: readonly DomainEvent[]): Also {
  const rows = events.map((e) => ({
    id: e.id,
    topic: e.topic,
    key: e.key,
    payload: e.payload,
    occurred_at: e.occurredAt,
  }));
  return {
    name: 'also_event',
    insert: (guard) => sql`insert into platform.event (id, topic, key, payload, occurred_at)
      select t.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, topic text, key text, payload jsonb, occurred_at timestamptz) where ${guard}`,
  };
}

/** Remembers the reply under the caller's key; a second request with the key fails on it and reads the reply instead. */
export function alsoRemember(key: string, digest: string, reply: unknown): Also {
  return {
    name: 'also_idempotency',
    insert: (guard) => sql`insert into platform.idempotency (key, request_digest, reply)
      select ${key}, ${digest}, ${JSON.stringify(reply)}::jsonb where ${guard}`,
  };
}
