import { sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';

export type Finding = {
  readonly dossierId: string;
  readonly staffId: string;
  readonly reason: 'absent' | 'departed' | 'released';
};

/** Remembers that a dossier went back to its unit; the next digest of the unit's head names it. */
export async function insertRelease(
  db: Db,
  row: { readonly dossierId: string; readonly at: Date; readonly unitId: string; readonly staffId: string },
): Promise<void> {
  await sql`insert into unattended.release (dossier_id, released_at, unit_id, staff_id)
    values (${row.dossierId}, ${row.at}, ${row.unitId}, ${row.staffId}) on conflict do nothing`.execute(db);
}

/** Units where something went back since the head was last told. */
export async function unitsWithReleases(db: Db): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`select distinct unit_id id from unattended.release where not named`.execute(db);
  return rows.map((row) => row.id);
}

/** Takes what the head has not been told of; nobody else tells it. */
export async function takeReleases(trx: Db, unitId: string): Promise<Finding[]> {
  const { rows } = await sql<{ dossierId: string; staffId: string }>`update unattended.release set named = true
    where unit_id = ${unitId}::uuid and not named returning dossier_id "dossierId", staff_id "staffId"`.execute(trx);
  return rows.map((row) => ({ ...row, reason: 'released' as const }));
}

/** @returns false where the unit was checked on this day, by whatever process. */
export async function insertCheck(trx: Db, unitId: string, day: Day, at: Date, dossiers: number): Promise<boolean> {
  const { rows } = await sql<{ unit_id: string }>`insert into unattended.checked (unit_id, day, checked_at, dossiers)
    values (${unitId}, ${day}::date, ${at}, ${dossiers}) on conflict do nothing returning unit_id`.execute(trx);
  return rows.length === 1;
}

/** Units not yet checked on the day. */
export async function notChecked(db: Db, unitIds: readonly string[], day: Day): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select u.id from unnest(${[...unitIds]}::uuid[]) u(id)
    where not exists (select 1 from unattended.checked c where c.unit_id = u.id and c.day = ${day}::date)`.execute(db);
  return rows.map((row) => row.id);
}

export async function insertFindings(trx: Db, unitId: string, day: Day, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return;
  await sql`insert into unattended.finding (unit_id, day, dossier_id, staff_id, reason)
    select ${unitId}::uuid, ${day}::date, t."dossierId", t."staffId", t.reason
    from jsonb_to_recordset(${JSON.stringify(findings)}::jsonb) t("dossierId" uuid, "staffId" uuid, reason text)
    on conflict do nothing`.execute(trx);
}
