import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';

export type MessageChannel = 'app' | 'email';
export type MessageStatus = 'waiting' | 'sending' | 'sent' | 'failed';

export type NewRow = {
  readonly id: string;
  readonly recipient: string;
  readonly channel: MessageChannel;
  readonly toAddress: string | null;
  readonly subject: string;
  readonly body: string;
  readonly template: string;
  readonly dossierId: string | null;
  readonly unitId: string | null;
  readonly dedupeKey: string;
  readonly resendOf: string | null;
  readonly createdAt: Date;
  readonly status: MessageStatus;
  readonly lastError: string | null;
};

export type MessageRow = NewRow & {
  readonly queuedAt: Date;
  readonly attempts: number;
  readonly sentAt: Date | null;
  readonly readAt: Date | null;
};

const COLUMNS =
  sql.raw(`id, recipient, channel, to_address "toAddress", subject, body, template, dossier_id "dossierId",
  unit_id "unitId", dedupe_key "dedupeKey", resend_of "resendOf", created_at "createdAt", status, last_error "lastError",
  queued_at "queuedAt", attempts, sent_at "sentAt", read_at "readAt"`);

/** @returns false where the dedupe key is known already; nothing is written then. */
export async function insertMessage(db: Db, row: NewRow): Promise<boolean> {
  const { rows } =
    await sql`insert into notifications.message (id, recipient, channel, to_address, subject, body, template,
      dossier_id, unit_id, dedupe_key, resend_of, created_at, status, last_error, sent_at)
    values (${row.id}, ${row.recipient}, ${row.channel}, ${row.toAddress}, ${row.subject}, ${row.body}, ${row.template},
      ${row.dossierId}, ${row.unitId}, ${row.dedupeKey}, ${row.resendOf}, ${row.createdAt}, ${row.status}, ${row.lastError},
      case when ${row.status} = 'sent' then now() end)
    on conflict (dedupe_key) do nothing returning id`.execute(db);
  return rows.length > 0;
}

/**
 * Marks the most urgent mail due at `now` as being sent and gives it out; no two processes get the same one.
 * Committed before the sending begins: a crash leaves it marked, never sent unmarked.
 */
export async function claimMail(db: Db, now: Date): Promise<MessageRow | undefined> {
  const { rows } = await sql<MessageRow>`update notifications.message set status = 'sending', claimed_at = ${now},
      attempts = attempts + 1
    where id = (select id from notifications.message where status = 'waiting' and send_after <= ${now}
      order by send_after, id limit 1 for update skip locked)
    returning ${COLUMNS}`.execute(db);
  return rows[0];
}

/** Puts mails whose sender died back into the queue. */
export async function releaseStale(db: Db, claimedBefore: Date): Promise<void> {
  await sql`update notifications.message set status = 'waiting', last_error = 'tiến trình gửi dừng giữa chừng'
    where status = 'sending' and claimed_at < ${claimedBefore}`.execute(db);
}

export async function markSent(db: Db, id: string, at: Date): Promise<void> {
  await sql`update notifications.message set status = 'sent', sent_at = ${at}, last_error = null
    where id = ${id} and status = 'sending'`.execute(db);
}

/** Back into the queue for a later attempt, or given up where `sendAfter` is null. */
export async function markUnsent(db: Db, id: string, error: string, sendAfter: Date | null): Promise<void> {
  await sql`update notifications.message set status = ${sendAfter ? 'waiting' : 'failed'}, last_error = ${error},
      send_after = coalesce(${sendAfter}::timestamptz, send_after)
    where id = ${id} and status = 'sending'`.execute(db);
}

/** A recipient's messages in the application, youngest first, with the number of unread ones in all. */
export async function findInbox(
  db: Db,
  recipient: string,
  before: string | undefined,
  limit: number,
): Promise<{ rows: readonly MessageRow[]; unread: number }> {
  const { rows } = await sql<MessageRow>`select ${COLUMNS} from notifications.message
    where channel = 'app' and recipient = ${recipient} and (${before ?? null}::uuid is null or id < ${before ?? null}::uuid)
    order by id desc limit ${limit}`.execute(db);
  const counted = await sql<{ unread: number }>`select count(*) unread from notifications.message
    where channel = 'app' and recipient = ${recipient} and read_at is null`.execute(db);
  return { rows, unread: counted.rows[0]?.unread ?? 0 };
}

/** @returns false where the recipient has no such message. Reading twice keeps the first time. */
export async function markRead(db: Db, recipient: string, id: string, at: Date): Promise<boolean> {
  const { rows } = await sql`update notifications.message set read_at = coalesce(read_at, ${at})
    where id = ${id} and channel = 'app' and recipient = ${recipient} returning id`.execute(db);
  return rows.length > 0;
}

export type LogFilters = {
  readonly unitIds: readonly string[];
  /** Also messages of no unit. */
  readonly installation: boolean;
  readonly status?: MessageStatus | undefined;
  readonly dossierId?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
};

/** E-mails of the units, youngest first. */
export async function findMails(db: Db, filters: LogFilters): Promise<readonly MessageRow[]> {
  const { unitIds, installation, status, dossierId, before, limit } = filters;
  const conditions = [
    sql`channel = 'email'`,
    sql`(unit_id = any(${unitIds}::uuid[]) or (${installation}::boolean and unit_id is null))`,
  ];
  if (status) conditions.push(sql`status = ${status}`);
  if (dossierId) conditions.push(sql`dossier_id = ${dossierId}::uuid`);
  if (before) conditions.push(sql`id < ${before}::uuid`);
  const { rows } = await sql<MessageRow>`select ${COLUMNS} from notifications.message
    where ${sql.join(conditions, sql` and `)} order by id desc limit ${limit}`.execute(db);
  return rows;
}

/** The message for a resend, its row locked so that two resends follow each other. */
export async function lockMail(db: Db, id: string): Promise<MessageRow | undefined> {
  const { rows } = await sql<MessageRow>`select ${COLUMNS} from notifications.message
    where id = ${id}::uuid and channel = 'email' for update`.execute(db);
  return rows[0];
}

export async function findResends(db: Db, id: string): Promise<readonly MessageRow[]> {
  const { rows } = await sql<MessageRow>`select ${COLUMNS} from notifications.message
    where dedupe_key like ${`resend:${id}:%`} order by id`.execute(db);
  return rows;
}
