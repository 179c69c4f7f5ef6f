import { type RawBuilder, sql } from 'kysely';
import { addDays, addMonths, type Day, instantAt } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Period } from './rules/types.ts';

/** What visits are told apart by. */
export type VisitBy = 'step' | 'person' | 'unit' | 'procedure';

/** Steps left on days of a period, at these units. */
export type VisitReading = {
  readonly unitIds: readonly string[];
  readonly period: Period;
  readonly stepId?: string | undefined;
  readonly staffId?: string | undefined;
  readonly procedureCodes?: readonly string[] | undefined;
};

export type VisitCount = {
  /** Step, person, unit or procedure. */
  readonly key: string;
  readonly visits: number;
  /** Left after the due instant of the step. */
  readonly late: number;
  /** How many have their working time measured, and its sum. */
  readonly measured: number;
  readonly minutes: number;
};

/** Stands for nobody: a step the software did by itself. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';
const COLUMN = { step: 'step_id', person: 'staff_id', unit: 'unit_id', procedure: 'procedure_code' } as const;
const SUMS = sql.raw(
  `count(*) n, count(*) filter (where late) late, count(minutes) measured, coalesce(sum(minutes), 0) minutes`,
);
const PERSON = sql.raw(`coalesce(staff_id, '${NOBODY}')`);

/** Visits left on days from one to before another, by index of the instant. */
const leftBetween = (from: Day, until: Day): RawBuilder<unknown> =>
  sql`ended_at >= ${instantAt(from, '00:00')} and ended_at < ${instantAt(until, '00:00')}`;

function matching(reading: VisitReading): RawBuilder<unknown> {
  const { unitIds, stepId, staffId, procedureCodes } = reading;
  return sql.join(
    [
      sql`unit_id = any(${[...unitIds]}::uuid[])`,
      ...(stepId === undefined ? [] : [sql`step_id = ${stepId}`]),
      ...(staffId === undefined ? [] : [sql`${PERSON} = ${staffId}::uuid`]),
      ...(procedureCodes === undefined ? [] : [sql`procedure_code = any(${[...procedureCodes]}::text[])`]),
    ],
    sql` and `,
  );
}

async function frontierOf(db: Db): Promise<Day | undefined> {
  const { rows } = await sql<{ day: Day }>`select day from metrics.visit_frontier`.execute(db);
  return rows[0]?.day;
}

/** Sums to the frontier, what was left since then counted from the tasks themselves: one reading, always up to now. */
export async function readVisits(db: Db, reading: VisitReading, by: VisitBy): Promise<readonly VisitCount[]> {
  const { period } = reading;
  const frontier = await frontierOf(db);
  const after = addDays(period.to, 1);
  const live = frontier === undefined || frontier < period.from ? period.from : addDays(frontier, 1);
  const until = live < after ? live : after;
  const firstMonth = monthAfter(period.from);
  const lastMonth: Day = `${until.slice(0, 7)}-01`;
  const key = sql.raw(COLUMN[by]);
  const whole =
    firstMonth < lastMonth
      ? sql`(grain = 'month' and start >= ${firstMonth}::date and start < ${lastMonth}::date)
        or (grain = 'day' and ((start >= ${period.from}::date and start < ${firstMonth}::date) or (start >= ${lastMonth}::date and start < ${until}::date)))`
      : sql`grain = 'day' and start >= ${period.from}::date and start < ${until}::date`;
  const { rows } =
    await sql<VisitCount>`select key::text, sum(n)::float8 visits, sum(late)::float8 late, sum(measured)::float8 measured,
      sum(minutes)::float8 minutes
    from (select ${key} "key", n, late, measured, minutes from metrics.visit_sum where (${whole}) and ${matching(reading)}
      union all select ${sql.raw(by === 'person' ? `coalesce(staff_id, '${NOBODY}')` : COLUMN[by])}, ${SUMS}
      from metrics.visit_fresh where ${live < after ? leftBetween(live, after) : sql`false`} and ${matching(reading)} group by 1) s
    group by 1 order by 2 desc, 1`.execute(db);
  return rows;
}

