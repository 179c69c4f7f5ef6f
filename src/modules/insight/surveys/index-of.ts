import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import type { SurveyContext } from './context.ts';
import { type Pooled, poolAll, poolPlaces } from './pool.ts';
import { readResults } from './result-service.ts';
import type { SurveyResults } from './rules/result-document.ts';
import type { Whole } from './rules/results.ts';
import * as store from './store.ts';
import { authoritiesBelow, pooledUnits } from './whole.ts';

/** An index for targets and sets of indicators: 0 to 100 with two decimals, and how many answered. */
export type SurveyIndex = Pooled & {
  readonly closedSurveyId: string;
  readonly closedSurveyName: string;
  /** Authorities it speaks for together, where they are several: the unit with all below it; else 0. */
  readonly pooled: number;
};

/**
 * The index of a unit out of the last closed survey that has a shown figure for it, among those wished for. Where it asked
 * all below the unit: what they found together, as any figure of a unit with those below; else the unit's own row.
 * @param groupIds groups of fields (`land` …) pooled by their answers; absent: all fields
 * @returns null where nobody has answered, too few have, or only some of those below were asked; never 0 for no data
 */
export async function indexOf(
  ctx: SurveyContext,
  { unitId, groupIds, ...wish }: store.ClosedWish & { readonly unitId: string; readonly groupIds?: readonly string[] },
): Promise<SurveyIndex | null> {
  const directory = await ctx.ports.directory();
  const days = await store.listClosedDays(ctx.db, wish);
  const below = days.map((day) => ({ day, unitIds: authoritiesBelow(directory, unitId, day) }));
  for (const survey of await store.listClosedIndices(ctx.db, unitId, below, wish)) {
    const results = readResults(survey);
    const together = pooledUnits(directory, survey, unitId);
    const found =
      results &&
      (together ? wholeOf(results, survey, { unitId, unitIds: together }, groupIds) : ownOf(results, unitId, groupIds));
    if (!found) continue;
    const { id: closedSurveyId, name: closedSurveyName } = survey;
    return { ...found, closedSurveyId, closedSurveyName, pooled: together?.length ?? 0 };
  }
  return null;
}

/**
 * What some of those a survey asked found together: its own whole where they are all, else what was frozen of them, in all
 * or of one group of fields. Of several groups, and of surveys closed before that was frozen, from their rows by the
 * answers: such a sum has no interval, for it was never estimated from the answers as a domain, and from the rounded
 * figures of its parts their variance cannot be had.
 */
export function wholeOf(
  results: Pick<SurveyResults, 'overall' | 'groups' | 'units' | 'cells' | 'together'>,
  survey: Pick<store.Survey, 'unitIds' | 'weighted'>,
  { unitId, unitIds }: Whole,
  groupIds?: readonly string[],
): Pooled | null {
  const [inside, ofGroup] = [new Set(unitIds), among(groupIds)];
  if (survey.unitIds.every((id) => inside.has(id)))
    return poolPlaces(groupIds === undefined ? [results.overall] : results.groups.filter(ofGroup));
  const whole = results.together?.find((one) => one.unitId === unitId);
  const [only, ...more] = groupIds ?? [];
  const ofOne = more.length === 0 ? whole?.groups?.find((one) => one.groupId === only) : undefined;
  const frozen = groupIds === undefined ? whole : ofOne;
  if (frozen) return frozen.result && { percent: frozen.result.percent, n: frozen.result.n };
  return groupIds === undefined
    ? poolAll(
        results.units.filter((unit) => inside.has(unit.unitId)),
        survey.weighted,
      )
    : poolAll(results.cells.filter((cell) => inside.has(cell.unitId) && ofGroup(cell)));
}

function ownOf(
  { units, cells }: Pick<SurveyResults, 'units' | 'cells'>,
  unitId: string,
  groupIds?: readonly string[],
): Pooled | null {
  const ofUnit = (one: { readonly unitId: string }): boolean => one.unitId === unitId;
  return poolPlaces(groupIds === undefined ? units.filter(ofUnit) : cells.filter(ofUnit).filter(among(groupIds)));
}

const among = (groupIds: readonly string[] = []) => {
  const wanted = new Set(groupIds);
  return ({ groupId }: { readonly groupId: string }): boolean => wanted.has(groupId);
};

/** Of which of the units an index is still being asked, as `indexOf` will tell it; nothing of its answers. */
export async function runningIndices(
  ctx: SurveyContext,
  { unitIds, endedIn }: { readonly unitIds: readonly string[]; readonly endedIn: store.Span },
): Promise<readonly store.RunningSurvey[]> {
  const directory: UnitDirectory = await ctx.ports.directory();
  return (await store.listRunningIndices(ctx.db, endedIn)).flatMap((survey) => {
    const asked = new Set(survey.unitIds);
    const waiting = unitIds.filter((unitId) => asked.has(unitId) || pooledUnits(directory, survey, unitId));
    return waiting.length === 0 ? [] : [{ ...survey, unitIds: waiting }];
  });
}
