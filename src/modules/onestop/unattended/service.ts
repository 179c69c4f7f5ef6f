import type { Actor } from '../../../core/access/actor.ts';
import type { BodyOf, QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import { checkOnce } from './check-service.ts';
import type { UnattendedContext } from './context.ts';
import type * as contract from './contract.ts';
import { countHeld, giveMany, handOver, releaseDeparted } from './give-service.ts';
import { listLeft, listTakers } from './list-service.ts';

/** The use cases of dossiers left with nobody. The first argument is always who acts. */
export type UnattendedService = {
  list(actor: Actor, query: QueryOf<typeof contract.listUnattended>): Promise<ReplyOf<typeof contract.listUnattended>>;
  takers(actor: Actor, query: QueryOf<typeof contract.findTakers>): Promise<ReplyOf<typeof contract.findTakers>>;
  give(actor: Actor, body: BodyOf<typeof contract.giveUnattended>): Promise<ReplyOf<typeof contract.giveUnattended>>;
  heldBy(actor: Actor, staffId: string): Promise<ReplyOf<typeof contract.countHeldBy>>;
  handOver(
    actor: Actor,
    staffId: string,
    body: BodyOf<typeof contract.handOverHeld>,
  ): Promise<ReplyOf<typeof contract.handOverHeld>>;
  /** Gives the work of the departed back to their units, a batch. @returns how many dossiers. */
  releaseDeparted(): Promise<number>;
  /** The daily check of the units whose morning it is. @returns how many units. */
  check(): Promise<number>;
};

/** One per process. */
export function createUnattendedService(ctx: UnattendedContext): UnattendedService {
  return {
    list: (actor, query) => listLeft(ctx, actor, query),
    takers: (actor, query) => listTakers(ctx, actor, query),
    give: (actor, body) => giveMany(ctx, actor, body),
    heldBy: (actor, staffId) => countHeld(ctx, actor, staffId),
    handOver: (actor, staffId, body) => handOver(ctx, actor, staffId, body),
    releaseDeparted: () => releaseDeparted(ctx),
    check: () => checkOnce(ctx),
  };
}

/** Releases before checks, so that the morning's digest tells of what went back. */
export function createUnattendedTimers(service: UnattendedService): readonly Timer[] {
  return [
    { name: 'unattended.release', everyMs: 600_000, run: async () => (await service.releaseDeparted()) > 0 },
    { name: 'unattended.check', everyMs: 300_000, run: async () => void (await service.check()) },
  ];
}
