import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { SentContent } from './content-sent.ts';
import type { STATUSES, TAKES } from './contract-exchange.ts';
import type { ReportState } from './rules/acts.ts';
import type { Cutoff } from './rules/period.ts';
import type { Assignment } from './store.ts';

export type ExchangeClient = {
  readonly id: string;
  readonly name: string;
  readonly takes: (typeof TAKES)[number];
  readonly unitId: string;
  readonly keyHint: string;
  readonly expiresOn: Day;
  readonly issuedAt: Date;
  readonly issuedBy: string;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
};

const CLIENT = sql.raw(`c.id, c.name, c.takes, c.unit_id "unitId", c.key_hint "keyHint", c.expires_on "expiresOn",
  c.issued_at "issuedAt", c.issued_by "issuedBy", c.revoked_at "revokedAt", c.last_used_at "lastUsedAt"`);

export type NewClient = Omit<ExchangeClient, 'revokedAt' | 'lastUsedAt'> & { readonly keyHash: string };

export async function insertClient(db: Db, one: NewClient): Promise<void> {
  await sql`insert into reports.exchange_client (id, name, takes, unit_id, key_hash, key_hint, expires_on, issued_at, issued_by)
    values (${one.id}::uuid, ${one.name}, ${one.takes}, ${one.unitId}::uuid, ${one.keyHash}, ${one.keyHint}, ${one.expiresOn}::date,
      ${one.issuedAt}, ${one.issuedBy})`.execute(db);
}

/** Clients of some units, the newest first. */
export async function listClients(db: Db, unitIds: readonly string[]): Promise<ExchangeClient[]> {
  const { rows } = await sql<ExchangeClient>`select ${CLIENT} from reports.exchange_client c
    where c.unit_id = any(${[...unitIds]}::uuid[]) order by c.id desc`.execute(db);
  return rows;
}

/** Puts a key in the place of one nobody has used. @returns undefined where it was used, is revoked, or is of no such unit */
export async function replaceUnusedKey(
  db: Db,
  id: string,
  unitIds: readonly string[],
  { keyHash, keyHint }: Pick<NewClient, 'keyHash' | 'keyHint'>,
): Promise<ExchangeClient | undefined> {
  const { rows } =
    await sql<ExchangeClient>`update reports.exchange_client c set key_hash = ${keyHash}, key_hint = ${keyHint}
    where c.id = ${id}::uuid and c.unit_id = any(${[...unitIds]}::uuid[]) and c.revoked_at is null and c.last_used_at is null
    returning ${CLIENT}`.execute(db);
  return rows[0];
}

/** Ends a key for good. @returns the client; undefined where there is none of these units, or it is revoked already */
export async function revokeClient(
  db: Db,
  id: string,
  unitIds: readonly string[],
  { at, by }: { readonly at: Date; readonly by: string },
): Promise<ExchangeClient | undefined> {
  const { rows } = await sql<ExchangeClient>`update reports.exchange_client c set revoked_at = ${at}, revoked_by = ${by}
    where c.id = ${id}::uuid and c.unit_id = any(${[...unitIds]}::uuid[]) and c.revoked_at is null returning ${CLIENT}`.execute(
    db,
  );
  return rows[0];
}

export async function findLiveClient(db: Db, keyHash: string, today: Day): Promise<ExchangeClient | undefined> {
  const { rows } = await sql<ExchangeClient>`select ${CLIENT} from reports.exchange_client c
    where c.key_hash = ${keyHash} and c.revoked_at is null and c.expires_on >= ${today}::date`.execute(db);
  return rows[0];
}

/** Counts a call in its minute. @returns calls of the client in this minute, this one included */
export async function countCall(db: Db, clientId: string, at: Date): Promise<number> {
  const { rows } = await sql<{ calls: number }>`with seen as (
      update reports.exchange_client set last_used_at = ${at} where id = ${clientId}::uuid
        and (last_used_at is null or last_used_at < ${at}::timestamptz - interval '1 minute')),
    old as (delete from reports.exchange_use where client_id = ${clientId}::uuid and minute < ${at}::timestamptz - interval '1 day')
    insert into reports.exchange_use as u (client_id, minute, calls) values (${clientId}::uuid, date_trunc('minute', ${at}::timestamptz), 1)
    on conflict (client_id, minute) do update set calls = u.calls + 1 returning u.calls`.execute(db);
  return rows[0]?.calls ?? 1;
}

/**
 * Puts a sent version at the end of the order. Numbers are given one transaction after the other, so that a reader who has
 * seen a number never misses a smaller one. Again changes nothing.
 */
