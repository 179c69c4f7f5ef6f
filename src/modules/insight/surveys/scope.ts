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
  return [...new Set([...own, ...own.flatMap((unitId) => directory.authorityOn(unitId, day)?.unitId ?? [])])];
}
