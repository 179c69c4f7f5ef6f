import type { CalendarService } from '../modules/foundation/calendar/index.ts';
import type { OrganisationService } from '../modules/foundation/organisation/index.ts';
import type { PlanPorts } from '../modules/onestop/calendar-plans/index.ts';
import type { DossierPorts, DossierService } from '../modules/onestop/dossiers/index.ts';

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
    calendarRevision: (revisionId) => calendar.getRevision(revisionId),
    unitsBelow: async (unitId, day) => (await organisation.directory()).reachOn(unitId, 'subtree', day),
    unitNames: dossierPorts.unitNames,
    staffNames: dossierPorts.staffNames,
  };
}
