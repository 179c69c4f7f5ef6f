/** The door of `forecast`: which open dossiers will likely be late, and how often that was right. */
export type { ForecastContext } from './context.ts';
export { registerForecastRoutes } from './routes.ts';
export { createForecastService, createForecastTimer, type ForecastService } from './service.ts';
export { createForecastSubscriber } from './subscribers.ts';
