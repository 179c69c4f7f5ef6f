import { sql } from 'kysely';
import type { OrganisationService } from '../modules/foundation/organisation/index.ts';
import type { Counts, FieldCounts, ReportPorts } from '../modules/insight/reports/index.ts';
import type { DossierPorts } from '../modules/onestop/dossiers/index.ts';
import type { Pool } from '../platform/db/open.ts';
import { openLate } from './late-sql.ts';

type Row = Omit<FieldCounts, 'counts'> & Record<string, number>;

/**
 * Fits dossiers, procedures, apologies and units to what reports need. Figures are counted in one statement: a dossier
 * is carried, received, finished and open by its own instants, so that carried + received = finished + open always holds.
 * A paused dossier is late only where its due instant had passed before the pause.
 */
export function createReportPorts({
  db,
  organisation,
  dossierPorts,
}: {
  /** Read pool. */
  readonly db: Pool;
  readonly organisation: OrganisationService;
  readonly dossierPorts: DossierPorts;
}): ReportPorts {
  return {
    directory: () => organisation.directory(),
    staffOf: (unitId, permission, day) => dossierPorts.staffOf(unitId, permission, day),
    unitsGranted: (permission, day) => organisation.unitsGranted(permission, day),
    staffNames: (ids) => dossierPorts.staffNames(ids),
    async countsOf(unitIds, { from, to, asOf }) {
      const { rows } = await sql<Row>`with d as (
          select x.decided_by_unit_id unit_id, x.procedure_revision_id, x.channel, x.outcome, x.punctuality, a.apology_id is not null apologised,
            x.received_at < ${from} carried, x.received_at >= ${from} received,
            coalesce(x.ended_at < ${to}, false) finished,
            ${openLate('x', asOf)} late
          from dossiers.dossier x left join apologies.duty a on a.dossier_id = x.id and x.punctuality = 'late'
          where x.decided_by_unit_id = any(${[...unitIds]}::uuid[]) and x.received_at < ${to}
            and (x.ended_at is null or x.ended_at >= ${from}))
        select d.unit_id "unitId", r.field_code "fieldCode", max(r.field_name) "fieldName",
          count(*) filter (where carried)::int "carried",
          count(*) filter (where received and channel = 'online')::int "received-online",
          count(*) filter (where received and channel = 'desk')::int "received-desk",
          count(*) filter (where received and channel = 'post')::int "received-post",
          count(*) filter (where finished and punctuality = 'early')::int "finished-early",
          count(*) filter (where finished and punctuality = 'on-time')::int "finished-on-time",
          count(*) filter (where finished and punctuality = 'late')::int "finished-late",
          count(*) filter (where finished and punctuality = 'early' and outcome is distinct from 'withdrawn' and outcome is distinct from 'stopped')::int "resolved-early",
          count(*) filter (where finished and punctuality = 'on-time' and outcome is distinct from 'withdrawn' and outcome is distinct from 'stopped')::int "resolved-on-time",
          count(*) filter (where finished and punctuality = 'late' and outcome is distinct from 'withdrawn' and outcome is distinct from 'stopped')::int "resolved-late",
          count(*) filter (where finished and outcome = 'withdrawn')::int "withdrawn",
          count(*) filter (where finished and outcome = 'stopped')::int "stopped",
          count(*) filter (where not finished and late is not true)::int "open-in-time",
          count(*) filter (where not finished and late)::int "open-late",
          count(*) filter (where finished and punctuality = 'late' and apologised and outcome is distinct from 'withdrawn' and outcome is distinct from 'stopped')::int "late-apologised",
          count(*) filter (where finished and punctuality = 'late' and not apologised and outcome is distinct from 'withdrawn' and outcome is distinct from 'stopped')::int "late-unapologised"
        from d join procedures.revision r on r.id = d.procedure_revision_id group by d.unit_id, r.field_code`.execute(
        db,
      );
      return rows.map(({ unitId, fieldCode, fieldName, ...counts }) => ({
        unitId,
        fieldCode,
        fieldName,
        counts: counts as unknown as Counts,
      }));
    },
  };
}
