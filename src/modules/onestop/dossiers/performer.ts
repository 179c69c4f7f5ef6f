import { type Actor, actorRef, holds, type StaffActor, standsInFor } from '../../../core/access/actor.ts';
import type { CommandKind } from './rules/commands.ts';
import type { Performer } from './rules/context.ts';
import { isLegal, type View } from './rules/legal.ts';
import type { DossierState } from './rules/state.ts';

/** The acting person as the rules see them. `ownerAccountId`: account of the citizen whose dossier it is. */
export function performerOf(actor: Actor, ownerAccountId: string | null, title: string | null = null): Performer {
  return {
    ref: actorRef(actor),
    staffId: actor.kind === 'staff' ? actor.staffId : null,
    title,
    owner: actor.kind === 'citizen' && ownerAccountId !== null && actor.accountId === ownerAccountId,
    system: actor.kind === 'system',
    may: (permission, unitId) => holds(actor, permission, unitId),
    ...(actor.kind === 'staff' && actor.actingFor
      ? {
          standsInFor: (staffId: string, permission: string, unitId: string) =>
            standsInFor(actor, staffId, permission, unitId),
        }
      : {}),
  };
}

/**
 * The absent colleague for whom a lawful command is performed (làm thay): null where the actor might do it by own rights
 * alone, on work that is not given to somebody else.
 */
export function onBehalfOf(actor: Actor, kind: CommandKind, state: DossierState, view: View): string | null {
  if (actor.kind !== 'staff' || !actor.actingFor) return null;
  const { title } = view.performer;
  const own = { ...actor, unitsByPermission: actor.ownUnitsByPermission ?? actor.unitsByPermission };
  const as = (acting: StaffActor['actingFor'], rights: StaffActor['unitsByPermission']): boolean => {
    const performer = performerOf({ ...own, unitsByPermission: rights, actingFor: acting ?? [] }, null, title);
    return isLegal(kind, state, { ...view, performer });
  };
  if (as([], own.unitsByPermission)) return null;
  for (const acting of actor.actingFor) {
    const rights = new Map(own.unitsByPermission);
    for (const [permission, units] of acting.unitsByPermission)
      rights.set(permission, new Set([...(rights.get(permission) ?? []), ...units]));
    if (as([acting], rights)) return acting.staffId;
  }
  return null;
}
