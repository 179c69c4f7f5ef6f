import { sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Rank, ReportPeriod } from './rules/period.ts';

/** Last day of the last period of that rank a report was given for by itself; undefined: never. */
export async function lastRound(db: Db, reportId: string, rank: Rank): Promise<Day | undefined> {
  const { rows } = await sql<{ day: Day | null }>`select max(to_day) "day" from reports.round
    where report_id = ${reportId} and rank = ${rank}`.execute(db);
  return rows[0]?.day ?? undefined;
}

/** Notes that a period is given; of two processes at once the second changes nothing. */
export async function insertRound(
  db: Db,
  {
    reportId,
    period,
    given,
    at,
  }: { readonly reportId: string; readonly period: ReportPeriod; readonly given: number; readonly at: Date },
): Promise<void> {
  await sql`insert into reports.round (report_id, period_id, cutoff, rank, to_day, given, at)
    values (${reportId}, ${period.id}, ${period.cutoff}, ${period.rank}, ${period.to}::date, ${given}, ${at}) on conflict do nothing`.execute(
    db,
  );
}
