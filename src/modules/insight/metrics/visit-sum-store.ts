import { type RawBuilder, sql } from 'kysely';
import { addDays, type Day, instantAt } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { beginBeside, putInPlace } from './beside-store.ts';
import { halfOf } from './rules/ranges.ts';
import { halfSql } from './sums-sql.ts';
import { frontierOf, leftBetween, NOBODY } from './visit-store.ts';

const TABLES = ['visit_day', 'visit_cell', 'visit_total'] as const;
const KEYS = 'step_id, procedure_code, channel, staff_id, class, way';
const COLUMNS = `unit_id, start, ${KEYS}, n, measured, minutes`;
const SUMS = 'sum(n), sum(measured), sum(minutes)';
const SUMS_NAMED = 'sum(n)::bigint n, sum(measured)::bigint measured, sum(minutes)::bigint minutes';
const DIFFERS = '(a.n, a.measured, a.minutes) is distinct from (c.n::bigint, c.measured::bigint, c.minutes::bigint)';

/**
 * Adds the visits of days that are over to the sums, up to and with `yesterday`; all of them the first time.
 * @returns the days added, or undefined where there was nothing to do
 */
export async function sumVisits(trx: Db, yesterday: Day, again = false): Promise<Day | undefined> {
  // One after the other, to the end of the transaction: the tables are put in each other's place.
  await sql`select pg_advisory_xact_lock(hashtextextended('metrics.visits', 0))`.execute(trx);
  const before = await frontierOf(trx);
  // A frontier ahead of the clock (it was set back, or sums were made by another one) would hide what is left from now on.
  if (again || before === undefined || before > yesterday) await sumAll(trx, yesterday);
  else if (before < yesterday) await sumSince(trx, addDays(before, 1), yesterday);
  else return undefined;
  await sql`insert into metrics.visit_frontier (day, visits) values (${yesterday}, (select coalesce(sum(n), 0) from metrics.visit_total))
    on conflict (id) do update set day = excluded.day, visits = excluded.visits`.execute(trx);
  return yesterday;
}

/** All sums anew, beside the old ones, which readers see until the end. */
async function sumAll(trx: Db, yesterday: Day): Promise<void> {
  await sql.raw("set local work_mem = '128MB'").execute(trx);
  await sql.raw("set local maintenance_work_mem = '256MB'").execute(trx);
  for (const table of TABLES) await beginBeside(trx, table);
  // The planner takes every visit for a group of its own and would sort them all on disk: grouping by hash halves the time.
  await sql`set local enable_sort = off`.execute(trx);
  await sql`set local enable_memoize = off`.execute(trx);
  await addDaysOf(trx, sql`ended_at < ${instantAt(addDays(yesterday, 1), '00:00')}`, 'next_');
  await sql`set local enable_sort = on`.execute(trx);
  await sql`set local enable_memoize = on`.execute(trx);
  await addHalves(trx, '0001-01-01', 'next_');
  for (const table of TABLES) await putInPlace(trx, table);
}

async function sumSince(trx: Db, first: Day, yesterday: Day): Promise<void> {
  await addDaysOf(trx, leftBetween(first, addDays(yesterday, 1)), '');
  const half = halfOf(first);
  await sql`delete from metrics.visit_cell where start >= ${half}::date`.execute(trx);
  await sql`delete from metrics.visit_total where start >= ${half}::date`.execute(trx);
  await addHalves(trx, half, '');
}

/** Sums by day of the visits that are `left`. @param beside `next_` where the tables are being made anew */
async function addDaysOf(trx: Db, left: RawBuilder<unknown>, beside: '' | 'next_'): Promise<void> {
  await sql`insert into ${sql.table(`metrics.${beside}visit_day`)} (${sql.raw(COLUMNS)})
    select unit_id, day, step_id, procedure_code, channel, coalesce(staff_id, ${NOBODY}::uuid), class, way, count(*), count(minutes),
      coalesce(sum(minutes), 0) from metrics.visit_fresh where ${left} group by 1, 2, 3, 4, 5, 6, 7, 8
    order by unit_id, day`.execute(trx);
}

/** Sums by half month from those by day, of the halves from one on, in the order filters read them in. */
async function addHalves(trx: Db, from: Day, beside: '' | 'next_'): Promise<void> {
  const [days, cells, totals] = ['day', 'cell', 'total'].map((one) => sql.table(`metrics.${beside}visit_${one}`));
  await sql`insert into ${cells} (${sql.raw(COLUMNS)})
    select unit_id, ${sql.raw(halfSql('start'))}, ${sql.raw(KEYS)}, ${sql.raw(SUMS)}
    from ${days} where start >= ${from}::date group by 1, 2, 3, 4, 5, 6, 7, 8
    order by unit_id, step_id, procedure_code, 2`.execute(trx);
  await sql`insert into ${totals} (unit_id, start, class, way, n, measured, minutes)
    select unit_id, start, class, way, ${sql.raw(SUMS)} from ${cells} where start >= ${from}::date group by 1, 2, 3, 4`.execute(
    trx,
  );
}

/**
 * The sums to the frontier compared with the visits counted through again, in one snapshot.
 * `cells` that differ; `grown`: there are other visits than were added up, because imports brought old ones, which is no
 * fault of the sums.
 */
export async function compareVisits(db: Db): Promise<{ readonly cells: number; readonly grown: boolean }> {
  const { rows } = await sql<{
    cells: number;
    grown: boolean;
  }>`with f as (select day, visits from metrics.visit_frontier),
    fresh as materialized (select unit_id, ${sql.raw(halfSql('day'))} start, step_id, procedure_code, channel,
      coalesce(staff_id, ${NOBODY}::uuid) staff_id, class, way, count(*)::bigint n, count(minutes)::bigint measured, coalesce(sum(minutes), 0)::bigint minutes
      from metrics.visit_fresh where ended_at < (select (day + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh' from f) group by 1, 2, 3, 4, 5, 6, 7, 8),
    totals as (select unit_id, ${sql.raw(halfSql('start'))} start, class, way, ${sql.raw(SUMS_NAMED)} from metrics.visit_day group by 1, 2, 3, 4),
    halves as (select unit_id, ${sql.raw(halfSql('start'))} start, ${sql.raw(KEYS)}, ${sql.raw(SUMS_NAMED)} from metrics.visit_day group by 1, 2, 3, 4, 5, 6, 7, 8)
    select ((select count(*) from fresh a full join metrics.visit_cell c using (unit_id, start, ${sql.raw(KEYS)}) where ${sql.raw(DIFFERS)})
      + (select count(*) from halves a full join metrics.visit_cell c using (unit_id, start, ${sql.raw(KEYS)}) where ${sql.raw(DIFFERS)})
      + (select count(*) from totals a full join metrics.visit_total c using (unit_id, start, class, way) where ${sql.raw(DIFFERS)}))::float8 cells,
      coalesce((select sum(n) from fresh), 0) <> f.visits grown
    from f`.execute(db);
  return rows[0] ?? { cells: 0, grown: false };
}

/** Whether visits were added up whose working time was not known: calendars laid out since may tell it. */
export async function isAnyUnmeasured(db: Db): Promise<boolean> {
  const { rows } = await sql<{
    any: boolean;
  }>`select exists (select 1 from metrics.visit_total where measured < n) "any"`.execute(db);
  return rows[0]?.any ?? false;
}
