import { type Actor, holds, unitsFor } from '../../../core/access/actor.ts';
import { INSTALLATION_CHAIN } from './entry.ts';

/** The chains an actor may read: those of the authorities for which `audit.read` is held; that of the installation for its administrators. */
export function chainsFor(actor: Actor): readonly string[] {
  const units = unitsFor(actor, 'audit.read');
  return units.length > 0 && holds(actor, 'system.administer') ? [...units, INSTALLATION_CHAIN] : units;
}
