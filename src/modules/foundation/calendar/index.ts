/** The door of `calendar`: which working-time calendar counts for a unit on a day. */
export { registerCalendarRoutes } from './routes.ts';
export { type CalendarInForce, type CalendarService, createCalendarService, type NewRevision } from './service.ts';
