import { type Decimal, type Ranked, rankHighest } from '../../../../core/scoring/index.ts';
import type { Attained } from './attain.ts';
import type { TargetTerms } from './definition.ts';

/** One unit of a league with its judged result; `band` where the target is one. */
export type Entrant<T> = {
  readonly item: T;
  readonly attained: Attained;
  readonly band?: string | null | undefined;
};

/** Ranked best first with ties (“1224”); units with too few cases and those without data stand apart, unranked. */
export type League<T> = {
  readonly ranked: readonly Ranked<T>[];
  readonly tooFew: readonly T[];
  readonly noData: readonly T[];
};

/**
 * The league table of one target. Equals are equal before rounding: 1 of 3 and 2 of 6 share a place. The population of
 * each rank is the number of ranked units.
 */
export function league<T>(terms: TargetTerms, entrants: readonly Entrant<T>[]): League<T> {
  const { goal, direction } = terms;
  const scoreOf = ({ attained, band }: Entrant<T>): number | null => {
    if ('atLeastBand' in goal) return band && goal.bands.includes(band) ? goal.bands.indexOf(band) : null;
    const value: Decimal | null = attained.value;
    return value === null ? null : direction === 'up' ? value.toNumber() : -value.toNumber();
  };
  const few = (one: Entrant<T>): boolean => one.attained.light === 'too-few';
  const enough = entrants.filter((one) => !few(one) && scoreOf(one) !== null);
  return {
    ranked: rankHighest(enough, (one) => scoreOf(one) ?? 0).map((one) => ({ ...one, item: one.item.item })),
    tooFew: entrants.filter(few).map((one) => one.item),
    noData: entrants.filter((one) => !few(one) && scoreOf(one) === null).map((one) => one.item),
  };
}
