import { onePerDb } from '../../../platform/db/one-per-db.ts';
import { createNarrowedSeries } from './narrowed-series.ts';
import type { Narrowing } from './narrowing-sql.ts';
import type { Kind } from './rules/bundle.ts';
import { type NamedBucket, readSeries } from './series-store.ts';

/** Those of 250 units over three years are half a million, a million with five procedures told apart. */
const MOST = { all: 1_500_000, divided: 1_400_000, narrowed: 200_000 };

/**
 * The half months of dossiers by unit, kind, bucket and channel: of `total`, narrowed or by procedure of `cell`. Kept as long
 * as the pool.
 */
export const totalSeriesOf = onePerDb((db) =>
  createNarrowedSeries<Kind, NamedBucket, Narrowing, 'procedure'>((...asked) => readSeries(db, ...asked), MOST),
);
