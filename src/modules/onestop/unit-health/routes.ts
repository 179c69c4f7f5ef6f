import type { HttpApp } from '../../../platform/http/app.ts';
import * as contract from './contract.ts';
import type { HealthService } from './service.ts';

/** Binds the endpoints of unit health. */
export function registerHealthRoutes(app: HttpApp, service: HealthService): void {
  app.handle(contract.listFindings, ({ actor, query }) => service.list(actor, query));
  app.handle(contract.getFinding, ({ actor, params }) => service.get(actor, params.id));
  app.handle(contract.explainFinding, ({ actor, params, body }) => service.explain(actor, params.id, body));
  app.handle(contract.decideFinding, ({ actor, params, body }) => service.decide(actor, params.id, body));
  app.handle(contract.recomputeFindings, ({ actor }) => service.recompute(actor));
  app.handle(contract.listZeroOnline, ({ actor, query }) => service.zeroOnline(actor, query));
  app.handle(contract.listBooks, ({ actor, query }) => service.books(actor, query));
  app.handle(contract.saveBookCount, ({ actor, body }) => service.enterBook(actor, body));
}
