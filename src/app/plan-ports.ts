import type { CalendarService } from '../modules/foundation/calendar/index.ts';
import type { OrganisationService } from '../modules/foundation/organisation/index.ts';
import type { PlanPorts } from '../modules/onestop/calendar-plans/index.ts';
import type { DossierPorts, DossierService } from '../modules/onestop/dossiers/index.ts';
import { AppError } from '../platform/errors/app-error.ts';

function missing(error: unknown): undefined {
  if (!(error instanceof AppError)) throw error;
}

/** Fits calendars, units and dossiers to what calendar plans need. */
export function createPlanPorts({
  dossiers,
  dossierPorts,
  calendar,
  organisation,
}: {
  readonly dossiers: DossierService;
  readonly dossierPorts: DossierPorts;
  readonly calendar: CalendarService;
  readonly organisation: OrganisationService;
}): PlanPorts {
  return {
    due: dossiers.due,
    async revisionsOf(code) {
      const known = (await calendar.listCalendars()).some((each) => each.code === code);
      return known ? calendar.listRevisions(code) : [];
    },
    async assignedCalendar(unitId, day) {
      const units = await organisation.directory();
      const found = units.unitOn(unitId, day) && (await calendar.getCalendarFor(unitId, day).catch(missing));
      if (!found) return undefined;
      const { code, name, revisionId } = found;
      const revisions = await Promise.all(
        (await calendar.listCalendars()).map((each) => calendar.listRevisions(each.code)),
      );
      const unitIds: string[] = [];
      for (const id of units.reachOn(unitId, 'subtree', day)) {
        const own = await calendar.getCalendarFor(id, day).catch(missing);
        if (own?.revisionId === revisionId) unitIds.push(id);
      }
      const otherRevisionIds = revisions.flat().flatMap((each) => (each.id === revisionId ? [] : [each.id]));
      return { code, name, revisionId, otherRevisionIds, unitIds };
    },
    calendarRevision: (revisionId) => calendar.getRevision(revisionId),
    unitsBelow: async (unitId, day) => (await organisation.directory()).reachOn(unitId, 'subtree', day),
    unitNames: dossierPorts.unitNames,
    staffNames: dossierPorts.staffNames,
  };
}
