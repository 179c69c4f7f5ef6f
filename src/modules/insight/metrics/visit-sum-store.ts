import { sql } from 'kysely';
import { addDays, type Day, instantAt } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { halfSql, monthSql, yearSql } from './sums-sql.ts';
import { frontierOf, leftBetween, NOBODY } from './visit-store.ts';

const KEYS = 'step_id, procedure_code, channel, staff_id, class, way';
const COLUMNS = `unit_id, grain, start, ${KEYS}, n, measured, minutes`;
const SUMS = 'sum(n), sum(measured), sum(minutes)';

/** All sums of visits go; until they are made again everything is counted from the tasks. */
export async function forgetVisits(trx: Db): Promise<void> {
  await sql`delete from metrics.visit_sum`.execute(trx);
  await sql`delete from metrics.visit_total`.execute(trx);
  await sql`delete from metrics.visit_frontier`.execute(trx);
}

/**
 * Adds the visits of days that are over to the sums, up to and with `yesterday`; all of them the first time.
 * @returns the days added, or undefined where there was nothing to do
 */
export async function sumVisits(trx: Db, yesterday: Day, again = false): Promise<Day | undefined> {
  if (again) await forgetVisits(trx);
  const frontier = await frontierOf(trx);
  if (frontier !== undefined && frontier >= yesterday) return undefined;
  const first = frontier === undefined ? undefined : addDays(frontier, 1);
  const left =
    first === undefined
      ? sql`ended_at < ${instantAt(addDays(yesterday, 1), '00:00')}`
      : leftBetween(first, addDays(yesterday, 1));
  await sql`insert into metrics.visit_sum (${sql.raw(COLUMNS)})
    select unit_id, 'day', day, step_id, procedure_code, channel, coalesce(staff_id, ${NOBODY}::uuid), class, way, count(*), count(minutes),
      coalesce(sum(minutes), 0) from metrics.visit_fresh where ${left} group by 1, 3, 4, 5, 6, 7, 8, 9`.execute(trx);
  const fromMonth: Day = first === undefined ? '0001-01-01' : `${first.slice(0, 7)}-01`;
  const fromYear: Day = `${fromMonth.slice(0, 4)}-01-01`;
  await sql`delete from metrics.visit_sum where grain = 'month' and start >= ${fromMonth}::date`.execute(trx);
  await sql`delete from metrics.visit_total where (grain = 'year' and start >= ${fromYear}::date) or (grain <> 'year' and start >= ${fromMonth}::date)`.execute(
    trx,
  );
  await sql`insert into metrics.visit_sum (${sql.raw(COLUMNS)})
    select unit_id, 'month', ${sql.raw(monthSql('start'))}, ${sql.raw(KEYS)}, ${sql.raw(SUMS)}
    from metrics.visit_sum where grain = 'day' and start >= ${fromMonth}::date group by 1, 3, 4, 5, 6, 7, 8, 9`.execute(
    trx,
  );
  for (const [grain, start, from, since] of [
    ['half', halfSql('start'), 'day', fromMonth],
    ['month', monthSql('start'), 'month', fromMonth],
    ['year', yearSql('start'), 'month', fromYear],
  ] as const)
    await sql`insert into metrics.visit_total (unit_id, grain, start, class, way, n, measured, minutes)
      select unit_id, ${grain}, ${sql.raw(start)}, class, way, ${sql.raw(SUMS)}
      from metrics.visit_sum where grain = ${from} and start >= ${since}::date group by 1, 3, 4, 5`.execute(trx);
  await sql`insert into metrics.visit_frontier (day, visits) values (${yesterday}, (select coalesce(sum(n), 0) from metrics.visit_total where grain = 'year'))
    on conflict (id) do update set day = excluded.day, visits = excluded.visits`.execute(trx);
  return yesterday;
}

/** Whether the tasks still say as many visits up to the frontier as were added up: imports may bring old ones. */
export async function visitsDiffer(db: Db): Promise<boolean> {
  const { rows } = await sql<{ differ: boolean }>`select f.visits <> (select count(*) from dossiers.visit
      where ended_at < ((f.day + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')) differ from metrics.visit_frontier f`.execute(
    db,
  );
  return rows[0]?.differ ?? false;
}
