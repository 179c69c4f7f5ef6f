import type { UnitDirectory } from '../../foundation/organisation/index.ts';

/**
 * What is decided by an office counts for its authority: unit and offices → the unit of the survey.
 * @param unitIds authorities surveyed; an office named by itself stays itself
 */
export function authorityOf(
  directory: UnitDirectory,
  unitIds: readonly string[],
  day: string,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const unitId of unitIds) {
    for (const each of directory.reachOn(unitId, 'authority', day)) if (!found.has(each)) found.set(each, unitId);
  }
  for (const unitId of unitIds) found.set(unitId, unitId);
  return found;
}
