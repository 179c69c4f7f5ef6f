/**
 * A unit was given another calendar, or none of its own any more. Payload {@link CalendarAssigned}; key: the unit's id.
 * Open dossiers keep the calendar they were counted by; who wants to move them hears it here.
 */
export const CALENDAR_ASSIGNED = 'calendar.assigned';

export type CalendarAssigned = {
  readonly unitId: string;
  /** First day, inclusive. */
  readonly from: string;
  /** Reference of who did it. */
  readonly by: string;
};
