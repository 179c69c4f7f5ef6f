import type { Actor, CitizenActor, GuestActor } from '../../../core/access/actor.ts';
import { type Day, dayOf } from '../../../core/time/index.ts';
import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import type { FilesService } from '../../foundation/files/index.ts';
import type { PortalPorts } from './ports.ts';

export type PortalDeps = {
  readonly db: Pool;
  readonly clock: Clock;
  readonly files: FilesService;
  readonly ports: PortalPorts;
};

/** Who uses the portal. Staff who look at it are guests there: they act in the console. */
export type Visitor = CitizenActor | GuestActor;

export function visitorOf(actor: Actor, address: string): Visitor {
  return actor.kind === 'citizen' || actor.kind === 'guest' ? actor : { kind: 'guest', assurance: 'none', address };
}

/** Today in Vietnam by the business clock. */
export function today(deps: Pick<PortalDeps, 'clock'>): Day {
  return dayOf(deps.clock.now());
}
