import { sql } from 'kysely';
import { uuidFloor } from '../../../core/ids/uuid.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { DossierStatus } from './rules/status.ts';

/** What decides whether a dossier may lose its personal data. No personal data in it. */
export type KeepingFacts = {
  readonly id: string;
  readonly code: string;
  readonly status: DossierStatus;
  readonly procedureCode: string;
  readonly procedureRevisionId: string;
  readonly retentionCode: string | null;
  readonly receivedByUnitId: string;
  readonly decidedByUnitId: string;
  /** When its work ended: handed over, else processed, else filed. */
  readonly endedAt: Date;
  readonly legalHold: boolean;
  readonly erasedAt: Date | null;
};

const KEEPING =
  sql.raw(`d.id, d.code, d.status, d.procedure_code "procedureCode", d.procedure_revision_id "procedureRevisionId",
  d.retention_code "retentionCode", d.received_by_unit_id "receivedByUnitId", d.decided_by_unit_id "decidedByUnitId",
  coalesce(d.returned_at, d.ended_at, d.submitted_at) "endedAt", d.legal_hold "legalHold", d.erased_at "erasedAt"`);

/** Facts of dossiers, in order of id; unknown ids are left out. The caller checks the scope. */
export async function findKeeping(db: Db, ids: readonly string[]): Promise<readonly KeepingFacts[]> {
  const { rows } = await sql<KeepingFacts>`select ${KEEPING} from dossiers.dossier d
    where d.id = any(${[...ids]}::uuid[]) order by d.id`.execute(db);
  return rows;
}

/** As `findKeeping`, and nobody else changes these rows until the transaction ends. */
export async function lockKeeping(trx: Db, ids: readonly string[]): Promise<readonly KeepingFacts[]> {
  const { rows } = await sql<KeepingFacts>`select ${KEEPING} from dossiers.dossier d
    where d.id = any(${[...ids]}::uuid[]) order by d.id for update`.execute(trx);
  return rows;
}

/** Id of a dossier by its code, for those who check the scope afterwards. */
export async function findKeepingByCode(db: Db, code: string): Promise<KeepingFacts | undefined> {
  const { rows } = await sql<KeepingFacts>`select ${KEEPING} from dossiers.code c
    join dossiers.dossier d on d.id = c.dossier_id where c.code = ${code}`.execute(db);
  return rows[0];
}

