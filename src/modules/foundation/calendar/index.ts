/** The door of `calendar`: which working-time calendar counts for a unit on a day. */

export { CALENDAR_ASSIGNED, type CalendarAssigned } from './events.ts';
export { registerCalendarRoutes } from './routes.ts';
export { type CalendarInForce, type CalendarService, createCalendarService, type NewRevision } from './service.ts';
