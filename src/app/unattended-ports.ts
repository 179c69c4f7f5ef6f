import { type AbsenceService, doerOf } from '../modules/foundation/absence/index.ts';
import type { CalendarService } from '../modules/foundation/calendar/index.ts';
import type { DossierPorts } from '../modules/onestop/dossiers/index.ts';
import type { UnattendedPorts } from '../modules/onestop/unattended/index.ts';

/** Fits the doors of absence, calendar and dossiers to what the check of unattended dossiers needs. */
export function createUnattendedPorts({
  absence,
  calendar,
  ports,
}: {
  readonly absence: AbsenceService;
  readonly calendar: CalendarService;
  readonly ports: DossierPorts;
}): UnattendedPorts {
  return {
    async awayNow(staffIds, at) {
      const found = await absence.attendance(staffIds, at);
      return new Map(
        [...found].flatMap(([staffId, one]) =>
          one.kind === 'here'
            ? []
            : [
                [
                  staffId,
                  {
                    reason: one.kind,
                    until: one.kind === 'absent' ? one.until : null,
                    covers: (unitId: string, permission: string) => doerOf(one, staffId, unitId, permission) !== null,
                  },
                ] as const,
              ],
        ),
      );
    },
    calendarFor: (unitId, day) => calendar.getCalendarFor(unitId, day),
    unitNames: (ids, day) => ports.unitNames(ids, day),
    staffNames: (ids) => ports.staffNames(ids),
    staffOf: (unitId, permission, day) => ports.staffOf(unitId, permission, day),
    recipientFor: (staffId, unitId) => absence.recipientFor(staffId, unitId),
    async procedureOf(revisionId) {
      const { definition } = await ports.getProcedureRevision(revisionId);
      return { name: definition.name, stepNames: new Map(definition.steps.map((step) => [step.id, step.name])) };
    },
  };
}