/** Dossiers in which one of the owners or submitters of this one is a party, itself included. */
export async function findOfSamePeople(db: Db, dossierId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select distinct o.dossier_id id from dossiers.party p
    join dossiers.party o on o.person_id = p.person_id
    where p.dossier_id = ${dossierId}::uuid and p.role in ('owner', 'submitter')
    union select ${dossierId}::uuid order by id limit 1000`.execute(db);
  return rows.map((row) => row.id);
}

/** Closed dossiers with personal data, filed before `before`, by id beyond `beyond`. */
export async function findEnded(
  db: Db,
  before: Date,
  beyond: string | null,
  limit: number,
): Promise<{ readonly rows: readonly KeepingFacts[]; readonly last: string | null }> {
  const { rows } = await sql<KeepingFacts & { closed: boolean }>`select ${KEEPING},
      d.status in ('refused', 'withdrawn', 'stopped', 'returned') and d.erased_at is null closed
    from dossiers.dossier d
    where d.id > coalesce(${beyond}::uuid, '00000000-0000-0000-0000-000000000000') and d.id < ${uuidFloor(before)}::uuid
    order by d.id limit ${limit}`.execute(db);
  return { rows: rows.filter((row) => row.closed), last: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
}

/** Marks a dossier held by law, or no longer. */
export async function markHeld(trx: Db, id: string, held: boolean): Promise<void> {
  await sql`update dossiers.dossier set legal_hold = ${held} where id = ${id}::uuid`.execute(trx);
}

/** What holds personal data of a dossier, by kind. */
export type PersonalCounts = {
  readonly parties: number;
  readonly papers: number;
  readonly supplements: number;
  readonly notes: number;
  readonly searchKeys: number;
};

/** A dry run: how many rows an erasure would change. */
export async function countPersonalData(db: Db, ids: readonly string[]): Promise<PersonalCounts> {
  const all = sql`any(${[...ids]}::uuid[])`;
  const { rows } = await sql<PersonalCounts>`select
    (select count(*)::int from dossiers.party where dossier_id = ${all}) parties,
    (select count(*)::int from dossiers.component where dossier_id = ${all} and (note is not null or file_references <> '[]')) papers,
    (select count(*)::int from dossiers.supplement where dossier_id = ${all}) supplements,
    (select count(*)::int from dossiers.action where dossier_id = ${all} and (note is not null or jsonb_typeof(change->'result') = 'object')) notes,
    (select count(*)::int from dossiers.search_key where dossier_id = ${all}) "searchKeys"`.execute(db);
  const [counts] = rows;
  if (!counts) throw new Error('a count always answers');
  return counts;
}

/** Members of an action's detail that say what was done, never about whom. */
const KEPT_DETAIL = [
  'from',
  'to',
  'result',
  'number',
  'method',
  'amountVnd',
  'deadline',
  'staffId',
  'dueAt',
  'previousDueAt',
  'calendarRevisionId',
];

/** The text of a result and who took it, out of the column and out of the log alike, so that replay still agrees. */
const bareResult = (column: string) =>
  sql`${sql.raw(column)} || '{"title": "", "body": ""}'::jsonb || case when jsonb_typeof(${sql.raw(column)}->'handOver') = 'object'
    then jsonb_build_object('handOver', (${sql.raw(column)}->'handOver') || '{"receiver": null}'::jsonb) else '{}'::jsonb end`;

/**
 * Takes everything personal out of a dossier, in the caller's transaction: what stays is code, procedure, units, dates,
 * amounts, kinds of acts, staff ids. Whether it is lawful (closed, not held, decided) the caller has checked. Files,
 * notices and audit payloads are the business of their modules.
 */
export async function erasePersonalData(trx: Db, id: string, at: Date): Promise<void> {
  // The log and the ledger of money let nothing be changed; this is the one lawful exception, for this transaction.
  await sql`select set_config('motcua.erasure', 'on', true)`.execute(trx);
  await sql`update dossiers.action set note = null,
      change = case when jsonb_typeof(change->'result') = 'object'
        then jsonb_set(change, '{result}', ${bareResult("(change->'result')")}) else change end,
      detail = coalesce((select jsonb_object_agg(e.key, e.value) from jsonb_each(detail) e where e.key = any(${KEPT_DETAIL}::text[])), '{}')
    where dossier_id = ${id}::uuid`.execute(trx);
  await sql`update dossiers.money_entry set note = null, reference = null
    where dossier_id = ${id}::uuid and (note is not null or reference is not null)`.execute(trx);
  await sql`select set_config('motcua.erasure', '', true)`.execute(trx);
  await erasePeople(trx, id);
  await sql`update dossiers.component set note = null, file_references = '[]',
      name = case when code like 'bo-sung-%' then 'Giấy tờ bổ sung' else name end where dossier_id = ${id}::uuid`.execute(
    trx,
  );
  await sql`update dossiers.supplement set items = '[]', reason = '', answer = null where dossier_id = ${id}::uuid`.execute(
    trx,
  );
  await sql`update dossiers.slip set data = '{}' where dossier_id = ${id}::uuid`.execute(trx);
  await sql`update dossiers.rating set comment = null where dossier_id = ${id}::uuid`.execute(trx);
  await sql`update dossiers.dossier set subject = '', form_values = '{}', follow_digest = null, citizen_account_id = null,
      result_address = null, result = case when jsonb_typeof(result) = 'object' then ${bareResult('result')} else result end,
      erased_at = ${at}
    where id = ${id}::uuid`.execute(trx);
}

/** Parties, the keys they are found by, and people and names nobody else needs. */
async function erasePeople(trx: Db, id: string): Promise<void> {
  const { rows: people } = await sql<{ id: string }>`select distinct person_id id from dossiers.party
    where dossier_id = ${id}::uuid and person_id is not null`.execute(trx);
  await sql`update dossiers.party set person_id = null,
      snapshot = jsonb_build_object('fullName', '', 'subjectType', coalesce(snapshot->>'subjectType', 'citizen'))
    where dossier_id = ${id}::uuid`.execute(trx);
  const { rows: gone } = await sql<{
    id: string;
  }>`select x.person_id id from unnest(${people.map((p) => p.id)}::uuid[]) x(person_id)
    where not exists (select 1 from dossiers.party p where p.person_id = x.person_id)
      and not exists (select 1 from dossiers.person m where m.merged_into = x.person_id)`.execute(trx);
  const ids = sql`any(${gone.map((person) => person.id)}::uuid[])`;
  await sql`delete from dossiers.person_identity where person_id = ${ids}`.execute(trx);
  await sql`delete from dossiers.person where id = ${ids}`.execute(trx);
  const { rows: names } = await sql<{ value: string }>`delete from dossiers.search_key where dossier_id = ${id}::uuid
    returning case when kind = 'name' then value end "value"`.execute(trx);
  const words = [...new Set(names.flatMap(({ value }) => (value ? [value] : [])))];
  await sql`delete from dossiers.search_name n where n.value = any(${words}::text[])
    and not exists (select 1 from dossiers.search_key k where k.kind = 'name' and k.value = n.value)`.execute(trx);
}
