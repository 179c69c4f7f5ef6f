import { sql } from 'kysely';
import type { AbsenceService } from '../modules/foundation/absence/index.ts';
import type { CalendarService } from '../modules/foundation/calendar/index.ts';
import type { OrganisationService } from '../modules/foundation/organisation/index.ts';
import type { DossierPorts, LedgerReader } from '../modules/onestop/dossiers/index.ts';
import type { WarningPorts } from '../modules/onestop/warnings/index.ts';
import type { Pool } from '../platform/db/open.ts';

export type WarningPortDeps = {
  readonly db: Pool;
  readonly organisation: OrganisationService;
  readonly absence: Pick<AbsenceService, 'recipientFor'>;
  readonly calendar: CalendarService;
  readonly ports: DossierPorts;
  readonly ledgers: LedgerReader;
};

/** Fits the doors of dossiers, calendar and organisation to what warnings need. */
export function createWarningPorts({
  db,
  organisation,
  absence,
  calendar,
  ports,
  ledgers,
}: WarningPortDeps): WarningPorts {
  return {
    ledgers,
    calendarFor: (unitId, day) => calendar.getCalendarFor(unitId, day),
    unitPath: async (unitId, day) => (await organisation.directory()).pathOn(unitId, day).map((unit) => unit.unitId),
    unitNames: (ids, day) => ports.unitNames(ids, day),
    staffNames: (ids) => ports.staffNames(ids),
    staffOf: (unitId, permission, day) => ports.staffOf(unitId, permission, day),
    async staffMails(ids) {
      const { rows } = await sql<{ id: string; email: string }>`select id, email from organisation.staff
        where id = any(${[...ids]}::uuid[]) and coalesce(email, '') <> ''`.execute(db);
      return new Map(rows.map((row) => [row.id, row.email]));
    },
    recipientFor: (staffId, unitId) => absence.recipientFor(staffId, unitId),
    async procedureOf(revisionId) {
      const { definition } = await ports.getProcedureRevision(revisionId);
      return { name: definition.name, stepNames: new Map(definition.steps.map((step) => [step.id, step.name])) };
    },
  };
}
