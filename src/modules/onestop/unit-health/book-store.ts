import { sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';

export type BookCount = {
  readonly unitId: string;
  readonly book: string;
  /** First day of the month. */
  readonly month: Day;
  readonly version: number;
  readonly count: number;
  readonly note: string | null;
};

/** What was entered for months between two first days, both inclusive; of all units where `unitIds` is undefined. */
export async function findBookCounts(
  db: Db,
  unitIds: readonly string[] | undefined,
  from: Day,
  to: Day,
): Promise<BookCount[]> {
  const mine = unitIds === undefined ? sql`true` : sql`unit_id = any(${[...unitIds]}::uuid[])`;
  const { rows } = await sql<BookCount>`select unit_id "unitId", book, month, version, count, note
    from unit_health.book_count where ${mine} and month between ${from}::date and ${to}::date order by unit_id, month, book`.execute(
    db,
  );
  return rows;
}

/** Enters or corrects a count, guarded by the version seen (0: none yet). @returns false where somebody was faster. */
export async function saveBookCount(
  trx: Db,
  count: BookCount & { readonly at: Date; readonly by: string },
): Promise<boolean> {
  const { rows } = await sql`with saved as (
      insert into unit_health.book_count as b (unit_id, book, month, version, count, note, entered_at, entered_by)
      select ${count.unitId}::uuid, ${count.book}, ${count.month}::date, 1, ${count.count}, ${count.note}, ${count.at}, ${count.by}
      where ${count.version} = 0
      on conflict (unit_id, book, month) do nothing returning *),
    corrected as (
      update unit_health.book_count set version = version + 1, count = ${count.count}, note = ${count.note},
        entered_at = ${count.at}, entered_by = ${count.by}
      where ${count.version} > 0 and unit_id = ${count.unitId}::uuid and book = ${count.book} and month = ${count.month}::date
        and version = ${count.version} returning *)
    insert into unit_health.book_entry (unit_id, book, month, version, count, note, entered_at, entered_by)
    select unit_id, book, month, version, count, note, entered_at, entered_by from (table saved union all table corrected) x
    returning version`.execute(trx);
  return rows.length > 0;
}

/** Last day each procedure arrived at the units. */
export async function lastReceived(db: Db, unitIds: readonly string[]): Promise<ReadonlyMap<string, Day>> {
  const { rows } = await sql<{
    unitId: string;
    code: string;
    day: Day;
  }>`select unit_id "unitId", procedure_code code, day
    from unit_health.last_received where unit_id = any(${[...unitIds]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [`${row.unitId} ${row.code}`, row.day]));
}

/** Notes arrivals; the same again, or older ones, change nothing. */
export async function noteReceived(
  db: Db,
  arrivals: readonly { readonly unitId: string; readonly code: string; readonly day: Day }[],
): Promise<void> {
  if (arrivals.length === 0) return;
  await sql`insert into unit_health.last_received as l (unit_id, procedure_code, day)
    select t."unitId", t.code, max(t.day) from jsonb_to_recordset(${JSON.stringify(arrivals)}::jsonb) as t("unitId" uuid, code text, day date)
    group by 1, 2
    on conflict (unit_id, procedure_code) do update set day = excluded.day where l.day < excluded.day`.execute(db);
}

/** Notes the arrivals of all dossiers, after bulk loads that emit no events: the one place that reads them in bulk. */
export async function rebuildLastReceived(db: Db): Promise<void> {
  await sql`insert into unit_health.last_received as l (unit_id, procedure_code, day)
    select decided_by_unit_id, procedure_code, max((received_at at time zone 'Asia/Ho_Chi_Minh')::date)
    from dossiers.dossier where received_at is not null group by 1, 2
    on conflict (unit_id, procedure_code) do update set day = excluded.day where l.day < excluded.day`.execute(db);
}
