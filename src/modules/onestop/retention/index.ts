export type { ErasedPlace, RetentionPorts } from './ports.ts';
export { registerRetentionRoutes } from './routes.ts';
export { createRetentionService, createRetentionTimer, type RetentionService } from './service.ts';
