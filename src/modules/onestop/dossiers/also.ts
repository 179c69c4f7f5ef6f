import { type RawBuilder, sql } from 'kysely';
import type { DomainEvent } from '../../../platform/events/outbox.ts';
import { AUDIT_COLUMNS, AUDIT_RECORD, type AuditEntry, auditRow } from '../../foundation/audit/index.ts';

/** What is written beside a dossier in the same statement: the trail, the outbox, the reply to a repeated request. */
export type Told = {
  readonly audit: readonly AuditEntry[];
  readonly events: readonly DomainEvent[];
  /** Fails on a key that is known, so that a second request with it reads the first one's reply instead. */
  readonly reply: { readonly key: string; readonly digest: string; readonly reply: unknown } | null;
  /** Statements of other tables; a write that has some travels alone. */
  readonly also: readonly Also[];
};

/**
 * An insert of another table that rides in the same statement. It must hang on `guard` (an SQL condition), so that a
 * stale command writes nothing at all.
 */
export type Also = { readonly name: string; insert(guard: RawBuilder<unknown>): RawBuilder<unknown> };

/** Rows as a recordset in a statement: one parameter, whatever their number. */
export const recordset = (rows: unknown, record: string): RawBuilder<unknown> =>
  sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(${sql.raw(record)})`;

/** A write of a dossier with what is told of it. */
type Write = { readonly id: string; readonly told: Told };

/**
 * The common table expressions that put trail, outbox and replies of some writes into their statement.
 * @param guard name of a common table expression with column `id`: only of the dossiers in it is anything told;
 * null: of all.
 */
export function alsoTell(writes: readonly Write[], guard: 'u' | null): RawBuilder<unknown> {
  const of = sql.raw(guard === null ? '' : `join ${guard} on ${guard}.id = t.dossier_id`);
  const audit = writes.flatMap(({ id, told }) => told.audit.map((entry) => ({ dossier_id: id, ...auditRow(entry) })));
  const events = writes.flatMap(({ id, told }) =>
    told.events.map((e) => ({
      dossier_id: id,
      id: e.id,
      topic: e.topic,
      key: e.key,
      payload: e.payload,
      occurred_at: e.occurredAt,
    })),
  );
  const replies = writes
    .flatMap(({ id, told }) =>
      told.reply
        ? [{ dossier_id: id, key: told.reply.key, request_digest: told.reply.digest, reply: told.reply.reply }]
        : [],
    )
    // Always in one order, so that two statements with the same keys wait for each other and never lock up.
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const extra = writes.flatMap(({ told }) => told.also);
  const condition = guard === null ? sql`true` : sql`exists (select 1 from ${sql.raw(guard)})`;
  return sql`, also_audit as (
      insert into audit.entry (${sql.raw(AUDIT_COLUMNS)})
      select ${sql.raw(prefixed(AUDIT_COLUMNS))} from ${recordset(audit, `dossier_id uuid, ${AUDIT_RECORD}`)} ${of}
    ), also_event as (
      insert into platform.event (id, topic, key, payload, occurred_at)
      select t.id, t.topic, t.key, t.payload, t.occurred_at
      from ${recordset(events, 'dossier_id uuid, id uuid, topic text, key text, payload jsonb, occurred_at timestamptz')} ${of}
    ), also_idempotency as (
      insert into platform.idempotency (key, request_digest, reply)
      select t.key, t.request_digest, t.reply
      from ${recordset(replies, 'dossier_id uuid, key text, request_digest text, reply jsonb')} ${of}
    )${sql.join([sql``, ...extra.map((each) => sql`${sql.ref(each.name)} as (${each.insert(condition)})`)])}`;
}

/** `a, b` → `t.a, t.b`. */
export const prefixed = (columns: string): string =>
  columns
    .split(',')
    .map((column) => `t.${column.trim()}`)
    .join(', ');
