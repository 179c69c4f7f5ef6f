/** The door of `warnings`: the ladder, its timers, and the event others listen to (`warning.reached`). */
export type { WarningReached } from './events.ts';
export type { WarningPorts } from './ports.ts';
export { registerWarningRoutes } from './routes.ts';
export { createWarningService, createWarningTimers, type WarningService } from './service.ts';
export { createWarningSubscriber } from './subscribers.ts';
