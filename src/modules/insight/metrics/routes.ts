import type { HttpApp } from '../../../platform/http/app.ts';
import * as contract from './contract.ts';
import type { MetricsPages } from './page-service.ts';
import type { VisitPages } from './visit-page-service.ts';

export function registerMetricsRoutes(app: HttpApp, pages: MetricsPages & VisitPages): void {
  app.handle(contract.listMetricClosings, ({ actor, query }) => pages.closings(actor, query));
  app.handle(contract.listStepFigures, ({ actor, query }) => pages.figures(actor, query));
  app.handle(contract.splitMetric, ({ actor, query }) => pages.split(actor, query));
  app.handle(contract.getMetricOptions, ({ actor }) => pages.options(actor));
  app.handle(contract.getMetric, ({ actor, query }) => pages.metric(actor, query));
  app.handle(contract.listMetricRows, ({ actor, query }) => pages.rows(actor, query));
  app.handle(contract.closeMetricPeriod, ({ actor, body }) => pages.close(actor, body));
  app.handle(contract.listMetricCorrections, ({ actor, query }) => pages.corrections(actor, query));
}
