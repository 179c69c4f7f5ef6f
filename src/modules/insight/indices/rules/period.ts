import { type IndicatorSet, leavesOf } from '../../../../core/scoring/index.ts';
import type { Day } from '../../../../core/time/index.ts';
import { typedParts } from './sheet.ts';

/** Part that a closed survey of dossiers finished in the year fills, where nobody has typed it. */
export const SURVEY_PART = 'survey';

/** Whether something of the set is scored by what is counted here: metrics, registers, ratings, surveys. */
function scoredByFigures(set: IndicatorSet): boolean {
  const measured = set.importOnly !== true && leavesOf(set).some(({ criterion }) => criterion.metric !== undefined);
  return measured || typedParts(set).some((part) => part.id === SURVEY_PART);
}

/**
 * First day on which a round can be frozen, while that lies ahead; null: nothing stands against it. The figures of a year
 * move to its last day; a set of typed points alone waits for nothing.
 * @example freezableFrom(parIndex, 2026, '2026-11-22') // '2027-01-01'; on that day null
 */
export function freezableFrom(set: IndicatorSet, year: number, today: Day): Day | null {
  const first = `${year + 1}-01-01`;
  return today < first && scoredByFigures(set) ? first : null;
}
