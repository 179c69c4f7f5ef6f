import { sql } from 'kysely';
import { addDays, type Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { type Narrowing, narrowed } from './narrowing-sql.ts';
import type { Bucket, Kind } from './rules/bundle.ts';
import { halfOf } from './rules/ranges.ts';
import type { Line } from './rules/series.ts';
import { MEASURES, PARTS } from './sums-sql.ts';
import { matchingVisits, type VisitNarrowing } from './visit-store.ts';

/** Half months of one unit, bucket and channel; each text lists a number (of `measures` three) for every half. */
type Row = {
  readonly unitId: string;
  readonly kind: Kind;
  readonly bucket: string;
  readonly channel: string;
  readonly halves: string;
  readonly n: string;
  readonly measures: string | null;
};

/** `halfNumber` of a day, in SQL. */
const numberSql = (day: string): string =>
  `((extract(year from ${day}) * 12 + extract(month from ${day}) - 1) * 2 + case when extract(day from ${day}) >= 15 then 1 else 0 end)::integer`;
const MEASURED = PARTS.filter((part) => part.measured).map((part) => part.kind);

/**
 * The half months of some units and kinds from one number on, by `<unit> <kind>`. Whole lists travel as one text: of a
 * province there are a hundred thousand numbers.
 * @param keyOf the number of a bucket and channel
 * @param narrowing undefined: all dossiers, from the sums that know no filters
 */
export async function readSeries(
  db: Db,
  unitIds: readonly string[],
  kinds: readonly Kind[],
  from: number,
  keyOf: (name: Bucket) => number,
  narrowing: Narrowing | undefined,
): Promise<ReadonlyMap<string, readonly Line[]>> {
  const number = sql.raw(numberSql('c.start'));
  const wanted = sql`c.unit_id = any(${[...unitIds]}::uuid[]) and c.kind = any(${[...kinds]}::text[])
      and c.start >= make_date(${Math.max(1, Math.floor(from / 24))}, ${Math.floor((from % 24) / 2) + 1}, ${from % 2 === 0 ? 1 : 15})`;
  const sums = narrowing
    ? sql`(select c.unit_id, c.kind, c.bucket, c.channel, c.start, ${sql.raw(MEASURES)} from metrics.cell c
        where ${wanted} and ${narrowed(narrowing, 'c')} group by 1, 2, 3, 4, 5) c`
    : sql`metrics.total c where ${wanted}`;
  const { rows } = await sql<Row>`select c.unit_id "unitId", c.kind, c.bucket, c.channel,
      string_agg(${number}::text, ' ' order by c.start) halves, string_agg(c.n::text, ' ' order by c.start) n,
      string_agg(concat_ws(' ', c.minutes, c.worked, c.work_minutes), ' ' order by c.start)
        filter (where c.kind = any(${MEASURED}::text[])) measures
    from ${sums}
    group by 1, 2, 3, 4`.execute(db);
  const found = new Map<string, Line[]>();
  for (const { unitId, kind, bucket, channel, halves, n, measures } of rows) {
    const lines = found.get(`${unitId} ${kind}`) ?? [];
    found.set(`${unitId} ${kind}`, lines);
    lines.push({
      key: keyOf({ bucket, channel }),
      halves: numbersOf(halves),
      n: numbersOf(n),
      measures: numbersOf(measures ?? ''),
    });
  }
  return found;
}

/** What visits are told apart by. */
export type VisitKind = { readonly class: string; readonly way: string };
export const VISITS = 'visits';

/**
 * The half months of visits left to the frontier, by `<unit> visits`; the measures are how many are measured, their minutes,
 * and nothing. The half that is under way is added up of its days: sums made since do not count.
 * @param narrowing undefined: all visits, from the sums that know no filters
 */
export async function readVisitSeries(
  db: Db,
  unitIds: readonly string[],
  frontier: Day,
  keyOf: (name: VisitKind) => number,
  narrowing: VisitNarrowing | undefined,
): Promise<ReadonlyMap<string, readonly Line[]>> {
  const current = halfOf(addDays(frontier, 1));
  const ofUnits = sql`unit_id = any(${[...unitIds]}::uuid[])`;
  const matching = narrowing ? matchingVisits(narrowing) : sql`true`;
  const before = narrowing
    ? sql`select unit_id, class, way, start, sum(n) n, sum(measured) measured, sum(minutes) minutes from metrics.visit_cell
        where ${ofUnits} and start < ${current}::date and ${matching} group by 1, 2, 3, 4`
    : sql`select unit_id, class, way, start, n, measured, minutes from metrics.visit_total
        where ${ofUnits} and start < ${current}::date`;
  const number = sql.raw(numberSql('start'));
  const { rows } = await sql<VisitKind & { unitId: string; halves: string; n: string; measures: string }>`select
      unit_id "unitId", class, way, string_agg(half::text, ' ' order by half) halves, string_agg(n::text, ' ' order by half) n,
      string_agg(measured || ' ' || minutes || ' 0', ' ' order by half) measures
    from (
      select unit_id, class, way, ${number} half, n, measured, minutes from (${before}) b
      union all
      select unit_id, class, way, ${sql.raw(numberSql('min(start)'))}, sum(n), sum(measured), sum(minutes) from metrics.visit_day
      where ${ofUnits} and start >= ${current}::date and start <= ${frontier}::date and ${matching}
      group by 1, 2, 3
    ) h group by 1, 2, 3`.execute(db);
  const found = new Map<string, Line[]>();
  for (const { unitId, class: klass, way, halves, n, measures } of rows) {
    const lines = found.get(`${unitId} ${VISITS}`) ?? [];
    found.set(`${unitId} ${VISITS}`, lines);
    lines.push({
      key: keyOf({ class: klass, way }),
      halves: numbersOf(halves),
      n: numbersOf(n),
      measures: numbersOf(measures),
    });
  }
  return found;
}

const numbersOf = (list: string): readonly number[] => (list === '' ? [] : list.split(' ').map(Number));
