import { type Actor, actorRef, holds } from '../../../core/access/actor.ts';
import type { Performer } from './rules/context.ts';

/** The acting person as the rules see them. `ownerAccountId`: account of the citizen whose dossier it is. */
export function performerOf(actor: Actor, ownerAccountId: string | null, title: string | null = null): Performer {
  return {
    ref: actorRef(actor),
    staffId: actor.kind === 'staff' ? actor.staffId : null,
    title,
    owner: actor.kind === 'citizen' && ownerAccountId !== null && actor.accountId === ownerAccountId,
    system: actor.kind === 'system',
    may: (permission, unitId) => holds(actor, permission, unitId),
  };
}