export async function appendItem(trx: Db, assignmentId: string, no: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('reports.exchange', 0))`.execute(trx);
  await sql`insert into reports.exchange_item (seq, assignment_id, no, unit_id, receiver_unit_id)
    select (select coalesce(max(seq), 0) + 1 from reports.exchange_item), a.id, v.no, a.unit_id, a.receiver_unit_id
    from reports.assignment a join reports.version v on v.assignment_id = a.id and v.no = ${no} where a.id = ${assignmentId}::uuid
    on conflict (assignment_id, no) do nothing`.execute(trx);
}

export type ExchangeItem = {
  readonly seq: number;
  readonly id: string;
  readonly no: number;
  readonly lastNo: number;
  readonly reportId: string;
  readonly formId: string | null;
  readonly unitId: string;
  readonly receiverUnitId: string | null;
  readonly periodId: string;
  readonly cutoff: Cutoff;
  readonly fromDay: Day;
  readonly toDay: Day;
  readonly deadline: Day;
  readonly lateDays: number;
  readonly state: ReportState;
  readonly reason: string;
  readonly sentAt: Date;
};

const ITEM =
  sql.raw(`i.seq::float8 seq, a.id, i.no, a.last_no "lastNo", a.report_id "reportId", a.form_id "formId", a.unit_id "unitId",
  a.receiver_unit_id "receiverUnitId", a.period_id "periodId", a.cutoff, a.from_day "fromDay", a.to_day "toDay", a.deadline, v.late_days "lateDays", a.state, v.reason,
  v.sent_at "sentAt"`);
const FROM = sql.raw(`reports.exchange_item i join reports.assignment a on a.id = i.assignment_id
  join reports.version v on v.assignment_id = i.assignment_id and v.no = i.no`);

const mine = (client: ExchangeClient): RawBuilder<boolean> =>
  client.takes === 'received'
    ? sql<boolean>`i.receiver_unit_id = ${client.unitId}::uuid`
    : sql<boolean>`i.unit_id = ${client.unitId}::uuid and i.receiver_unit_id is null`;

/** Versions of a client after a number, in order. */
export async function listItems(
  db: Db,
  client: ExchangeClient,
  after: number,
  limit: number,
): Promise<readonly ExchangeItem[]> {
  const { rows } = await sql<ExchangeItem>`select ${ITEM} from ${FROM}
    where ${mine(client)} and i.seq > ${after} order by i.seq limit ${limit}`.execute(db);
  return rows;
}

export async function findItem(
  db: Db,
  client: ExchangeClient,
  id: string,
  no: number,
): Promise<(ExchangeItem & { readonly content: SentContent }) | undefined> {
  const { rows } = await sql<ExchangeItem & { content: SentContent }>`select ${ITEM}, v.content from ${FROM}
    where ${mine(client)} and i.assignment_id = ${id}::uuid and i.no = ${no}`.execute(db);
  return rows[0];
}

export type ToldStatus = {
  readonly no: number;
  readonly status: (typeof STATUSES)[number];
  readonly reason: string;
  readonly at: Date;
  readonly clientName: string;
};

/** What was told of a report, oldest first. */
export async function listStatuses(db: Db, assignmentId: string): Promise<readonly ToldStatus[]> {
  const { rows } = await sql<ToldStatus>`select s.no, s.status, s.reason, s.at, c.name "clientName"
    from reports.exchange_status s join reports.exchange_client c on c.id = s.client_id
    where s.assignment_id = ${assignmentId}::uuid order by s.at, s.no, s.seq`.execute(db);
  return rows;
}

/** The last status of a version; the report's row is locked by the caller. */
export async function lastStatus(
  db: Db,
  assignmentId: string,
  no: number,
): Promise<Pick<ToldStatus, 'status' | 'reason'> | undefined> {
  const { rows } = await sql<
    Pick<ToldStatus, 'status' | 'reason'>
  >`select s.status, s.reason from reports.exchange_status s
    where s.assignment_id = ${assignmentId}::uuid and s.no = ${no} order by s.seq desc limit 1`.execute(db);
  return rows[0];
}

export async function insertStatus(
  db: Db,
  assignmentId: string,
  clientId: string,
  one: Omit<ToldStatus, 'clientName'>,
): Promise<void> {
  await sql`insert into reports.exchange_status (assignment_id, no, seq, client_id, status, reason, at)
    select ${assignmentId}::uuid, ${one.no}, coalesce(max(seq), 0) + 1, ${clientId}::uuid, ${one.status}, ${one.reason}, ${one.at}
    from reports.exchange_status where assignment_id = ${assignmentId}::uuid and no = ${one.no}`.execute(db);
}

type LockedAssignment = Pick<Assignment, 'version' | 'state' | 'lastNo' | 'unitId' | 'reportId' | 'periodId'>;

/** The report's row, locked until the end of the transaction. */
export async function lockAssignment(trx: Db, id: string): Promise<LockedAssignment | undefined> {
  const { rows } =
    await sql<LockedAssignment>`select version, state, last_no "lastNo", unit_id "unitId", report_id "reportId", period_id "periodId"
    from reports.assignment where id = ${id}::uuid for update`.execute(trx);
  return rows[0];
}
