import { createSharedReader } from '../../../platform/db/gather.ts';
import { onePerDb } from '../../../platform/db/one-per-db.ts';
import type { Db } from '../../../platform/db/open.ts';
import { type FrozenFigure, type FrozenFigures, findFrozen, frozenKey, readClosedPeriods } from './closing-store.ts';
import type { MetricQuery } from './rules/types.ts';

/** Some three hundred bytes each. */
const KEPT = 2000;
/** Who look at the closings together, at most. */
const LOOKING = 1000;

/** Frozen figures already read by this process, used again until anything is closed: they never change. One per database. */
const bookOf = onePerDb(createFrozenBook);

/** Frozen figures of the queries by `frozenKey`, those closed before this was asked. */
export const frozenFigures = (db: Db, queries: readonly MetricQuery[]): Promise<FrozenFigures> => bookOf(db)(queries);

function createFrozenBook(db: Db): (queries: readonly MetricQuery[]) => Promise<FrozenFigures> {
  const look = createSharedReader(() => readClosedPeriods(db), LOOKING);
  // `null`: closed by somebody, but not of this unit.
  let kept = new Map<string, FrozenFigure | null>();
  let stamp = '';
  return async (queries) => {
    const closed = await look(null);
    if (closed.stamp !== stamp || kept.size > KEPT) {
      stamp = closed.stamp;
      kept = new Map();
    }
    // A reading that began before a closing goes into the figures known before it.
    const known = kept;
    const asked = queries
      .filter(({ period }) => closed.periods.has(`${period.id} ${period.cutoff}`))
      .map((query) => ({ query, key: frozenKey(query) }));
    const missing = asked.filter(({ key }) => !known.has(key));
    if (missing.length > 0) {
      const read = await findFrozen(
        db,
        missing.map(({ query }) => query),
      );
      for (const { key } of missing) known.set(key, read.get(key) ?? null);
    }
    const found = new Map<string, FrozenFigure>();
    for (const { key } of asked) {
      const figure = known.get(key);
      if (figure) found.set(key, figure);
    }
    return found;
  };
}
