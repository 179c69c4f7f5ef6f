import { sql } from 'kysely';
import { addDays, type Day, dayNumberOf, instantAt } from '../../../core/time/index.ts';
import type { CompiledCalendar } from '../../../core/working-time/index.ts';
import type { Db } from '../../../platform/db/open.ts';

/** Reception before this day is not measured in working time. */
const FIRST_DAY: Day = '2012-01-01';
const AHEAD_DAYS = 400;
const RENEW_DAYS = 60;

/**
 * Lays out the working hours of calendars day by day, up to a year and more ahead; what is there stays as it is.
 * @returns whether anything was laid out
 */
export async function layOutWorkDays(
  trx: Db,
  calendars: ReadonlyMap<string, CompiledCalendar>,
  today: Day,
): Promise<boolean> {
  const { rows } = await sql<{
    id: string;
    last: Day | null;
  }>`select c.id, (select max(day) from metrics.work_day w where w.calendar_revision_id = c.id) "last"
    from unnest(${[...calendars.keys()]}::uuid[]) c(id)`.execute(trx);
  const last = new Map(rows.map((row) => [row.id, row.last]));
  let any = false;
  for (const [id, calendar] of calendars) {
    if ((last.get(id) ?? '') >= addDays(today, RENEW_DAYS)) continue;
    const days = daysOf(calendar, addDays(today, AHEAD_DAYS));
    await sql`insert into metrics.work_day (calendar_revision_id, day, before_seconds, open1, close1, open2, close2, more)
      select ${id}::uuid, day, before, open1, close1, open2, close2, case when jsonb_array_length(more) > 0 then array(select jsonb_array_elements_text(more)::integer) end
      from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as t(day date, before bigint, open1 integer, close1 integer, open2 integer, close2 integer, more jsonb)
      on conflict do nothing`.execute(trx);
    any = true;
  }
  // Just filled, the table looks small to the planner, and measuring would walk through all days of each dossier.
  if (any) await sql`analyze metrics.work_day`.execute(trx);
  return any;
}

function daysOf(calendar: CompiledCalendar, until: Day) {
  const rows = [];
  let before = 0;
  for (let day = FIRST_DAY; day < until; day = addDays(day, 1)) {
    const { opens, closes } = calendar.dateOf(dayNumberOf(day));
    const midnight = instantAt(day, '00:00').getTime();
    const seconds = opens.flatMap((open, nth) => [(open - midnight) / 1000, ((closes[nth] ?? open) - midnight) / 1000]);
    const [open1 = 0, close1 = 0, open2 = 0, close2 = 0, ...more] = seconds;
    rows.push({ day, before, open1, close1, open2, close2, more });
    for (let nth = 0; nth < seconds.length; nth += 2) before += (seconds[nth + 1] ?? 0) - (seconds[nth] ?? 0);
  }
  return rows;
}

/** Dossiers that can be measured now and were not when they were counted; at most `limit`. */
export async function findUnmeasured(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`select f.dossier_id id from metrics.fact f join metrics.fresh a on a.dossier_id = f.dossier_id
    where f.ended_day is not null and f.work_minutes is null and a.work_minutes is not null limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}
