import { type Actor, holds } from '../../../core/access/actor.ts';
import { AppError } from '../../../platform/errors/app-error.ts';

/** Units the catalogue stands for today: what is published holds in all of them. Empty: nobody has said yet. */
export type CatalogueUnits = () => Promise<readonly string[]>;

/**
 * The catalogue is one for the whole installation: a revision changes what every desk of it does. So it belongs to the
 * units the installation was made for, and who works on it holds the permission for each of them; a commune's
 * administrator in a province's installation does not. The installation itself may do everything (content, imports by the
 * command line).
 * @throws AppError access/forbidden, procedure/not-yours
 */
export async function requireProcedurePermission(
  catalogueUnits: CatalogueUnits,
  actor: Actor,
  permission: 'procedure.edit' | 'procedure.publish',
): Promise<void> {
  if (actor.kind === 'system') return;
  if (!holds(actor, permission)) throw new AppError('access/forbidden');
  for (const unitId of await catalogueUnits())
    if (!holds(actor, permission, unitId)) throw new AppError('procedure/not-yours');
}
