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

/** True where a held grant reaches everything that a grant at a unit with a reach would reach, now and as units come and go. */
function covers(
  directory: UnitDirectory,
  own: HeldRole,
  wanted: { readonly unitId: string; readonly reach: Reach },
  day: Day,
): boolean {
  switch (own.reach) {
    case 'unit':
      return wanted.reach === 'unit' && wanted.unitId === own.unitId;
    case 'authority':
      return wanted.reach !== 'subtree' && directory.reachOn(own.unitId, 'authority', day).includes(wanted.unitId);
    case 'subtree':
      return directory.pathOn(wanted.unitId, day).some((unit) => unit.unitId === own.unitId);
  }
}

/**
 * Permissions of a role that go beyond what the grantor holds: nobody gives what he does not have. A permission is held
 * where one of the grantor's own grants with it covers unit and reach; `system.administer` so held stands for all of them.
 * Example: who holds `staff.edit` and `dossier.read` at a commune with reach `unit` may give a role of `dossier.read` there
 * with reach `unit`, but not with `subtree`.
 * @param day on which the tree of units is looked at
 */
export function beyondOwn(
  directory: UnitDirectory,
  held: readonly HeldRole[],
  wanted: { readonly unitId: string; readonly reach: Reach; readonly permissions: readonly string[] },
  day: Day,
): readonly string[] {
  const own = new Set(held.filter((h) => covers(directory, h, wanted, day)).flatMap((h) => h.permissions));
  if (own.has('system.administer')) return [];
  return wanted.permissions.filter((permission) => !own.has(permission));
}
