import type { HttpApp } from '../../../platform/http/app.ts';
import * as contract from './contract.ts';
import type { UnattendedService } from './service.ts';

/** Binds the endpoints of dossiers left with nobody. */
export function registerUnattendedRoutes(app: HttpApp, service: UnattendedService): void {
  app.handle(contract.listUnattended, ({ actor, query }) => service.list(actor, query));
  app.handle(contract.findTakers, ({ actor, query }) => service.takers(actor, query));
  app.handle(contract.giveUnattended, ({ actor, body }) => service.give(actor, body));
  app.handle(contract.countHeldBy, ({ actor, params }) => service.heldBy(actor, params.id));
  app.handle(contract.handOverHeld, ({ actor, params, body }) => service.handOver(actor, params.id, body));
}
