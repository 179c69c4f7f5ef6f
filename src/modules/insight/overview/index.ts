/** The door of `overview`: what a leader reads in five minutes. */
export type { ConcernSource, OverviewPorts } from './ports.ts';
export { registerOverviewRoutes } from './routes.ts';
export type { Concern } from './rules/concerns.ts';
export { createOverviewService, type OverviewService } from './service.ts';
