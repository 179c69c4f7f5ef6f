/** The door of `targets`: what units are to reach, how they stand, and what is done about what lags. */
export type { NewAction } from './action-service.ts';
export { createTargetContentTimer } from './adopt-service.ts';
export type { TargetContext } from './context.ts';
export type { ForeignSource, TargetPorts } from './ports.ts';
export { createTargetReminderTimer } from './remind-service.ts';
export { registerTargetRoutes } from './routes.ts';
export type { Reading } from './rules/attain.ts';
export type { TargetTerms } from './rules/definition.ts';
export { createTargetService, type TargetService } from './service.ts';
