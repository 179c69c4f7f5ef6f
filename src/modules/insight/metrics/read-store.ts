import { type RawBuilder, sql } from 'kysely';
import { dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { type Narrowing, narrowed } from './narrowing-sql.ts';
import type { DossierTerm } from './rules/definition.ts';
import { SERVED } from './rules/facts.ts';
import type { FactRow, Period, UnitRole } from './rules/types.ts';
import { SERVED_COLUMN } from './sums-sql.ts';

/** What rows are read of. Units are those whose figures stand under the unit asked for. */
export type Reading = {
  readonly unitIds: readonly string[];
  readonly role: UnitRole;
  readonly period: Period;
  readonly narrowing: Narrowing;
  readonly channel: string | undefined;
};

/** Units that have sums, of dossiers or of visits: a walk from one to the next, whatever their rows. */
export async function findCountedUnits(db: Db, sums: 'metrics.total' | 'metrics.visit_total'): Promise<string[]> {
  const table = sql.table(sums);
  const { rows } = await sql<{ id: string }>`with recursive found as (
      (select unit_id from ${table} order by unit_id limit 1)
      union all select (select t.unit_id from ${table} t where t.unit_id > f.unit_id order by t.unit_id limit 1) from found f where f.unit_id is not null)
    select unit_id id from found where unit_id is not null`.execute(db);
  return rows.map((row) => row.id);
}

const unitColumn = ({ role }: Reading): RawBuilder<unknown> =>
  sql.raw(role === 'decided' ? 'f.unit_id' : 'f.received_unit_id');

const ofUnits = (reading: Reading): RawBuilder<unknown> =>
  sql`${unitColumn(reading)} = any(${[...reading.unitIds]}::uuid[])`;

/** The rows of one side, of any unit: those of its terms, which never overlap. */
function sideWhere(terms: readonly DossierTerm[], reading: Reading, now: Date): RawBuilder<unknown> {
  const { channel } = reading;
  const groups = terms.map((term) => termWhere(term, reading.period, now));
  const conditions = [
    narrowed(reading.narrowing, 'f'),
    channel === undefined ? sql`true` : sql`f.channel = ${channel}`,
    sql`(${sql.join(groups, sql` or `)})`,
  ];
  return sql.join(conditions, sql` and `);
}

function termWhere(term: DossierTerm, period: Period, now: Date): RawBuilder<unknown> {
  const today = dayOf(now);
  const running = period.to >= today;
  const asOf = running ? today : period.to;
  const where = term.where ?? {};
  const among = (column: RawBuilder<unknown>, list: readonly string[] | undefined): RawBuilder<unknown> =>
    list === undefined ? sql`true` : sql`coalesce(${column}, '') = any(${[...list]}::text[])`;
  const yes = (flag: boolean | undefined, condition: RawBuilder<unknown>): RawBuilder<unknown> =>
    flag === undefined ? sql`true` : flag ? condition : sql`not coalesce(${condition}, false)`;
  const late = running
    ? sql`(f.late_from < ${asOf}::date or (f.late_from = ${asOf}::date and f.due_at < ${now}))`
    : sql`(f.late_from <= ${asOf}::date)`;
  const when = {
    received: sql`f.received_day between ${period.from}::date and ${period.to}::date`,
    ended: sql`f.ended_day between ${period.from}::date and ${period.to}::date`,
    due: sql`f.due_day between ${period.from}::date and ${period.to}::date`,
    'open-at-start': sql`f.received_day < ${period.from}::date and (f.ended_day is null or f.ended_day >= ${period.from}::date)`,
    // Nothing ends after today, so what is open today is what has not ended.
    'open-at-end': running
      ? sql`f.received_day <= ${period.to}::date and f.ended_day is null`
      : sql`f.received_day <= ${period.to}::date and (f.ended_day is null or f.ended_day > ${period.to}::date)`,
  }[term.at];
  return sql`(${sql.join(
    [
      when,
      among(sql.ref('f.channel'), where.channel),
      term.at === 'due'
        ? among(sql`case when f.ended_day is null then 'open' else f.class end`, where.class)
        : among(sql.ref('f.class'), where.class),
      among(sql.ref('f.outcome'), where.outcome),
      among(sql.ref('f.answer'), where.answer),
      ...SERVED.map((name) => among(sql.ref(`f.${SERVED_COLUMN[name]}`), where[name])),
      yes(where.measured, sql`(f.work_minutes is not null)`),
      yes(where.late, late),
      yes(where.onTime766, sql`(f.late766_from is null or f.late766_from > ${asOf}::date)`),
    ],
    sql` and `,
  )})`;
}

/** How many rows a figure has behind it, and how many of them the scope lets be seen. */
export async function countRows(
  db: Db,
  terms: readonly DossierTerm[],
  reading: Reading,
  scope: Scope,
  now: Date,
): Promise<{ readonly total: number; readonly visible: number }> {
  const where = sql`${ofUnits(reading)} and ${sideWhere(terms, reading, now)}`;
  const { rows } = await sql<{ total: number; visible: number }>`select count(*)::float8 total,
      (count(*) filter (where ${scope.where('d')}))::float8 visible
    from metrics.fact f left join dossiers.fact d on d.id = f.dossier_id where ${where}`.execute(db);
  return rows[0] ?? { total: 0, visible: 0 };
}

/** The day rows are listed by: that of the index their terms are found by. What is open is listed by its reception. */
function dayOfTerms(terms: readonly DossierTerm[]): RawBuilder<unknown> {
  const at = new Set(terms.map((term) => term.at));
  const [only] = at.size === 1 ? at : [];
  return sql.raw(only === 'ended' ? 'f.ended_day' : only === 'due' ? 'f.due_day' : 'f.received_day');
}

type Scope = { where(alias: string): RawBuilder<boolean> };

/**
 * A page of the rows behind a figure, by the day that makes them count, that the scope lets be seen.
 * @param scope undefined: all of them are seen; the first of each unit are then found by index, no dossier is looked up
 */
export async function readRows(
  db: Db,
  terms: readonly DossierTerm[],
  reading: Reading,
  scope: Scope | undefined,
  page: { readonly limit: number; readonly offset: number },
  now: Date,
): Promise<readonly FactRow[]> {
  const side = sideWhere(terms, reading, now);
  const inOrder = sql`order by ${dayOfTerms(terms)}, f.dossier_id`;
  const from = scope
    ? sql`metrics.fact f join dossiers.fact d on d.id = f.dossier_id where ${ofUnits(reading)} and ${side} and ${scope.where('d')}`
    : sql`unnest(${[...reading.unitIds]}::uuid[]) u(id) cross join lateral (select f.* from metrics.fact f
        where ${unitColumn(reading)} = u.id and ${side} ${inOrder} limit ${page.limit + page.offset}) f`;
  const { rows } =
    await sql<FactRow>`select f.dossier_id "dossierId", f.code, f.procedure_code "procedureCode", f.channel, f.unit_id "unitId",
      f.received_day "receivedDay", f.due_at "dueAt", f.ended_day "endedDay", f.class punctuality, f.lateness_minutes "latenessMinutes",
      f.work_minutes "workMinutes"
    from ${from} ${inOrder} limit ${page.limit} offset ${page.offset}`.execute(db);
  return rows;
}
