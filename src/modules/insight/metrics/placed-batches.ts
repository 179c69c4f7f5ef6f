import type { Period } from './rules/types.ts';

type Standing = { readonly unitId: string; readonly roll: 'own' | 'tree'; readonly period: Period };

/** One thing wanted of a unit in a period, with its key and the units whose figures stand there. */
export type Placed<W extends Standing> = {
  readonly key: string;
  readonly one: W;
  readonly unitIds: readonly string[];
};

/** Those that one reading of groups and periods can serve: of one question, and of each unit the same periods. */
export function batchesOf<W extends Standing>(
  missing: readonly Placed<W>[],
  question: (one: W) => string,
): readonly (readonly Placed<W>[])[] {
  const unit = (one: W): string => `${one.unitId} ${one.roll} ${question(one)}`;
  const periods = new Map<string, string>();
  for (const { one } of missing) periods.set(unit(one), `${periods.get(unit(one)) ?? ''} ${periodKey(one.period)}`);
  return [...Map.groupBy(missing, ({ one }) => question(one) + periods.get(unit(one))).values()];
}

/** The groups of units and the periods of a batch, and where each stands among them. */
export function gridOf<W extends Standing>(batch: readonly Placed<W>[]) {
  // Of one unit the places differ only where units changed between the periods.
  const groups = new Map(batch.map(({ unitIds }) => [unitIds.join(), unitIds]));
  const periods = new Map(batch.map(({ one }) => [periodKey(one.period), one.period]));
  const g = new Map([...groups.keys()].map((key, nth) => [key, nth]));
  const p = new Map([...periods.keys()].map((key, nth) => [key, nth]));
  return {
    groups: [...groups.values()],
    periods: [...periods.values()],
    placeOf: ({ one, unitIds }: Placed<W>) => ({
      g: g.get(unitIds.join()) ?? -1,
      p: p.get(periodKey(one.period)) ?? -1,
    }),
  };
}

const periodKey = ({ from, to }: Period): string => `${from} ${to}`;
