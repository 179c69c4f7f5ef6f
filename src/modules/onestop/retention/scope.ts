import { type Actor, holds, unitsFor } from '../../../core/access/actor.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { DecisionKind } from './store.ts';

/** Units as a dossier knows them: whoever answers for either of them answers for the dossier's keeping. */
export type KeptBy = { readonly receivedByUnitId: string; readonly decidedByUnitId: string };

export const PERMISSION = { erasure: 'data.erase', disposal: 'data.dispose', hold: 'data.hold' } as const;

/** Whether somebody holds the permission for the dossier's deciding or receiving unit. */
export function mayAt(actor: Actor, permission: string, { receivedByUnitId, decidedByUnitId }: KeptBy): boolean {
  return holds(actor, permission, decidedByUnitId) || holds(actor, permission, receivedByUnitId);
}

/** Units for which somebody decides. @throws access/forbidden for nowhere. */
export function unitsDeciding(actor: Actor, kind: DecisionKind): readonly string[] {
  const units = unitsFor(actor, PERMISSION[kind]);
  if (units.length === 0) throw new AppError('access/forbidden');
  return units;
}
