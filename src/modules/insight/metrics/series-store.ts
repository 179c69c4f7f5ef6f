import { type RawBuilder, sql } from 'kysely';
import { addDays, type Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { SeriesFilter } from './narrowed-series.ts';
import { type Narrowing, narrowed } from './narrowing-sql.ts';
import type { Bucket, Kind } from './rules/bundle.ts';
import { halfOf } from './rules/ranges.ts';
import type { Line } from './rules/series.ts';
import type { SeriesReading } from './series-book.ts';
import { MEASURES, PARTS } from './sums-sql.ts';
import { matchingVisits, type VisitColumn, type VisitNarrowing, visitKeySql } from './visit-store.ts';

/** What dossiers are told apart by; the procedure is empty unless it is asked. */
export type NamedBucket = Bucket & { readonly procedure: string };

/** Half months of one unit and bucket; each text lists a number (of `measures` three) for every half. */
type Row = NamedBucket & {
  readonly unitId: string;
  readonly kind: Kind;
  readonly halves: string;
  readonly n: string;
  readonly measures: string | null;
};

/** The unit of a row, by the name it has in what is found. */
const unitSql = (asOne: boolean): RawBuilder<unknown> => sql.raw(asOne ? "''::text" : 'unit_id');
/** `halfNumber` of a day, in SQL. */
const numberSql = (day: string): string =>
  `((extract(year from ${day}) * 12 + extract(month from ${day}) - 1) * 2 + case when extract(day from ${day}) >= 15 then 1 else 0 end)::integer`;
const MEASURED = PARTS.filter((part) => part.measured).map((part) => part.kind);

/**
 * The half months of some units and kinds from one number on, by `<unit> <kind>`. Whole lists travel as one text: of a
 * province there are a hundred thousand numbers.
 * Where nothing is narrowed or told apart they come from the sums that know no filters.
 */
export async function readSeries(
  db: Db,
  { unitIds, kinds, from, keyOf, asOne }: SeriesReading<Kind, NamedBucket>,
  { narrowing, by }: SeriesFilter<Narrowing, 'procedure'>,
): Promise<ReadonlyMap<string, readonly Line[]>> {
  const number = sql.raw(numberSql('c.start'));
  const wanted = sql`c.unit_id = any(${[...unitIds]}::uuid[]) and c.kind = any(${[...kinds]}::text[])
      and c.start >= make_date(${Math.max(1, Math.floor(from / 24))}, ${Math.floor((from % 24) / 2) + 1}, ${from % 2 === 0 ? 1 : 15})`;
  const told = narrowing !== undefined || by !== undefined;
  const sums = told
    ? sql`(select ${unitSql(asOne)} unit_id, c.kind, c.bucket, c.channel, ${sql.raw(by ? 'c.procedure_code' : "''")} procedure,
          c.start, ${sql.raw(MEASURES)}
        from metrics.cell c where ${wanted} and ${narrowed(narrowing ?? {}, 'c')} group by 1, 2, 3, 4, 5, 6) c`
    : sql`(select ${unitSql(asOne)} unit_id, kind, bucket, channel, '' procedure, start, n, minutes, worked, work_minutes
        from metrics.total c where ${wanted}) c`;
  const { rows } = await sql<Row>`select c.unit_id "unitId", c.kind, c.bucket, c.channel, c.procedure,
      string_agg(${number}::text, ' ' order by c.start) halves, string_agg(c.n::text, ' ' order by c.start) n,
      string_agg(concat_ws(' ', c.minutes, c.worked, c.work_minutes), ' ' order by c.start)
        filter (where c.kind = any(${MEASURED}::text[])) measures
    from ${sums}
    group by 1, 2, 3, 4, 5`.execute(db);
  const found = new Map<string, Line[]>();
  for (const { unitId, kind, bucket, channel, procedure, halves, n, measures } of rows) {
    const lines = found.get(`${unitId} ${kind}`) ?? [];
    found.set(`${unitId} ${kind}`, lines);
    lines.push({
      key: keyOf({ bucket, channel, procedure }),
      halves: numbersOf(halves),
      n: numbersOf(n),
      measures: numbersOf(measures ?? ''),
    });
  }
  return found;
}

/** What visits are told apart by; `key` (the step, say) is empty unless it is asked. */
export type VisitKind = { readonly class: string; readonly way: string; readonly key: string };
export const VISITS = 'visits';

/**
 * The half months of visits left to the frontier, by `<unit> visits`; the measures are how many are measured, their minutes,
 * and nothing. The half that is under way is added up of its days: sums made since do not count.
 * Where nothing is narrowed or told apart they come from the sums that know no filters.
 */
export async function readVisitSeries(
  db: Db,
  { unitIds, keyOf, asOne }: SeriesReading<typeof VISITS, VisitKind>,
  { narrowing, by }: SeriesFilter<VisitNarrowing, VisitColumn>,
  frontier: Day,
): Promise<ReadonlyMap<string, readonly Line[]>> {
  const current = halfOf(addDays(frontier, 1));
  const ofUnits = sql`unit_id = any(${[...unitIds]}::uuid[])`;
  const matching = matchingVisits(narrowing ?? {});
  const key = visitKeySql(by);
  const unit = unitSql(asOne);
  const told = narrowing !== undefined || by !== undefined;
  const before = told
    ? sql`select ${unit} unit_id, class, way, ${key} key, start, sum(n) n, sum(measured) measured, sum(minutes) minutes from metrics.visit_cell
        where ${ofUnits} and start < ${current}::date and ${matching} group by 1, 2, 3, 4, 5`
    : sql`select ${unit} unit_id, class, way, '' key, start, n, measured, minutes from metrics.visit_total
        where ${ofUnits} and start < ${current}::date`;
  const number = sql.raw(numberSql('start'));
  const { rows } = await sql<VisitKind & { unitId: string; halves: string; n: string; measures: string }>`select
      unit_id "unitId", class, way, key, string_agg(half::text, ' ' order by half) halves, string_agg(n::text, ' ' order by half) n,
      string_agg(measured || ' ' || minutes || ' 0', ' ' order by half) measures
    from (
      select unit_id, class, way, key, ${number} half, n, measured, minutes from (${before}) b
      union all
      select ${unit}, class, way, ${key}, ${sql.raw(numberSql('min(start)'))}, sum(n), sum(measured), sum(minutes) from metrics.visit_day
      where ${ofUnits} and start >= ${current}::date and start <= ${frontier}::date and ${matching}
      group by 1, 2, 3, 4
    ) h group by 1, 2, 3, 4`.execute(db);
  const found = new Map<string, Line[]>();
  for (const { unitId, class: klass, way, key, halves, n, measures } of rows) {
    const lines = found.get(`${unitId} ${VISITS}`) ?? [];
    found.set(`${unitId} ${VISITS}`, lines);
    lines.push({
      key: keyOf({ class: klass, way, key }),
      halves: numbersOf(halves),
      n: numbersOf(n),
      measures: numbersOf(measures),
    });
  }
  return found;
}

const numbersOf = (list: string): readonly number[] => (list === '' ? [] : list.split(' ').map(Number));
