import { type Actor, unitsFor } from '../../../core/access/actor.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';

/**
 * Units whose surveys an actor may see or enter: those of the permission, and for an office (one-stop desk, department)
 * the authority it belongs to, since surveys are about authorities. Setting up and closing is not widened by it.
 */
export function surveyUnits(
  directory: UnitDirectory,
  actor: Actor,
  permission: string,
  day: string,
): readonly string[] {
  const own = unitsFor(actor, permission);
  const above = own.flatMap((unitId) => {
    const path = directory.pathOn(unitId, day);
    return path[0]?.type === 'administrative' ? [] : path.filter((unit) => unit.type === 'administrative').slice(0, 1);
  });
  return [...new Set([...own, ...above.map((unit) => unit.unitId)])];
}
