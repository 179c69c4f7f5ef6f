import { onePerDb } from '../../../platform/db/one-per-db.ts';
import { createNarrowedSeries } from './narrowed-series.ts';
import type { Narrowing } from './narrowing-sql.ts';
import type { Bucket, Kind } from './rules/bundle.ts';
import { readSeries } from './series-store.ts';

/** Those of 250 units over three years are half a million; of what was narrowed last fewer are kept. */
const MOST = { all: 1_500_000, narrowed: 400_000 };

/** The half months of dossiers by unit, kind, bucket and channel: of `total`, narrowed of `cell`. Kept as long as the pool. */
export const totalSeriesOf = onePerDb((db) =>
  createNarrowedSeries<Kind, Bucket, Narrowing>((...asked) => readSeries(db, ...asked), MOST),
);
