import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';

export type DeliveryChannel = 'app' | 'email' | 'paper';

/** One way on which an issued paper goes to the citizen. */
export type Delivery = {
  readonly apologyId: string;
  readonly channel: DeliveryChannel;
  readonly state: 'waiting' | 'sent' | 'failed';
  readonly messageId: string | null;
  /** Who prints and posts. */
  readonly unitId: string;
  readonly queuedAt: Date;
  readonly doneAt: Date | null;
  readonly doneBy: string | null;
  readonly note: string | null;
};

const FIELDS = sql.raw(
  `apology_id "apologyId", channel, state, message_id "messageId", unit_id "unitId", queued_at "queuedAt", done_at "doneAt", done_by "doneBy", note`,
);

export async function insertDelivery(
  db: Db,
  d: Pick<Delivery, 'apologyId' | 'channel' | 'state' | 'messageId' | 'unitId' | 'queuedAt' | 'doneAt'>,
): Promise<void> {
  await sql`insert into apologies.delivery (apology_id, channel, state, message_id, unit_id, queued_at, done_at)
    values (${d.apologyId}, ${d.channel}, ${d.state}, ${d.messageId}, ${d.unitId}, ${d.queuedAt}, ${d.doneAt})
    on conflict (apology_id, channel) do nothing`.execute(db);
}

/** Ends a waiting delivery. @returns false where it does not wait any more. */
export async function saveDelivery(
  db: Db,
  key: { readonly apologyId: string; readonly channel: DeliveryChannel },
  end: {
    readonly state: 'sent' | 'failed';
    readonly at: Date;
    readonly by: string | null;
    readonly note: string | null;
  },
): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update apologies.delivery set state = ${end.state}, done_at = ${end.at}, done_by = ${end.by}, note = ${end.note}
    where apology_id = ${key.apologyId}::uuid and channel = ${key.channel} and state = 'waiting'`.execute(db);
  return numAffectedRows === 1n;
}

export async function deliveriesOf(db: Db, apologyIds: readonly string[]): Promise<readonly Delivery[]> {
  const { rows } =
    await sql<Delivery>`select ${FIELDS} from apologies.delivery where apology_id = any(${[...apologyIds]}::uuid[]) order by apology_id, channel`.execute(
      db,
    );
  return rows;
}

/** E-mails whose fate is not known yet, oldest first; another process's are left out. */
export async function lockWaitingMails(db: Db, limit: number): Promise<readonly Delivery[]> {
  const { rows } =
    await sql<Delivery>`select ${FIELDS} from apologies.delivery where state = 'waiting' and channel = 'email'
      order by queued_at limit ${limit} for update skip locked`.execute(db);
  return rows;
}
