import { Decimal, rounded } from '../../../core/scoring/decimal.ts';
import type { SurveyContext } from './context.ts';
import { readResults } from './result-service.ts';
import * as store from './store.ts';
import { isWhole } from './whole.ts';

/** An index for targets and sets of indicators: 0 to 100 with two decimals, and how many answered. */
export type SurveyIndex = {
  readonly percent: number;
  readonly n: number;
  readonly closedSurveyId: string;
  readonly closedSurveyName: string;
  /** Authorities it speaks for together, where they are several: what the unit asked of all below it; else 0. */
  readonly pooled: number;
};

/**
 * The index of a unit out of the last closed survey that has a shown figure for it, among those wished for. Of a survey it
 * holds of all below it: what they found together, as any figure of a unit with those below; else its own.
 * @param groupIds groups of fields (`land` …) pooled by their answers; absent: all fields
 * @returns null where nobody has answered, too few have, or only some of those below were asked; never 0 for no data
 */
export async function indexOf(
  ctx: SurveyContext,
  { unitId, groupIds, ...wish }: store.ClosedWish & { readonly unitId: string; readonly groupIds?: readonly string[] },
): Promise<SurveyIndex | null> {
  const directory = await ctx.ports.directory();
  for (const survey of await store.listClosedIndices(ctx.db, unitId, wish)) {
    const results = readResults(survey);
    if (!results) continue;
    const whole = isWhole(directory, survey, unitId);
    const ofGroup = (one: { readonly groupId: string }): boolean => groupIds?.includes(one.groupId) ?? false;
    const ofUnit = (one: { readonly unitId: string }): boolean => one.unitId === unitId;
    const places =
      groupIds === undefined
        ? whole
          ? [results.overall]
          : results.units.filter(ofUnit)
        : whole
          ? results.groups.filter(ofGroup)
          : results.cells.filter(ofUnit).filter(ofGroup);
    const shown = places.flatMap(({ result }) => result ?? []);
    const n = shown.reduce((sum, one) => sum + one.n, 0);
    if (n === 0) continue;
    const sum = shown.reduce((all, one) => all.plus(new Decimal(one.percent).times(one.n)), new Decimal(0));
    return {
      // To two decimals like those it is made of: 5 of 6 and 12 of 14 are 85, not 84.996 of figures rounded before.
      percent: rounded(sum.div(n)),
      n,
      closedSurveyId: survey.id,
      closedSurveyName: survey.name,
      pooled: whole ? survey.unitIds.length : 0,
    };
  }
  return null;
}

/** Of which of the units an index is still being asked, as `indexOf` will tell it; nothing of its answers. */
export async function runningIndices(
  ctx: SurveyContext,
  wish: Parameters<typeof store.listRunningIndices>[1],
): Promise<readonly store.RunningSurvey[]> {
  const directory = await ctx.ports.directory();
  const asked = new Set(wish.unitIds);
  return (await store.listRunningIndices(ctx.db, wish)).flatMap((survey) => {
    const speaksFor = new Set(survey.unitIds);
    if (isWhole(directory, survey, survey.unitId)) speaksFor.add(survey.unitId);
    const unitIds = [...speaksFor].filter((unitId) => asked.has(unitId));
    return unitIds.length === 0 ? [] : [{ ...survey, unitIds }];
  });
}
