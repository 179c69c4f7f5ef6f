/** The door of `metrics`: one layer of facts and figures under every report, target and index. */
export { createMetricsTimer, rebuildMetrics, watchFigures } from './check-service.ts';
export { createClosingTimer } from './closing-timer.ts';
export { getMetricDefinitions } from './content.ts';
export type { MetricsContext } from './context.ts';
export type { CountedRowsAsk, CountsAsk, CountsRow } from './counts-service.ts';
export { createMetricsPages, type MetricsPages } from './page-service.ts';
export type { MetricsPorts, ProcedureField } from './ports.ts';
export { createReadAheadTimer } from './read-ahead-timer.ts';
export { registerMetricsRoutes } from './routes.ts';
export type { MetricDefinition, Term } from './rules/definition.ts';
export { factOf } from './rules/facts.ts';
export { periodOf, previousPeriod } from './rules/period.ts';
export { REPORT_COUNTS } from './rules/report-counts.ts';
export type {
  Cutoff,
  FactRow,
  FactRows,
  MetricQuery,
  MetricRows,
  MetricUnit,
  MetricValue,
  MetricWarning,
  MetricWhere,
  Paging,
  Period,
  Side,
  UnitRole,
} from './rules/types.ts';
export { figureValue } from './rules/value.ts';
export { createMetricsService, type MetricsService } from './service.ts';
export { createMetricsSubscriber } from './subscribers.ts';
export type { VisitPages } from './visit-page-service.ts';
