import type { Day } from '../../../../core/time/index.ts';
import type { Reach, UnitDirectory } from './unit-directory.ts';

/** A role held at a unit, in force on the day asked about. */
export type HeldRole = {
  readonly role: string;
  readonly unitId: string;
  readonly reach: Reach;
  readonly permissions: readonly string[];
};

/**
 * What a person may do where: permission → units, descendants expanded by the reach of each grant. Grants at units
 * closed on the day give nothing.
 */
export function expandGrants(
  directory: UnitDirectory,
  held: readonly HeldRole[],
  day: Day,
): ReadonlyMap<string, ReadonlySet<string>> {
  const result = new Map<string, Set<string>>();
  for (const grant of held) {
    const units = directory.reachOn(grant.unitId, grant.reach, day);
    if (units.length === 0) continue;
    for (const permission of grant.permissions) {
      const set = result.get(permission) ?? new Set();
      for (const id of units) set.add(id);
      result.set(permission, set);
    }
  }
  return result;
}
