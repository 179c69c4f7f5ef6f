import { dayOf } from '../../../core/time/index.ts';
import { onePerDb } from '../../../platform/db/one-per-db.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import { type Asked, bundleBatches, questionKey, readBatch, type Wanted } from './bundle-batches.ts';
import { createKeptTables, type KeptTables } from './kept-tables.ts';
import { dropOldest } from './oldest.ts';
import { findCountedUnits } from './read-store.ts';
import { type Bundle, NO_BUNDLE } from './rules/bundle.ts';
import { type Places, placesOn, unitsUnder } from './rules/placement.ts';
import { readLateToday } from './segment-store.ts';
import { lookOf } from './standing-store.ts';
import { PARTS } from './sums-sql.ts';
import { totalSeriesOf } from './total-series.ts';

/**
 * Bundles already read by this process, used again until a counting touches a day of their period: past periods stay, the
 * running one is read again after each change. One per database.
 */
export type BundleBook = {
  /** What changed since the last look is forgotten. @throws AppError metrics/building before the sums were first made */
  refresh(directory: UnitDirectory): Promise<void>;
  under(wanted: Pick<Wanted, 'unitId' | 'roll' | 'period'>): readonly string[];
  /** In the order asked; what is not known is read in as few statements as there are kinds of questions. */
  bundles(wanted: readonly Wanted[], now: Date): Promise<readonly Bundle[]>;
  readonly tables: KeptTables;
  /**
   * Reads the half months of some units nobody asked about yet; `divided`: procedures told apart.
   * @returns whether there are more
   */
  readAhead(divided: boolean): Promise<boolean>;
};

const KEPT = 300;
/** More than this at once would push all others out, and be pushed out by the next ones. */
const KEPT_AT_ONCE = 100;
type Kept = { readonly to: string; readonly bundle: Promise<Bundle> };

const KINDS = PARTS.map((part) => part.kind);

/** The book of a database; kept as long as its pool. */
export const bundleBookOf = onePerDb(createBundleBook);

function createBundleBook(db: Db): BundleBook {
  const kept = new Map<string, Kept>();
  const tables = createKeptTables();
  const places = new Map<string, Places>();
  let seen = -1;
  let directory: UnitDirectory | undefined;
  let counted: readonly string[] = [];

  const forget = (from: string): void => {
    for (const [key, one] of kept) if (one.to >= from) kept.delete(key);
    tables.forgetFrom(from);
    totalSeriesOf(db).forgetFrom(from);
  };
  const forgetAll = (): void => {
    places.clear();
    kept.clear();
    tables.forgetFrom('');
  };
  const keep = (key: string, to: string, bundle: Promise<Bundle>): void => {
    dropOldest(kept, KEPT - 1);
    kept.set(key, { to, bundle });
    bundle.catch(() => kept.delete(key));
  };

  const under: BundleBook['under'] = ({ unitId, roll, period }) => {
    if (!directory) throw new Error('refresh comes first');
    let found = places.get(period.to);
    if (!found) {
      if (places.size > 200) places.clear();
      found = placesOn(directory, counted, period.to);
      places.set(period.to, found);
    }
    return unitsUnder(directory, found, unitId, roll, period.to);
  };

  return {
    under,
    tables,
    readAhead: (divided) => totalSeriesOf(db).readAhead(counted, KINDS, divided ? 'procedure' : undefined),
    async refresh(present) {
      const change = await lookOf(db)(seen);
      if (!change.built) throw new AppError('metrics/building');
      if (change.last > seen || counted.length === 0) {
        forget(seen < change.first - 1 || change.fromDay === null ? '' : change.fromDay);
        seen = Math.max(seen, change.last);
        const units = await findCountedUnits(db, 'metrics.total');
        if (units.join() !== counted.join()) {
          counted = units;
          forgetAll();
        }
      }
      if (directory !== present) {
        directory = present;
        forgetAll();
      }
    },
    async bundles(wanted, now) {
      const today = dayOf(now);
      const asked = wanted.map((one): Asked => {
        const unitIds = under(one);
        return { key: keyOf(one, unitIds, today), one, unitIds };
      });
      const missing = new Map<string, Asked>();
      for (const each of asked) if (!kept.has(each.key) && !missing.has(each.key)) missing.set(each.key, each);
      const reading = new Map(
        asked.flatMap(({ key }) => {
          const known = kept.get(key);
          return known ? [[key, known.bundle]] : [];
        }),
      );
      for (const batch of bundleBatches([...missing.values()])) {
        const found = readBatch(db, batch, now);
        for (const [nth, { key, one }] of batch.entries()) {
          const bundle = found.then((all) => all[nth] ?? NO_BUNDLE);
          if (missing.size <= KEPT_AT_ONCE) keep(key, one.period.to, bundle);
          reading.set(key, bundle);
        }
      }
      const found = await Promise.all(asked.map(({ key }) => reading.get(key) ?? NO_BUNDLE));
      return withLateToday(db, asked, found, now);
    },
  };
}

/** Who are past their due instant since this morning moves with the clock and is always read. */
async function withLateToday(
  db: Db,
  asked: readonly Asked[],
  bundles: readonly Bundle[],
  now: Date,
): Promise<readonly Bundle[]> {
  const today = dayOf(now);
  const filters = new Map<
    string,
    { readonly one: Wanted; readonly groups: (readonly string[])[]; readonly nth: number[] }
  >();
  for (const [nth, { one, unitIds }] of asked.entries()) {
    if (one.period.to < today || !one.kinds.includes('late-from')) continue;
    const key = JSON.stringify([one.role, one.narrowing]);
    const filter = filters.get(key) ?? { one, groups: [], nth: [] };
    filter.groups.push(unitIds);
    filter.nth.push(nth);
    filters.set(key, filter);
  }
  const all = [...bundles];
  for (const { one, groups, nth } of filters.values()) {
    const ask = { groups, role: one.role, narrowing: one.narrowing, byProcedure: false };
    const rows = await readLateToday(db, ask, today, now);
    for (const [g, at] of nth.entries())
      all[at] = { ...(all[at] ?? NO_BUNDLE), lateToday: rows.filter((row) => row.g === g) };
  }
  return all;
}

/**
 * A running period's figures are also those of a day: what is late is judged by it. Where all stands at one place, it is
 * the same by itself as with all below.
 */
const keyOf = (one: Wanted, unitIds: readonly string[], today: string): string => {
  const { from, to } = one.period;
  const place = unitIds.length === 1 ? unitIds[0] : `${one.unitId} ${one.roll}`;
  return `${place} ${from} ${to} ${to >= today ? today : ''} ${questionKey(one)}`;
};
