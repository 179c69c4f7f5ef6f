/** The door of `metrics`: one layer of facts and figures under every report, target and index. */
export { createMetricsTimer, rebuildMetrics, watchFigures } from './check-service.ts';
export type { MetricsContext } from './context.ts';
export { createMetricsPages, type MetricsPages } from './page-service.ts';
export type { MetricsPorts } from './ports.ts';
export { registerMetricsRoutes } from './routes.ts';
export type { MetricDefinition } from './rules/definition.ts';
export { periodOf, previousPeriod } from './rules/period.ts';
export type {
  Cutoff,
  FactRow,
  FactRows,
  MetricQuery,
  MetricUnit,
  MetricValue,
  MetricWarning,
  Paging,
  Period,
  Side,
} from './rules/types.ts';
export { createMetricsService, type MetricsService } from './service.ts';
export { createMetricsSubscriber } from './subscribers.ts';
