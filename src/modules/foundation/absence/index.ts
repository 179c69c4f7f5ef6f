/** The door of `absence`: absences, acting persons, what they may do. */
export { type Attendance, doerOf } from './acting-service.ts';
export { registerAbsenceRoutes } from './routes.ts';
export { type AbsenceService, createAbsenceService } from './service.ts';
