import type { Day } from '../../../core/time/index.ts';
import { onePerDb } from '../../../platform/db/one-per-db.ts';
import type { Db } from '../../../platform/db/open.ts';
import { isNarrowed, type Narrowing } from './narrowing-sql.ts';
import type { Bucket, Kind } from './rules/bundle.ts';
import type { Lines } from './rules/series.ts';
import { createSeriesBook, type SeriesAsk, type SeriesBook } from './series-book.ts';
import { readSeries } from './series-store.ts';

/** Those of 250 units over three years are half a million. */
const KEPT_POINTS = 1_500_000;
/** Of what was narrowed last. */
const KEPT_NARROWED = 400_000;

const bookOf = (most: number) =>
  onePerDb(
    (db): SeriesBook<Kind, Bucket> =>
      createSeriesBook(
        (unitIds, kinds, from, keyOf, filter) => readSeries(db, unitIds, kinds, from, keyOf, narrowingOf(filter)),
        most,
      ),
  );
const narrowingOf = (filter: string): Narrowing | undefined =>
  filter === '' ? undefined : (JSON.parse(filter) as Narrowing);

/** The half months of `total`: dossiers by unit, kind, bucket and channel. Kept as long as the pool. */
export const totalSeriesOf = bookOf(KEPT_POINTS);
/** Those of `cell`, of each filter by themselves: they do not push the others out. */
const narrowedSeriesOf = bookOf(KEPT_NARROWED);

/** The whole halves of each group of units, as `SeriesBook.sums` tells them. */
export const sumsOfHalves = (
  db: Db,
  narrowing: Narrowing,
  ask: Omit<SeriesAsk<Kind>, 'filter'>,
): Promise<readonly Lines<Bucket>[]> =>
  isNarrowed(narrowing)
    ? narrowedSeriesOf(db).sums({ ...ask, filter: JSON.stringify(narrowing) })
    : totalSeriesOf(db).sums(ask);

/** What lies on this day or later is read again when it is next asked for. */
export function forgetHalvesFrom(db: Db, day: Day): void {
  totalSeriesOf(db).forgetFrom(day);
  narrowedSeriesOf(db).forgetFrom(day);
}
