import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import { cellsOf, FACT_COLUMNS, HAVING, MEASURES, partsOf, totalsOf } from './sums-sql.ts';

const ALTERED = FACT_COLUMNS.filter((column) => column !== 'dossier_id');
const COLUMNS = FACT_COLUMNS.join(', ');
const listed = (alias: string): string => ALTERED.map((column) => `${alias}.${column}`).join(', ');

/** Counting, rebuilding and checking exclude each other; the lock ends with the transaction. */
export const lockCounting = async (trx: Db): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(hashtextextended('metrics.cube', 0))`.execute(trx));

/**
 * Counts some dossiers as they now are: what was counted of them before is taken back. One statement whatever their
 * number; the same again changes nothing; nothing else is read.
 */
export async function countDossiers(trx: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await lockCounting(trx);
  const given = sql`any(${[...new Set(ids)]}::uuid[])`;
  await sql`with before as materialized (select ${sql.raw(COLUMNS)} from metrics.fact where dossier_id = ${given}),
    after as materialized (select ${sql.raw(COLUMNS)} from metrics.fresh where dossier_id = ${given}),
    saved as (insert into metrics.fact as f (${sql.raw(COLUMNS)}) select ${sql.raw(COLUMNS)} from after
      on conflict (dossier_id) do update set ${sql.raw(ALTERED.map((c) => `${c} = excluded.${c}`).join(', '))}
      where (${sql.raw(listed('f'))}) is distinct from (${sql.raw(listed('excluded'))})),
    gone as (delete from metrics.fact f using before b where f.dossier_id = b.dossier_id
      and not exists (select 1 from after a where a.dossier_id = b.dossier_id)),
    moved as (${sql.raw(`${partsOf('before', '-')} union all ${partsOf('after', '')}`)}),
    summed as materialized (select unit_id, received_unit_id, procedure_code, channel, day, bucket, ${sql.raw(MEASURES)}
      from moved group by 1, 2, 3, 4, 5, 6 ${sql.raw(HAVING)}),
    told as (insert into metrics.change (from_day) select min(day) from summed having count(*) > 0),
    cells as (insert into metrics.cell as c ${sql.raw(cellsOf('summed'))}
      on conflict on constraint cell_key do update set n = c.n + excluded.n, minutes = c.minutes + excluded.minutes,
        worked = c.worked + excluded.worked, work_minutes = c.work_minutes + excluded.work_minutes)
    insert into metrics.total as c ${sql.raw(totalsOf('summed'))}
    on conflict on constraint total_key do update set n = c.n + excluded.n, minutes = c.minutes + excluded.minutes,
      worked = c.worked + excluded.worked, work_minutes = c.work_minutes + excluded.work_minutes`.execute(trx);
}

const again = (grouped: string): string =>
  `with parts as materialized (select unit_id, received_unit_id, procedure_code, channel, day, bucket, ${MEASURES}
    from (${partsOf('f', '', 'metrics.fact f')}) p group by 1, 2, 3, 4, 5, 6), again as (${grouped})`;
const DIFFERS =
  '(a.n, a.minutes, a.worked, a.work_minutes) is distinct from (c.n, c.minutes, c.worked, c.work_minutes)';
const COUNTED = 'n <> 0 or minutes <> 0 or worked <> 0 or work_minutes <> 0';

/** Sums that differ from the same facts counted through again, in one snapshot: always none. */
export async function countCubeDifferences(db: Db): Promise<number> {
  const { rows: cells } = await sql<{ n: number }>`${sql.raw(again(cellsOf('parts', false)))}
    select count(*) n from again a full join (select * from metrics.cell where ${sql.raw(COUNTED)}) c
      using (unit_id, start, bucket, procedure_code, channel, received_unit_id) where ${sql.raw(DIFFERS)}`.execute(db);
  const { rows: totals } = await sql<{ n: number }>`${sql.raw(again(totalsOf('parts', false)))}
    select count(*) n from again a full join (select * from metrics.total where ${sql.raw(COUNTED)}) c
      using (unit_id, start, bucket, channel) where ${sql.raw(DIFFERS)}`.execute(db);
  return (cells[0]?.n ?? 0) + (totals[0]?.n ?? 0);
}

/** Dossiers whose counted fact differs from what the modules publish now; at most `limit`. */
export async function findDifferent(db: Db, among: readonly string[] | null, limit: number): Promise<string[]> {
  const mine = (alias: string) =>
    among === null ? sql`true` : sql`${sql.ref(`${alias}.dossier_id`)} = any(${[...among]}::uuid[])`;
  const { rows } = await sql<{ id: string }>`select coalesce(a.dossier_id, f.dossier_id) id
    from (select * from metrics.fresh a where ${mine('a')}) a full join (select * from metrics.fact f where ${mine('f')}) f on f.dossier_id = a.dossier_id
    where (${sql.raw(listed('f'))}) is distinct from (${sql.raw(listed('a'))})
    limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}
