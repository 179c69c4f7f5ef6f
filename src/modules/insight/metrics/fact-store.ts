import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';

const COLUMNS =
  'dossier_id, unit_id, received_unit_id, procedure_code, channel, received_day, ended_day, class, outcome, due_at, late_from, late766_from, lateness_minutes, answer';
const ALTERED = COLUMNS.split(', ').slice(1);

/** What a fact adds to the cube: one row per day it counts on. `alias` names rows of `metrics.fact`. */
const partsOf = (alias: string, sign: '' | '-'): string => `
  select ${alias}.unit_id, ${alias}.procedure_code, ${alias}.channel, p.day, p.bucket, ${sign}1 as n, ${sign}p.minutes as minutes
  from ${alias} cross join lateral (values
    (${alias}.received_day, 'received', 0),
    (${alias}.ended_day, 'ended/' || coalesce(${alias}.class, '') || '/' || coalesce(${alias}.outcome, '') || '/' ||
      case when ${alias}.class = 'late' then ${alias}.answer else '' end, coalesce(${alias}.lateness_minutes, 0)),
    (${alias}.late_from, 'late-from/' || ${alias}.answer, 0),
    (case when ${alias}.late_from is not null then ${alias}.ended_day end, 'late-until/' || ${alias}.answer, 0)
  ) as p(day, bucket, minutes) where p.day is not null`;

/** Sums of days to the three grains of the cube; `sums` has unit_id, procedure_code, channel, day, bucket, n, minutes. */
const grainsOf = (sums: string): string => `
  select unit_id, 'day' as grain, day as start, bucket, procedure_code, channel, n, minutes from ${sums}
  union all select unit_id, 'month', date_trunc('month', day)::date, bucket, procedure_code, channel, sum(n), sum(minutes) from ${sums} group by 1, 3, 4, 5, 6
  union all select unit_id, 'year', date_trunc('year', day)::date, bucket, procedure_code, channel, sum(n), sum(minutes) from ${sums} group by 1, 3, 4, 5, 6`;

const SUMMED = 'select unit_id, procedure_code, channel, day, bucket, sum(n) as n, sum(minutes) as minutes';

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
      where (${sql.raw(ALTERED.map((c) => `f.${c}`).join(', '))}) is distinct from (${sql.raw(ALTERED.map((c) => `excluded.${c}`).join(', '))})),
    gone as (delete from metrics.fact f using before b where f.dossier_id = b.dossier_id
      and not exists (select 1 from after a where a.dossier_id = b.dossier_id)),
    moved as (${sql.raw(`${partsOf('before', '-')} union all ${partsOf('after', '')}`)}),
    summed as materialized (${sql.raw(SUMMED)} from moved group by 1, 2, 3, 4, 5 having sum(n) <> 0 or sum(minutes) <> 0)
    insert into metrics.cube as c (unit_id, grain, start, bucket, procedure_code, channel, n, minutes)
    select * from (${sql.raw(grainsOf('summed'))}) g where n <> 0 or minutes <> 0
    on conflict (unit_id, grain, start, bucket, procedure_code, channel) do update set n = c.n + excluded.n, minutes = c.minutes + excluded.minutes`.execute(
    trx,
  );
}

/** Counts everything anew from what the modules publish, in one transaction; readers wait for its end. */
export async function rebuildAll(trx: Db): Promise<number> {
  await lockCounting(trx);
  // Emptying by row would leave as many dead ones and more than double the time.
  await sql`truncate metrics.fact, metrics.cube`.execute(trx);
  const saved =
    await sql`insert into metrics.fact (${sql.raw(COLUMNS)}) select ${sql.raw(COLUMNS)} from metrics.fresh`.execute(
      trx,
    );
  await sql`with summed as materialized (${sql.raw(SUMMED)} from (${sql.raw(partsOf('f', '').replaceAll('from f cross', 'from metrics.fact f cross'))}) p group by 1, 2, 3, 4, 5)
    insert into metrics.cube (unit_id, grain, start, bucket, procedure_code, channel, n, minutes) ${sql.raw(grainsOf('summed'))}`.execute(
    trx,
  );
  return Number(saved.numAffectedRows ?? 0);
}

/** Cells of the cube that differ from the same facts counted through again, in one snapshot: always none. */
export async function countCubeDifferences(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`with summed as materialized (
      ${sql.raw(SUMMED)} from (${sql.raw(partsOf('f', '').replaceAll('from f cross', 'from metrics.fact f cross'))}) p group by 1, 2, 3, 4, 5),
    again as (${sql.raw(grainsOf('summed'))})
    select count(*) n from again a full join (select * from metrics.cube where n <> 0 or minutes <> 0) c
      using (unit_id, grain, start, bucket, procedure_code, channel)
    where a.n is distinct from c.n or a.minutes is distinct from c.minutes`.execute(db);
  return Number(rows[0]?.n ?? 0);
}

/** Dossiers whose counted fact differs from what the modules publish now; at most `limit`. */
export async function findDifferent(db: Db, among: readonly string[] | null, limit: number): Promise<string[]> {
  const mine = (alias: string): RawBuilder<unknown> =>
    among === null ? sql`true` : sql`${sql.ref(`${alias}.dossier_id`)} = any(${[...among]}::uuid[])`;
  const { rows } = await sql<{ id: string }>`select coalesce(a.dossier_id, f.dossier_id) id
    from (select * from metrics.fresh a where ${mine('a')}) a full join (select * from metrics.fact f where ${mine('f')}) f on f.dossier_id = a.dossier_id
    where (${sql.raw(ALTERED.map((c) => `f.${c}`).join(', '))}) is distinct from (${sql.raw(ALTERED.map((c) => `a.${c}`).join(', '))})
    limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}
