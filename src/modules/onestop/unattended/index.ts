/** The door of `unattended`: dossiers in the hands of nobody who is there. */
export type { UnattendedPorts } from './ports.ts';
export { registerUnattendedRoutes } from './routes.ts';
export { createUnattendedService, createUnattendedTimers, type UnattendedService } from './service.ts';
