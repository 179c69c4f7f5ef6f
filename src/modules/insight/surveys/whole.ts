import type { UnitDirectory } from '../../foundation/organisation/index.ts';

type Asked = { readonly unitId: string; readonly unitIds: readonly string[]; readonly finishedTo: string };
type Units = Pick<UnitDirectory, 'reachOn' | 'unitOn'>;

/** Authorities below who holds a survey, however many levels down, on the last day of its dossiers. */
export function authoritiesBelow(directory: Units, { unitId, finishedTo }: Asked): readonly string[] {
  return directory
    .reachOn(unitId, 'subtree', finishedTo)
    .filter((id) => id !== unitId && directory.unitOn(id, finishedTo)?.type === 'administrative');
}

/**
 * Whether a survey speaks for a unit with all below it: the unit holds it, and it asks of every authority below, those
 * two levels down too, as they stood on the last day of its dossiers. False where nobody is below.
 */
export function isWhole(directory: Units, survey: Asked, unitId: string): boolean {
  if (survey.unitId !== unitId) return false;
  const asked = new Set(survey.unitIds);
  const below = authoritiesBelow(directory, survey);
  const inside = new Set([unitId, ...below]);
  return below.length > 0 && below.every((id) => asked.has(id)) && survey.unitIds.every((id) => inside.has(id));
}
