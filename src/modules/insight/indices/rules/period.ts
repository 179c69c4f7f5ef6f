import { type IndicatorSet, leavesOf } from '../../../../core/scoring/index.ts';
import { type Day, dayOf } from '../../../../core/time/index.ts';
import type { SheetState } from './acts.ts';
import { typedParts } from './sheet.ts';

/** Part that a closed survey of dossiers finished in the year fills, where nobody has typed it. */
export const SURVEY_PART = 'survey';

/** What a criterion names that the last closed survey of the year scores; of a group of fields `survey:land`. */
export const SURVEY_METRIC = 'survey';
export const isSurveyMetric = (metric: string | undefined): boolean =>
  metric === SURVEY_METRIC || metric?.startsWith(`${SURVEY_METRIC}:`) === true;

/** Whether something of the set is scored by what is counted here: metrics, registers, ratings, surveys. */
function scoredByFigures(set: IndicatorSet): boolean {
  return hasMeasured(set, undefined) || typedParts(set).some((part) => part.id === SURVEY_PART);
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

/** Criteria of the set that are measured, at a level of government. */
export const hasMeasured = (set: IndicatorSet, level: string | undefined): boolean =>
  set.importOnly !== true && leavesOf(set, level).some(({ criterion }) => criterion.metric !== undefined);

/**
 * Whether the automatic figures of a sheet that was sent are of a day on which its year still ran, or earlier: the last day
 * of the year is one of these. While the unit scores itself figures are as of now, and none is old.
 */
export function figuresOld(
  set: IndicatorSet,
  year: number,
  sheet: { readonly state: SheetState; readonly measuredAt: Date | null },
  level: string | undefined,
): boolean {
  if (sheet.state === 'scoring' || !hasMeasured(set, level)) return false;
  return sheet.measuredAt === null || dayOf(sheet.measuredAt) <= `${year}-12-31`;
}
