import { type RawBuilder, sql } from 'kysely';
import { addDays, type Day, instantAt } from '../../../core/time/index.ts';
import { createSharedReader } from '../../../platform/db/gather.ts';
import { onePerDb } from '../../../platform/db/one-per-db.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { VisitTerm } from './rules/definition.ts';
import { rangesOf } from './rules/ranges.ts';
import type { Period, SplitBy, VisitRow } from './rules/types.ts';
import type { VisitCell } from './rules/visits.ts';

/** Filters of a reading; undefined: all. */
export type VisitNarrowing = {
  readonly procedureCodes?: readonly string[] | undefined;
  readonly channel?: string | undefined;
  readonly stepId?: string | undefined;
  readonly staffId?: string | undefined;
};

/** Steps left on days of each period at each group of units; units of a group are told apart only `by` them. */
export type VisitReading = {
  readonly groups: readonly (readonly string[])[];
  readonly periods: readonly Period[];
  readonly narrowing: VisitNarrowing;
  readonly by?: VisitColumn | undefined;
};

export type VisitColumn = Exclude<SplitBy, 'field'>;

/** Visits of one group and period; `key` is empty unless told apart. */
export type VisitSum = VisitCell & { readonly g: number; readonly p: number; readonly key: string };

/** Stands for nobody: a step the software did by itself. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';
const COLUMN = {
  step: 'step_id',
  person: `coalesce(staff_id, '${NOBODY}')`,
  unit: 'unit_id',
  procedure: 'procedure_code',
  channel: 'channel',
} as const satisfies Record<VisitColumn, string>;

/** What visits are told apart by, as text. */
export const visitKeySql = (by: VisitColumn | undefined): RawBuilder<unknown> =>
  sql.raw(by === undefined ? `''` : `${COLUMN[by]}::text`);

/** Visits left on days from one to before another, by index of the instant. */
export const leftBetween = (from: Day, until: Day): RawBuilder<unknown> =>
  sql`ended_at >= ${instantAt(from, '00:00')} and ended_at < ${instantAt(until, '00:00')}`;

/** The condition on rows of visits, whether summed or not. */
export function matchingVisits({ procedureCodes, channel, stepId, staffId }: VisitNarrowing): RawBuilder<unknown> {
  return sql.join(
    [
      sql`true`,
      ...(stepId === undefined ? [] : [sql`step_id = ${stepId}`]),
      ...(staffId === undefined ? [] : [sql`${sql.raw(COLUMN.person)} = ${staffId}::uuid`]),
      ...(procedureCodes === undefined ? [] : [sql`procedure_code = any(${[...procedureCodes]}::text[])`]),
      ...(channel === undefined ? [] : [sql`channel = ${channel}`]),
    ],
    sql` and `,
  );
}

/** Up to and with this day visits are added up; undefined where none are. */
export async function frontierOf(db: Db): Promise<Day | undefined> {
  const { rows } = await sql<{ day: Day }>`select day from metrics.visit_frontier`.execute(db);
  return rows[0]?.day;
}

/** Whether nothing is filtered. */
export const isAllVisits = (narrowing: VisitNarrowing): boolean =>
  Object.values(narrowing).every((one) => one === undefined);

/** What was added up to the frontier, from the tables: whole halves and days at the edges. */
export async function readSummedVisits(db: Db, reading: VisitReading, frontier: Day): Promise<readonly VisitSum[]> {
  const { narrowing, by, groups, periods } = reading;
  const live = addDays(frontier, 1);
  const ranges = periods.flatMap(({ from, to }, p) => {
    const after = addDays(to, 1);
    return rangesOf(from, live < after ? live : after).map((one) => ({ p, ...one }));
  });
  if (ranges.length === 0 || groups.every((one) => one.length === 0)) return [];
  const key = visitKeySql(by);
  const sums = (grain: 'half' | 'day'): RawBuilder<unknown> =>
    sql`select ${key} "key", class, way, n, measured, minutes from ${sql.table(grain === 'half' ? 'metrics.visit_cell' : 'metrics.visit_day')}
      where r.grain = ${grain} and unit_id = u.unit_id and start >= r.first and start < r.until and ${matchingVisits(narrowing)}`;
  const { rows } = await sql<VisitSum>`select u.g, r.p, t.key, t.class, t.way, sum(t.n)::float8 n,
      sum(t.measured)::float8 measured, sum(t.minutes)::float8 minutes
    from ${unitsSql(groups)}
    cross join unnest(${ranges.map((one) => one.p)}::integer[], ${ranges.map((one) => one.grain)}::text[],
      ${ranges.map((one) => one.from)}::date[], ${ranges.map((one) => one.until)}::date[]) r(p, grain, first, until)
    cross join lateral (${sums('half')} union all ${sums('day')}) t
    group by 1, 2, 3, 4, 5`.execute(db);
  return rows;
}

