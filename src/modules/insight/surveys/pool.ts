import { Decimal, rounded } from '../../../core/scoring/decimal.ts';
import type { Shown } from './rules/results.ts';

/** What several places found together. */
export type Pooled = { readonly percent: number; readonly n: number };
/** A place as it is frozen, with the dossiers it speaks for where they are known. */
export type Place = Pick<Shown, 'result' | 'hidden'> & { readonly frame?: number };

/**
 * Shown places as one figure, by their answers; to two decimals like those it is made of: 5 of 6 and 12 of 14 are 85, not
 * 84.996 of figures rounded before. Hidden places are left out: what they found is not known.
 * @param byFrame by their dossiers instead: of a weighted survey
 * @returns null where nothing is shown
 */
export function poolPlaces(places: readonly Place[], byFrame = false): Pooled | null {
  const shown = places.flatMap(({ result, frame }) =>
    result ? [{ ...result, weight: byFrame ? (frame ?? result.n) : result.n }] : [],
  );
  const weight = shown.reduce((sum, one) => sum + one.weight, 0);
  if (weight === 0) return null;
  const sum = shown.reduce((all, one) => all.plus(new Decimal(one.percent).times(one.weight)), new Decimal(0));
  return { percent: rounded(sum.div(weight)), n: shown.reduce((n, one) => n + one.n, 0) };
}

/**
 * All of the places as one figure: null where one of them is hidden, for beside the others the sum would tell of those few.
 * @param byFrame as `poolPlaces`
 */
export const poolAll = (places: readonly Place[], byFrame = false): Pooled | null =>
  places.some((place) => place.hidden) ? null : poolPlaces(places, byFrame);
