import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';

export type NewDue = {
  readonly dossier_id: string;
  readonly code: string;
  readonly procedure_code: string;
  readonly retention_code: string | null;
  readonly retention_years: number;
  readonly received_by_unit_id: string;
  readonly decided_by_unit_id: string;
  readonly ended_on: string;
  readonly expires_on: string;
  readonly listed_at: Date;
};

/** Takes the turn of scanning; undefined while another process has it, or where today is done. */
export async function lockScan(trx: Db, today: string): Promise<{ readonly last: string | null } | undefined> {
  const { rows } = await sql<{ day: string | null; last: string | null }>`select day, last_dossier_id last
    from retention.scan where id = 1 for update skip locked`.execute(trx);
  const row = rows[0];
  if (!row || (row.day === today && row.last === null)) return undefined;
  return { last: row.last };
}

/** `last` null: the round of `today` is complete. */
export async function saveScan(trx: Db, today: string, last: string | null): Promise<void> {
  await sql`update retention.scan set day = case when ${last}::uuid is null then ${today}::date else day end,
    last_dossier_id = ${last}::uuid where id = 1`.execute(trx);
}

/** Repeating does no harm. */
export async function insertDue(trx: Db, rows: readonly NewDue[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into retention.due (dossier_id, code, procedure_code, retention_code, retention_years, received_by_unit_id,
      decided_by_unit_id, ended_on, expires_on, listed_at)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(dossier_id uuid, code text, procedure_code text,
      retention_code text, retention_years integer, received_by_unit_id uuid, decided_by_unit_id uuid, ended_on date,
      expires_on date, listed_at timestamptz) on conflict (dossier_id) do nothing`.execute(trx);
}

export type DueRecord = {
  readonly dossierId: string;
  readonly code: string;
  readonly procedureCode: string;
  readonly retentionCode: string | null;
  readonly retentionYears: number;
  readonly endedOn: string;
  readonly expiresOn: string;
  readonly held: boolean;
  readonly pending: boolean;
};

export type DueFilters = {
  readonly unitIds: readonly string[];
  readonly code: string | undefined;
  readonly procedureCode: string | undefined;
  readonly after: string | undefined;
  readonly limit: number;
};

/** Oldest first, and how many there are in all. */
export async function findDue(
  db: Db,
  { unitIds, code, procedureCode, after, limit }: DueFilters,
): Promise<{ rows: readonly DueRecord[]; total: number }> {
  const units = sql`any(${[...unitIds]}::uuid[])`;
  const mine = sql`(u.decided_by_unit_id = ${units} or u.received_by_unit_id = ${units})
    and (${procedureCode ?? null}::text is null or u.procedure_code = ${procedureCode ?? null})
    and (${code ?? null}::text is null or strpos(u.code, upper(${code ?? null})) > 0)`;
  const { rows } = await sql<DueRecord>`select u.dossier_id "dossierId", u.code, u.procedure_code "procedureCode",
      u.retention_code "retentionCode", u.retention_years "retentionYears", u.ended_on "endedOn", u.expires_on "expiresOn",
      exists (select 1 from retention.hold h where h.dossier_id = u.dossier_id and h.lifted_at is null) held,
      exists (select 1 from retention.decision_item i join retention.decision n on n.id = i.decision_id
        where i.dossier_id = u.dossier_id and n.status = 'proposed') pending
    from retention.due u where ${mine} and (${after ?? null}::uuid is null or u.dossier_id > ${after ?? null}::uuid)
    order by u.dossier_id limit ${limit}`.execute(db);
  const counted = await sql<{ total: number }>`select count(*)::int total from retention.due u where ${mine}`.execute(
    db,
  );
  return { rows, total: counted.rows[0]?.total ?? 0 };
}
