import { onePerDb } from '../../../platform/db/one-per-db.ts';
import type { Db } from '../../../platform/db/open.ts';
import {
  type FrozenFigure,
  type FrozenFigures,
  findClosedPeriods,
  findFrozen,
  findFrozenUnits,
  frozenKey,
} from './closing-store.ts';
import { dropOldest } from './oldest.ts';
import type { MetricQuery } from './rules/types.ts';
import { ANY_CHANGE, lookOf } from './standing-store.ts';

/** Some three hundred bytes each. */
const KEPT = 5000;

/** Frozen figures already read by this process, used again until anything is closed: they never change. One per database. */
const bookOf = onePerDb(createFrozenBook);

/** Frozen figures of the queries by `frozenKey`, those closed before this was asked. */
export const frozenFigures = (db: Db, queries: readonly MetricQuery[]): Promise<FrozenFigures> => bookOf(db)(queries);

/** What is known of the closings there are. */
type Known = {
  readonly periods: Promise<ReadonlySet<string>>;
  /** Of each closed period the units that have figures of it. */
  readonly units: Map<string, Promise<ReadonlySet<string>>>;
  /** `null`: a unit's, but not of this metric. */
  readonly figures: Map<string, FrozenFigure | null>;
};

function createFrozenBook(db: Db): (queries: readonly MetricQuery[]) => Promise<FrozenFigures> {
  let stamp: string | undefined;
  let present: Known | undefined;
  const knownAt = (closings: string): Known => {
    if (present && stamp === closings) return present;
    const known: Known = { periods: findClosedPeriods(db), units: new Map(), figures: new Map() };
    known.periods.catch(() => {
      if (present === known) present = undefined;
    });
    stamp = closings;
    present = known;
    return known;
  };

  return async (queries) => {
    // A reading that began before a closing goes into what was known before it.
    const known = knownAt((await lookOf(db)(ANY_CHANGE)).closings);
    const periods = await known.periods;
    const { figures } = known;
    const found = new Map<string, FrozenFigure>();
    const missing: { readonly query: MetricQuery; readonly key: string }[] = [];
    for (const query of queries) {
      const { id, cutoff } = query.period;
      if (!periods.has(`${id} ${cutoff}`) || !(await unitsOf(db, known, id, cutoff)).has(query.unitId)) continue;
      const key = frozenKey(query);
      const figure = figures.get(key);
      if (figure) found.set(key, figure);
      if (figure === undefined) missing.push({ query, key });
    }
    if (missing.length === 0) return found;
    const asked = missing.map(({ query }) => query);
    const read = await findFrozen(db, asked);
    for (const { key } of missing) {
      const figure = read.get(key);
      if (figure) found.set(key, figure);
      figures.set(key, figure ?? null);
    }
    dropOldest(figures, KEPT);
    return found;
  };
}

function unitsOf(db: Db, { units }: Known, periodId: string, cutoff: string): Promise<ReadonlySet<string>> {
  const key = `${periodId} ${cutoff}`;
  const known = units.get(key);
  if (known) return known;
  const read = findFrozenUnits(db, periodId, cutoff);
  units.set(key, read);
  read.catch(() => units.delete(key));
  return read;
}