const monthAfter = (day: Day): Day => (day.endsWith('-01') ? day : addMonths(`${day.slice(0, 7)}-01`, 1));

/** A visit of a dossier to a step. */
export type VisitRow = {
  readonly dossierId: string;
  readonly code: string;
  readonly stepId: string;
  readonly procedureCode: string;
  readonly unitId: string;
  readonly staffId: string | null;
  readonly startedAt: Date;
  readonly dueAt: Date | null;
  readonly endedAt: Date;
  readonly late: boolean;
  readonly minutes: number | null;
};

/** A page of the visits behind a count, latest first, that the scope lets be seen; and how many there are. */
export async function readVisitRows(
  db: Db,
  reading: VisitReading,
  lateOnly: boolean,
  scope: { where(alias: string): RawBuilder<boolean> },
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly rows: readonly VisitRow[]; readonly total: number; readonly visible: number }> {
  const { period } = reading;
  const where = sql`${leftBetween(period.from, addDays(period.to, 1))} and ${matching(reading)} ${lateOnly ? sql`and late` : sql``}`;
  const counts = await sql<{ total: number; visible: number }>`select count(*)::float8 total,
      (count(*) filter (where ${scope.where('d')}))::float8 visible
    from (select dossier_id from metrics.visit_fresh where ${where}) v left join dossiers.fact d on d.id = v.dossier_id`.execute(
    db,
  );
  const { rows } =
    await sql<VisitRow>`select v.dossier_id "dossierId", d.code, v.step_id "stepId", v.procedure_code "procedureCode",
      v.unit_id "unitId", v.staff_id "staffId", v.started_at "startedAt", v.due_at "dueAt", v.ended_at "endedAt", v.late, v.minutes
    from (select * from metrics.visit_fresh where ${where}) v join dossiers.fact d on d.id = v.dossier_id where ${scope.where('d')}
    order by v.ended_at desc, v.dossier_id limit ${page.limit} offset ${page.offset}`.execute(db);
  return { rows, total: counts.rows[0]?.total ?? 0, visible: counts.rows[0]?.visible ?? 0 };
}

/** All sums of visits go; until they are made again everything is counted from the tasks. */
export async function forgetVisits(trx: Db): Promise<void> {
  await sql`delete from metrics.visit_sum`.execute(trx);
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
  const left =
    frontier === undefined
      ? sql`ended_at < ${instantAt(addDays(yesterday, 1), '00:00')}`
      : leftBetween(addDays(frontier, 1), addDays(yesterday, 1));
  await sql`insert into metrics.visit_sum (unit_id, grain, start, step_id, procedure_code, staff_id, n, late, measured, minutes)
    select unit_id, 'day', day, step_id, procedure_code, ${PERSON}, ${SUMS} from metrics.visit_fresh where ${left} group by 1, 3, 4, 5, 6`.execute(
    trx,
  );
  const fromMonth: Day = frontier === undefined ? '0001-01-01' : `${addDays(frontier, 1).slice(0, 7)}-01`;
  await sql`delete from metrics.visit_sum where grain = 'month' and start >= ${fromMonth}::date`.execute(trx);
  await sql`insert into metrics.visit_sum (unit_id, grain, start, step_id, procedure_code, staff_id, n, late, measured, minutes)
    select unit_id, 'month', date_trunc('month', start::timestamp)::date, step_id, procedure_code, staff_id, sum(n), sum(late), sum(measured), sum(minutes)
    from metrics.visit_sum where grain = 'day' and start >= ${fromMonth}::date group by 1, 3, 4, 5, 6`.execute(trx);
  await sql`insert into metrics.visit_frontier (day, visits) values (${yesterday}, (select coalesce(sum(n), 0) from metrics.visit_sum where grain = 'month'))
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
