/** The door of `reports`: periodic reports by regime, unit and period. */

export { requireForm } from './assign-service.ts';
export { createAssignTimer } from './automatic-service.ts';
export { type ClientService, createClientService } from './client-service.ts';
export { type ComputedReport, computeReport } from './compute-service.ts';
export { allReports, findReport, knownRegisters } from './content.ts';
export { registerExchangeRoutes } from './exchange-routes.ts';
export { createExchangeService, type ExchangeService } from './exchange-service.ts';
export { createFormService, type FormService } from './form-service.ts';
export type { FieldCounts, RegisterAnswer, RegisterAsk, ReportPorts } from './ports.ts';
export { createReportTimer } from './remind-service.ts';
export { registerReportRoutes } from './routes.ts';
export { type CountId, type Counts, NO_COUNTS } from './rules/counts.ts';
export type { ReportDefinition } from './rules/form.ts';
export { CUTOFFS, periodName, periodOf } from './rules/period.ts';
export { METRICS_SOURCE } from './rules/source.ts';
export { createReportService, type ReportService } from './service.ts';
export { createExchangeSubscriber } from './subscribers.ts';
