import { onePerDb } from '../../../platform/db/one-per-db.ts';
import type { Bucket, Kind } from './rules/bundle.ts';
import { createSeriesBook } from './series-book.ts';
import { readSeries } from './series-store.ts';

/** Those of 250 units over three years are half a million. */
const KEPT_POINTS = 1_500_000;

/** The half months of `total`: dossiers by unit, kind, bucket and channel. Kept as long as the pool. */
export const totalSeriesOf = onePerDb((db) =>
  createSeriesBook<Kind, Bucket>((...asked) => readSeries(db, ...asked), KEPT_POINTS),
);
