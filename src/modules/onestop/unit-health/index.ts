/** The door of `unit-health`: findings about units, and the books they are compared with. */
export type { HealthPorts } from './ports.ts';
export { registerHealthRoutes } from './routes.ts';
export { createHealthService, createHealthTimer, type HealthService } from './service.ts';
export { createHealthSubscriber } from './subscribers.ts';
