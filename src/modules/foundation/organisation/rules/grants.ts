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

/**
 * Where a grant must stand, and with what reach, to hold at a unit: the other way round of `expandGrants`. At the unit
 * every reach counts; above it `subtree`, and `authority` as long as no administrative unit lies between.
 */
export function placesHolding(
  directory: UnitDirectory,
  unitId: string,
  day: Day,
): readonly { readonly unitId: string; readonly reach: Reach }[] {
  const places: { unitId: string; reach: Reach }[] = [];
  let within = true;
  for (const [depth, unit] of directory.pathOn(unitId, day).entries()) {
    if (depth === 0) places.push({ unitId: unit.unitId, reach: 'unit' });
    if (within) places.push({ unitId: unit.unitId, reach: 'authority' });
    places.push({ unitId: unit.unitId, reach: 'subtree' });
    if (unit.type === 'administrative') within = false;
  }
  return places;
}
