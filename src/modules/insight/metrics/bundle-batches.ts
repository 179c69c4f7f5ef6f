import type { Db } from '../../../platform/db/open.ts';
import { readBundles } from './bundle-store.ts';
import { type Bundle, type Needs, NO_BUNDLE } from './rules/bundle.ts';
import type { Period, UnitRole } from './rules/types.ts';
import type { Narrowing } from './segment-store.ts';

/** One bundle wanted: figures standing under a unit in a period. */
export type Wanted = Needs & {
  readonly unitId: string;
  readonly roll: 'own' | 'tree';
  readonly period: Period;
  readonly role: UnitRole;
  readonly narrowing: Narrowing;
};

/** With its key among those kept and the units whose figures stand there. */
export type Asked = { readonly key: string; readonly one: Wanted; readonly unitIds: readonly string[] };
type Batch = readonly Asked[];

/** Wanted bundles that one reading can serve: the same filters and kinds, and of each unit the same periods. */
export function batchesOf(missing: Batch): readonly Batch[] {
  const question = (one: Wanted): string => JSON.stringify([one.role, one.narrowing, one.kinds, one.stock]);
  const unit = (one: Wanted): string => `${one.unitId} ${one.roll} ${question(one)}`;
  const periods = new Map<string, string>();
  for (const { one } of missing) periods.set(unit(one), `${periods.get(unit(one)) ?? ''} ${periodKey(one.period)}`);
  const batches = new Map<string, Asked[]>();
  for (const each of missing) {
    const batch = question(each.one) + periods.get(unit(each.one));
    const known = batches.get(batch);
    if (known) known.push(each);
    else batches.set(batch, [each]);
  }
  return [...batches.values()];
}

/** In the order of the batch. */
export async function readBatch(db: Db, batch: Batch, now: Date): Promise<readonly Bundle[]> {
  const first = batch[0]?.one;
  if (!first) return [];
  // Of one unit the places differ only where units changed between the periods.
  const groups = new Map(batch.map(({ unitIds }) => [unitIds.join(), unitIds]));
  const periods = new Map(batch.map(({ one }) => [periodKey(one.period), one.period]));
  const { role, narrowing, kinds, stock } = first;
  const found = await readBundles(
    db,
    {
      groups: [...groups.values()],
      periods: [...periods.values()],
      role,
      narrowing,
      kinds,
      stock,
      byProcedure: false,
      withLateToday: false,
    },
    now,
  );
  const at = new Map(found.map((one) => [`${one.g} ${one.p}`, one.bundle]));
  const g = new Map([...groups.keys()].map((key, nth) => [key, nth]));
  const p = new Map([...periods.keys()].map((key, nth) => [key, nth]));
  return batch.map(
    ({ one, unitIds }) => at.get(`${g.get(unitIds.join())} ${p.get(periodKey(one.period))}`) ?? NO_BUNDLE,
  );
}

const periodKey = ({ from, to }: Period): string => `${from} ${to}`;
