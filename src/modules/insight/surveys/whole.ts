import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import type { Questionnaire } from './rules/questionnaire.ts';
import type { Whole } from './rules/results.ts';

type Asked = { readonly unitIds: readonly string[]; readonly finishedTo: string };
type Units = Pick<UnitDirectory, 'reachOn' | 'unitOn'>;

/** Authorities below a unit on a day, however many levels down. */
export function authoritiesBelow(directory: Units, unitId: string, day: string): readonly string[] {
  return directory
    .reachOn(unitId, 'subtree', day)
    .filter((id) => id !== unitId && directory.unitOn(id, day)?.type === 'administrative');
}

/**
 * Whom a survey speaks for together as the figure of a unit with all below it, whoever holds the survey: every authority
 * below, those two levels down too, as they stood on the last day of its dossiers, and the unit itself where it was asked.
 * Undefined where one below was left out, or nobody is below: then the unit has its own row, where it was asked.
 */
export function pooledUnits(directory: Units, survey: Asked, unitId: string): readonly string[] | undefined {
  const asked = new Set(survey.unitIds);
  const below = authoritiesBelow(directory, unitId, survey.finishedTo);
  if (below.length === 0 || !below.every((id) => asked.has(id))) return undefined;
  return asked.has(unitId) ? [unitId, ...below] : below;
}

/**
 * Units between who holds a survey that gives an index and those it asks, for which it speaks as a whole, in the order of
 * the tree: districts where a province asks all their communes.
 */
export function wholesOf(
  directory: Units,
  survey: Asked & { readonly unitId: string; readonly form: Pick<Questionnaire, 'kind'> },
): readonly Whole[] {
  if (survey.form.kind !== 'index') return [];
  return authoritiesBelow(directory, survey.unitId, survey.finishedTo).flatMap((unitId) => {
    const unitIds = pooledUnits(directory, survey, unitId);
    return unitIds ? [{ unitId, unitIds }] : [];
  });
}
