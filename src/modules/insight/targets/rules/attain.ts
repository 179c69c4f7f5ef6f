import { Decimal } from '../../../../core/scoring/index.ts';
import type { Day } from '../../../../core/time/index.ts';
import type { TargetTerms } from './definition.ts';

/** What is known of a unit's result. Counts are kept, never only the percentage. */
export type Reading = {
  readonly numerator?: number | null | undefined;
  readonly denominator?: number | null | undefined;
  /** Where there is no fraction. */
  readonly value?: number | null | undefined;
  readonly band?: string | null | undefined;
  /** Points that could be reached, where the value is some of them: points out of different maxima have no difference. */
  readonly outOf?: number | undefined;
  /** How many cases a plain value stands for: the answers of a survey. */
  readonly volume?: number | null | undefined;
  /** Last day it holds for, where that is known; else it is as of now. */
  readonly asOf?: Day | undefined;
  /** The survey it was read from. */
  readonly surveyId?: string | undefined;
  /** `above`: the result is more than `value`, by how much is not said. */
  readonly bound?: 'above' | 'below' | null | undefined;
};

/** `too-few`: fewer cases than the target asks for, so no light; `no-data` is neither 0 nor 100. */
export const LIGHTS = ['met', 'near', 'behind', 'too-few', 'no-data'] as const;
export type Light = (typeof LIGHTS)[number];

export type Attained = {
  readonly light: Light;
  /** Exact; null for bands and where there is no data. */
  readonly value: Decimal | null;
  /** The number to reach, exact; null for bands, and where a moving goal has no data. */
  readonly goal: Decimal | null;
  /**
   * Share of the goal reached, 1 = all of it. Upward never cut off: 1.35 is 135 %; a ceiling that was kept is 1. Null
   * where it means nothing (an upward goal of 0, bands).
   */
  readonly attainment: Decimal | null;
};

const NEAR_SHARE = 0.9;

/**
 * The value a target is judged by, exact: what was done over the plan, a percentage of counts, or the number itself.
 * @example measured({ planned: { quantity: 12000, … }, … }, { numerator: 16175 }) // 134.7916…, shown as 135 %
 */
export function measured(terms: Pick<TargetTerms, 'planned' | 'unit'>, reading: Reading | null): Decimal | null {
  if (!reading) return null;
  const { numerator = null, denominator = null, value = null } = reading;
  if (terms.planned) return numerator === null ? null : new Decimal(numerator).times(100).div(terms.planned.quantity);
  if (terms.unit === 'percent' && denominator !== null)
    return numerator === null || denominator === 0 ? null : new Decimal(numerator).times(100).div(denominator);
  if (value !== null) return new Decimal(value);
  return numerator === null || terms.unit === 'percent' ? null : new Decimal(numerator);
}

/**
 * Judges a result: met, near (at least `nearShare` of the goal) or behind. Compared exactly, before any rounding: 64.999
 * of 65 is not met.
 * @param reference the value a moving goal compares with; null: it has no data, then nothing can be judged
 */
export function attain(terms: TargetTerms, reading: Reading | null, reference: Decimal | null = null): Attained {
  if ('atLeastBand' in terms.goal) return attainBand(terms, terms.goal, reading);
  const value = measured(terms, reading);
  const goal = goalOf(terms, reference);
  const blank = { value, goal, attainment: null };
  if (value === null || goal === null) return { ...blank, light: 'no-data' };
  const judged = judge(terms, value, goal, reading?.bound ?? null);
  const volume = reading?.volume ?? reading?.denominator ?? null;
  const tooFew = terms.minimumVolume !== undefined && volume !== null && volume < terms.minimumVolume;
  return { value, goal, ...judged, ...(tooFew ? { light: 'too-few' } : {}) };
}

/** Whether a value reaches a goal, and by how much of it. */
export function judge(
  terms: TargetTerms,
  value: Decimal,
  goal: Decimal,
  bound: Reading['bound'] = null,
): Pick<Attained, 'light' | 'attainment'> {
  const attainment = shareOf(terms.direction, value, goal);
  if (isMet(terms, value, goal, bound)) return { light: 'met', attainment };
  const near = attainment?.gte(terms.nearShare ?? NEAR_SHARE) === true;
  return { light: near ? 'near' : 'behind', attainment };
}

function goalOf({ goal }: TargetTerms, reference: Decimal | null): Decimal | null {
  if ('atLeast' in goal) return new Decimal(goal.atLeast);
  if ('above' in goal) return new Decimal(goal.above);
  if ('atMost' in goal) return new Decimal(goal.atMost);
  return 'below' in goal ? new Decimal(goal.below) : reference;
}

function isMet({ goal }: TargetTerms, value: Decimal, wanted: Decimal, bound: Reading['bound']): boolean {
  // “Trên 90 %” reaches “trên 90 %”, though by how much is not known; “dưới 90 %” never reaches 90.
  if ('above' in goal) return bound === 'above' ? value.gte(wanted) : bound === 'below' ? false : value.gt(wanted);
  if ('below' in goal) return bound === 'below' ? value.lte(wanted) : bound === 'above' ? false : value.lt(wanted);
  if ('atMost' in goal || 'notAbove' in goal) return bound !== 'above' && value.lte(wanted);
  return bound !== 'below' && value.gte(wanted);
}

/** Upward: value over goal. Downward: goal over value, so that twice the allowed is a half; a ceiling kept is all of it. */
function shareOf(direction: TargetTerms['direction'], value: Decimal, goal: Decimal): Decimal | null {
  if (direction === 'up') return goal.gt(0) ? value.div(goal) : null;
  if (value.lte(goal)) return new Decimal(1);
  return goal.lt(0) ? null : goal.div(value);
}

function attainBand(
  terms: TargetTerms,
  goal: { atLeastBand: string; bands: string[] },
  reading: Reading | null,
): Attained {
  const blank = { value: null, goal: null, attainment: null };
  const at = reading?.band ? goal.bands.indexOf(reading.band) : -1;
  if (at < 0) return { ...blank, light: 'no-data' };
  const below = goal.bands.indexOf(goal.atLeastBand) - at;
  if (below <= 0) return { ...blank, light: 'met' };
  return { ...blank, light: below <= (terms.nearBands ?? 0) ? 'near' : 'behind' };
}
