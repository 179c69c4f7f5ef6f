/** The door of `calendar-plans`: what a changed calendar does to open dossiers, and the act that moves them. */
export { createAssignmentSubscriber } from './assignment-service.ts';
export type { PlanPorts } from './ports.ts';
export { registerCalendarPlanRoutes } from './routes.ts';
export { type CalendarPlanService, createCalendarPlanService, createCalendarPlanTimer } from './service.ts';
