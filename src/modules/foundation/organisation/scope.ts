import { type Actor, holds, unitsFor } from '../../../core/access/actor.ts';
import { AppError } from '../../../platform/errors/app-error.ts';

/** The installation itself (imports, content, demo) may do everything; staff what they hold for the unit. */
export function mayAt(actor: Actor, permission: string, unitId: string): boolean {
  return actor.kind === 'system' || holds(actor, permission, unitId);
}

/** @throws AppError `row/missing`: a forbidden unit looks like a missing one from outside. */
export function requireAt(actor: Actor, permission: string, unitId: string): void {
  if (!mayAt(actor, permission, unitId)) throw new AppError('row/missing');
}

/** Units whose staff the actor may see and change; `all` for the installation itself. */
export function staffScope(actor: Actor): 'all' | readonly string[] {
  return actor.kind === 'system' ? 'all' : unitsFor(actor, 'staff.edit');
}
