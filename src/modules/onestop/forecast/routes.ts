import type { HttpApp } from '../../../platform/http/app.ts';
import * as contract from './contract.ts';
import type { ForecastService } from './service.ts';

export function registerForecastRoutes(app: HttpApp, service: ForecastService): void {
  app.handle(contract.getDossierForecast, ({ actor, params }) => service.ofDossier(actor, params.id));
  app.handle(contract.listForecast, ({ actor, query }) => service.list(actor, query));
  app.handle(contract.getForecastHitRate, ({ query }) => service.hitRate(query.procedureCode));
}
