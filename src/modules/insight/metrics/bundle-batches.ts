import type { Db } from '../../../platform/db/open.ts';
import { readBundles } from './bundle-reading.ts';
import type { Narrowing } from './narrowing-sql.ts';
import { batchesOf, gridOf, type Placed } from './placed-batches.ts';
import { type Bundle, type Needs, NO_BUNDLE } from './rules/bundle.ts';
import type { Period, UnitRole } from './rules/types.ts';

/** One bundle wanted: figures standing under a unit in a period. */
export type Wanted = Needs & {
  readonly unitId: string;
  readonly roll: 'own' | 'tree';
  readonly period: Period;
  readonly role: UnitRole;
  readonly narrowing: Narrowing;
};

/** Its key is that among those kept. */
export type Asked = Placed<Wanted>;

/** What one reading can serve: the same filters and kinds. */
export const bundleBatches = (missing: readonly Asked[]): readonly (readonly Asked[])[] =>
  batchesOf(missing, questionKey);

/** Filters and kinds in one text. */
export const questionKey = ({ role, narrowing, kinds, stock }: Wanted): string => {
  const filters = narrowing.procedureCodes || narrowing.receivedUnitIds ? JSON.stringify(narrowing) : '';
  return `${role} ${kinds.join()} ${stock.join()} ${filters}`;
};

/** In the order of the batch. */
export async function readBatch(db: Db, batch: readonly Asked[], now: Date): Promise<readonly Bundle[]> {
  const first = batch[0]?.one;
  if (!first) return [];
  const { groups, periods, placeOf } = gridOf(batch);
  const { role, narrowing, kinds, stock } = first;
  const found = await readBundles(
    db,
    { groups, periods, role, narrowing, kinds, stock, byProcedure: false, withLateToday: false },
    now,
  );
  const at = new Map(found.map((one) => [`${one.g} ${one.p}`, one.bundle]));
  return batch.map((each) => {
    const { g, p } = placeOf(each);
    return at.get(`${g} ${p}`) ?? NO_BUNDLE;
  });
}
