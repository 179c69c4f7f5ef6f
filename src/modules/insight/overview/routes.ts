import type { HttpApp } from '../../../platform/http/app.ts';
import * as contract from './contract.ts';
import type { OverviewService } from './service.ts';

/** Binds the endpoint of the leader's page. */
export function registerOverviewRoutes(app: HttpApp, service: OverviewService): void {
  app.handle(contract.getOverview, ({ actor, query }) => service.overview(actor, query));
}
