import { type RawBuilder, sql } from 'kysely';
import { addDays, type Day, dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Bundle, Cell } from './rules/bundle.ts';
import type { Term } from './rules/definition.ts';
import type { FactRow, Period } from './rules/types.ts';

/** What a reading is narrowed to. Units are those whose figures stand under the unit asked for. */
export type Reading = {
  readonly unitIds: readonly string[];
  readonly period: Period;
  /** Procedures of a field or one procedure; undefined: all. */
  readonly procedureCodes: readonly string[] | undefined;
};

/** Days before `day` as whole years, months and days of the cube: a handful of ranges whatever the history. */
function upTo(day: Day, point: string): RawBuilder<unknown> {
  const year: Day = `${day.slice(0, 4)}-01-01`;
  const month: Day = `${day.slice(0, 7)}-01`;
  return sql`(values ('year', '-infinity'::date, ${year}::date, ${point}), ('month', ${year}::date, ${month}::date, ${point}),
    ('day', ${month}::date, ${day}::date, ${point}))`;
}

const inProcedures = (reading: Reading, alias: string): RawBuilder<unknown> =>
  reading.procedureCodes === undefined
    ? sql`true`
    : sql`${sql.ref(`${alias}.procedure_code`)} = any(${[...reading.procedureCodes]}::text[])`;

/** One reading of the cube for all metrics of some units and a period. */
export async function readBundle(db: Db, reading: Reading, now: Date): Promise<Bundle> {
  const { period, unitIds } = reading;
  const today = dayOf(now);
  const running = period.to >= today;
  const units = sql`any(${[...unitIds]}::uuid[])`;
  const point = (name: string): RawBuilder<unknown> => sql`sum(c.n) filter (where p.point = ${sql.lit(name)})`;
  const minutes = (name: string): RawBuilder<unknown> => sql`sum(c.minutes) filter (where p.point = ${sql.lit(name)})`;
  const cells =
    await sql<Cell>`select c.bucket, c.channel, coalesce(${point('before')}, 0)::float8 before, coalesce(${point('end')}, 0)::float8 "end",
      coalesce(${point('late')}, 0)::float8 late, coalesce(${minutes('before')}, 0)::float8 "minutesBefore", coalesce(${minutes('end')}, 0)::float8 "minutesEnd"
    from (select * from ${upTo(period.from, 'before')} a union all select * from ${upTo(addDays(period.to, 1), 'end')} b
      union all select * from ${upTo(running ? today : addDays(period.to, 1), 'late')} l) p(grain, first, until, point)
    join metrics.cube c on c.grain = p.grain and c.start >= p.first and c.start < p.until
    where c.unit_id = ${units} and ${inProcedures(reading, 'c')}
    group by c.bucket, c.channel`.execute(db);
  const lateToday = running
    ? await sql<Bundle['lateToday'][number]>`select f.channel, f.answer, count(*)::float8 n from metrics.fact f
      where f.late_from = ${today}::date and f.due_at < ${now} and f.ended_day is null and f.unit_id = ${units} and ${inProcedures(reading, 'f')}
      group by f.channel, f.answer`.execute(db)
    : { rows: [] };
  const late766 = await sql<Bundle['late766'][number]>`select f.channel, count(*)::float8 n from metrics.fact f
    where f.unit_id = ${units} and f.received_day between ${period.from}::date and ${period.to}::date
      and f.late766_from <= ${running ? today : period.to}::date and ${inProcedures(reading, 'f')}
    group by f.channel`.execute(db);
  return { cells: cells.rows, lateToday: lateToday.rows, late766: late766.rows };
}

/** Units that ever counted something. */
export async function findCountedUnits(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct unit_id id from metrics.cube where grain = 'year'`.execute(
    db,
  );
  return rows.map((row) => row.id);
}

/** The rows of one side: those of its terms, which never overlap. */
function sideWhere(
  terms: readonly Term[],
  reading: Reading,
  channel: string | undefined,
  now: Date,
): RawBuilder<unknown> {
  const groups = terms.map((term) => termWhere(term, reading.period, now));
  const conditions = [
    sql`f.unit_id = any(${[...reading.unitIds]}::uuid[])`,
    inProcedures(reading, 'f'),
    channel === undefined ? sql`true` : sql`f.channel = ${channel}`,
    sql`(${sql.join(groups, sql` or `)})`,
  ];
  return sql.join(conditions, sql` and `);
}

function termWhere(term: Term, period: Period, now: Date): RawBuilder<unknown> {
  const today = dayOf(now);
  const running = period.to >= today;
  const asOf = running ? today : period.to;
  const where = term.where ?? {};
  const among = (column: string, list: readonly string[] | undefined): RawBuilder<unknown> =>
    list === undefined ? sql`true` : sql`coalesce(${sql.ref(column)}, '') = any(${[...list]}::text[])`;
  const yes = (flag: boolean | undefined, condition: RawBuilder<unknown>): RawBuilder<unknown> =>
    flag === undefined ? sql`true` : flag ? condition : sql`not coalesce(${condition}, false)`;
  const late = running
    ? sql`(f.late_from < ${asOf}::date or (f.late_from = ${asOf}::date and f.due_at < ${now}))`
    : sql`(f.late_from <= ${asOf}::date)`;
  const when = {
    received: sql`f.received_day between ${period.from}::date and ${period.to}::date`,
    ended: sql`f.ended_day between ${period.from}::date and ${period.to}::date`,
    'open-at-start': sql`f.received_day < ${period.from}::date and (f.ended_day is null or f.ended_day >= ${period.from}::date)`,
    'open-at-end': sql`f.received_day <= ${period.to}::date and (f.ended_day is null or f.ended_day > ${period.to}::date)`,
  }[term.at];
  return sql`(${sql.join(
    [
      when,
      among('f.channel', where.channel),
      among('f.class', where.class),
      among('f.outcome', where.outcome),
      among('f.answer', where.answer),
      yes(where.late, late),
      yes(where.onTime766, sql`(f.late766_from is null or f.late766_from > ${asOf}::date)`),
    ],
    sql` and `,
  )})`;
}

/** A page of the rows behind a figure, oldest reception first, that the scope lets be seen; and how many there are. */
export async function readRows(
  db: Db,
  terms: readonly Term[],
  reading: Reading & { readonly channel: string | undefined },
  scope: { where(alias: string): RawBuilder<boolean> },
  page: { readonly limit: number; readonly offset: number },
  now: Date,
): Promise<{ readonly rows: readonly FactRow[]; readonly total: number; readonly visible: number }> {
  const where = sideWhere(terms, reading, reading.channel, now);
  const counts = await sql<{
    total: number;
    visible: number;
  }>`select count(*)::float8 total, (count(*) filter (where ${scope.where('d')}))::float8 visible
    from metrics.fact f left join dossiers.fact d on d.id = f.dossier_id where ${where}`.execute(db);
  const { rows } =
    await sql<FactRow>`select f.dossier_id "dossierId", d.code, f.procedure_code "procedureCode", f.channel, f.unit_id "unitId",
      f.received_day "receivedDay", f.due_at "dueAt", f.ended_day "endedDay", f.class punctuality, f.lateness_minutes "latenessMinutes"
    from metrics.fact f join dossiers.fact d on d.id = f.dossier_id where ${where} and ${scope.where('d')}
    order by f.received_day, f.dossier_id limit ${page.limit} offset ${page.offset}`.execute(db);
  return { rows, total: counts.rows[0]?.total ?? 0, visible: counts.rows[0]?.visible ?? 0 };
}
