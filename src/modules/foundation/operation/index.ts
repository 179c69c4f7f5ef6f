/** The door of `operation`: how the installation fares, and who looked after it last. */
export type { Setting, SystemProbe, TimerState } from './ports.ts';
export { registerOperationRoutes } from './routes.ts';
export type { Finding } from './rules/finding.ts';
export { createOperationService, recordRun } from './service.ts';