/** What was left since the last day added up, for the periods that reach beyond it. */
export async function readVisitsSince(db: Db, reading: VisitReading, frontier: Day): Promise<readonly VisitSum[]> {
  const { periods, groups, narrowing, by } = reading;
  const live = addDays(frontier, 1);
  const firstOf = ({ from }: Period): Day => (from < live ? live : from);
  const open = periods.filter((one) => firstOf(one) <= one.to);
  const first = open.map(firstOf).sort()[0];
  const last = open
    .map((one) => one.to)
    .sort()
    .at(-1);
  const unitIds = [...new Set(groups.flat())];
  if (first === undefined || last === undefined || unitIds.length === 0) return [];
  const ask = { first, last, unitIds };
  const shared = by === undefined && isAllVisits(narrowing);
  const fresh = await (shared ? sharedFresh(db)(ask) : readFresh(db, [ask], narrowing, by));
  const groupsOf = Map.groupBy(
    groups.flatMap((ids, g) => ids.map((id) => ({ id, g }))),
    ({ id }) => id,
  );
  // What others asked for at the same time may be among it.
  return fresh.flatMap(({ unitId, day, ...sum }) =>
    (groupsOf.get(unitId) ?? []).flatMap(({ g }) =>
      periods.flatMap((period, p) => (firstOf(period) <= day && day <= period.to ? [{ ...sum, g, p }] : [])),
    ),
  );
}

type Fresh = Omit<VisitSum, 'g' | 'p'> & { readonly unitId: string; readonly day: Day };
type FreshAsk = { readonly first: Day; readonly last: Day; readonly unitIds: readonly string[] };

/** Questions of one statement at most. */
const TOGETHER = 32;
const sharedFresh = onePerDb((db) =>
  createSharedReader((asks: readonly FreshAsk[]) => readFresh(db, asks, {}, undefined), TOGETHER),
);

/** Visits by unit and day, counted from the tasks: at least those asked for. */
async function readFresh(
  db: Db,
  asks: readonly FreshAsk[],
  narrowing: VisitNarrowing,
  by: VisitColumn | undefined,
): Promise<readonly Fresh[]> {
  const first = asks.map((one) => one.first).sort()[0] ?? '';
  const last =
    asks
      .map((one) => one.last)
      .sort()
      .at(-1) ?? '';
  const unitIds = [...new Set(asks.flatMap((one) => one.unitIds))];
  const key = visitKeySql(by);
  const { rows } = await sql<Fresh>`select unit_id "unitId", day, ${key} "key", class, way, count(*)::float8 n,
      count(minutes)::float8 measured, coalesce(sum(minutes), 0)::float8 minutes
    from metrics.visit_fresh where ${leftBetween(first, addDays(last, 1))} and unit_id = any(${unitIds}::uuid[]) and ${matchingVisits(narrowing)}
    group by 1, 2, 3, 4, 5`.execute(db);
  return rows;
}

const unitsSql = (groups: VisitReading['groups']): RawBuilder<unknown> => {
  const pairs = groups.flatMap((ids, g) => ids.map((id) => ({ id, g })));
  return sql`unnest(${pairs.map((one) => one.id)}::uuid[], ${pairs.map((one) => one.g)}::integer[]) u(unit_id, g)`;
};

const among = (column: string, list: readonly string[] | undefined): RawBuilder<unknown> =>
  list === undefined ? sql`true` : sql`${sql.ref(column)} = any(${[...list]}::text[])`;

/**
 * A page of the visits behind a figure, latest first, that the scope lets be seen; and how many there are.
 * @param scope undefined: all of them are seen
 */
export async function readVisitRows(
  db: Db,
  terms: readonly VisitTerm[],
  reading: { readonly unitIds: readonly string[]; readonly period: Period; readonly narrowing: VisitNarrowing },
  scope: { where(alias: string): RawBuilder<boolean> } | undefined,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly rows: readonly VisitRow[]; readonly total: number; readonly visible: number }> {
  const { period, unitIds } = reading;
  const counted = terms.map(
    ({ where = {} }) =>
      sql`(${among('class', where.class)} and ${among('way', where.way)} and ${where.measured ? sql`minutes is not null` : sql`true`})`,
  );
  const where = sql`${leftBetween(period.from, addDays(period.to, 1))} and unit_id = any(${[...unitIds]}::uuid[])
    and ${matchingVisits(reading.narrowing)} and (${sql.join(counted, sql` or `)})`;
  const seen = scope
    ? sql`select v.dossier_id, v.seq, v.ended_at, coalesce(${scope.where('d')}, false) seen
      from (select dossier_id, seq, ended_at from metrics.visit_fresh where ${where}) v left join dossiers.fact d on d.id = v.dossier_id`
    : sql`select dossier_id, seq, ended_at, true seen from metrics.visit_fresh where ${where}`;
  // The visits are walked through once: for both counts and for which of them stand on the page.
  const onPage = sql`from found where seen order by ended_at desc, dossier_id, seq limit ${page.limit} offset ${page.offset}`;
  const { rows: known } = await sql<{
    total: number;
    visible: number;
    ids: string[];
    seqs: number[];
  }>`with found as materialized (${seen})
    select (select count(*) from found)::float8 total, (select count(*) from found where seen)::float8 visible,
      array(select dossier_id ${onPage}) ids, array(select seq ${onPage}) seqs`.execute(db);
  const [{ total, visible, ids, seqs } = { total: 0, visible: 0, ids: [], seqs: [] }] = known;
  const { rows } =
    await sql<VisitRow>`select v.dossier_id "dossierId", d.code, v.step_id "stepId", v.procedure_code "procedureCode", v.channel,
      v.unit_id "unitId", v.staff_id "staffId", v.started_at "startedAt", v.due_at "dueAt", v.ended_at "endedAt", v.class, v.way, v.minutes
    from unnest(${ids}::uuid[], ${seqs}::integer[]) with ordinality p(id, seq, nth)
      join metrics.visit_fresh v on v.dossier_id = p.id and v.seq = p.seq join dossiers.fact d on d.id = v.dossier_id order by p.nth`.execute(
      db,
    );
  return { rows, total, visible };
}
