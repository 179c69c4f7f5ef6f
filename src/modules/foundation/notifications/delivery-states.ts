import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import { getNoticeContent } from './content.ts';
import { type NoticeValue, renderNotice } from './rules/notice-template.ts';

export type MessageState = 'waiting' | 'sending' | 'sent' | 'failed';

/**
 * Whether queued messages have left, by id; a resend that arrived counts for its original. For modules that must know
 * that somebody was told.
 */
export async function findMessageStates(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, MessageState>> {
  const { rows } = await sql<{ id: string; status: MessageState; resent: boolean }>`select m.id, m.status,
      exists (select 1 from notifications.message r where r.resend_of = m.id and r.status = 'sent') resent
    from notifications.message m where m.id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row.resent ? 'sent' : row.status]));
}

/** Text of an e-mail around a body, from the common layout. `values` need what the layout names: `trackingUrl`, `desk`. */
export function mailAround(body: string, values: Readonly<Record<string, NoticeValue>>): string {
  return renderNotice(getNoticeContent().layout.mail, { ...values, body });
}
