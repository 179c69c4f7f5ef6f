/** The door of `overview`: what a leader reads in five minutes. */
export type { ConcernSource, Found, OverviewPorts } from './ports.ts';
export { registerOverviewRoutes } from './routes.ts';
export { createOverviewService, type OverviewService } from './service.ts';
