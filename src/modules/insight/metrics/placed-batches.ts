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
  type Unit = { readonly question: string; periods: string };
  const units = new Map<string, Unit>();
  const unitOf = new Map<Placed<W>, Unit>();
  for (const each of missing) {
    const asked = question(each.one);
    const key = `${each.one.unitId} ${each.one.roll} ${asked}`;
    const unit = units.get(key) ?? { question: asked, periods: '' };
    unit.periods += ` ${periodKey(each.one.period)}`;
    units.set(key, unit);
    unitOf.set(each, unit);
  }
  return [
    ...Map.groupBy(missing, (each) => {
      const unit = unitOf.get(each);
      return `${unit?.question}${unit?.periods}`;
    }).values(),
  ];
}

/** The groups of units and the periods of a batch, and where each stands among them. */
export function gridOf<W extends Standing>(batch: readonly Placed<W>[]) {
  // Of one unit the places differ only where units changed between the periods.
  const groups: (readonly string[])[] = [];
  const periods: Period[] = [];
  const g = new Map<string, number>();
  const p = new Map<string, number>();
  const places = new Map<Placed<W>, { readonly g: number; readonly p: number }>();
  for (const each of batch) {
    const [units, days] = [each.unitIds.join(), periodKey(each.one.period)];
    const place = {
      g: g.get(units) ?? groups.push(each.unitIds) - 1,
      p: p.get(days) ?? periods.push(each.one.period) - 1,
    };
    g.set(units, place.g);
    p.set(days, place.p);
    places.set(each, place);
  }
  return { groups, periods, placeOf: (each: Placed<W>) => places.get(each) ?? { g: -1, p: -1 } };
}

const periodKey = ({ from, to }: Period): string => `${from} ${to}`;
