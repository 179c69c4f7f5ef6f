import { sql } from 'kysely';
import type { OrganisationService } from '../modules/foundation/organisation/index.ts';
import type { FinishedDossier, SurveyPorts } from '../modules/insight/surveys/index.ts';
import type { Pool } from '../platform/db/open.ts';

/** Finished, and neither withdrawn nor stopped: somebody got an answer from the authority and can judge it. */
const FINISHED = sql`d.ended_at is not null and d.outcome is distinct from 'withdrawn' and d.outcome is distinct from 'stopped'`;
const ENDED_DAY = sql`(d.ended_at at time zone 'Asia/Ho_Chi_Minh')::date`;

/** Fits dossiers, procedures and units to what surveys need. */
export function createSurveyPorts({
  db,
  organisation,
}: {
  /** Read pool. */
  readonly db: Pool;
  readonly organisation: OrganisationService;
}): SurveyPorts {
  const select = sql`select d.id "dossierId", d.decided_by_unit_id "unitId", r.field_code "fieldCode", r.field_name "fieldName"
    from dossiers.dossier d join procedures.revision r on r.id = d.procedure_revision_id where ${FINISHED}`;
  return {
    directory: () => organisation.directory(),
    async finished(unitIds, from, to) {
      const { rows } = await sql<FinishedDossier>`${select} and d.decided_by_unit_id = any(${[...unitIds]}::uuid[])
        and ${ENDED_DAY} between ${from}::date and ${to}::date`.execute(db);
      return rows;
    },
    async findByCode(code) {
      if (!/^[0-9A-Z.-]{1,60}$/.test(code)) return undefined;
      const { rows } = await sql<{
        dossierId: string;
      }>`select dossier_id "dossierId" from dossiers.code where code = ${code}`.execute(db);
      return rows[0];
    },
    async findFinished(dossierId, from, to) {
      const { rows } = await sql<FinishedDossier>`${select} and d.id = ${dossierId}::uuid
        and ${ENDED_DAY} between ${from}::date and ${to}::date`.execute(db);
      return rows[0];
    },
    async contacts(dossierIds) {
      const { rows } = await sql<Awaited<ReturnType<SurveyPorts['contacts']>>[number]>`select d.id "dossierId",
          d.code "dossierCode", d.citizen_account_id "citizenAccountId",
          (select p.snapshot->>'email' from dossiers.party p where p.dossier_id = d.id and coalesce(p.snapshot->>'email', '') <> ''
            order by (p.role = 'submitter') desc, p.seq limit 1) email
        from dossiers.dossier d where d.id = any(${[...dossierIds]}::uuid[])`.execute(db);
      return rows;
    },
    async ratings(unitIds, from, to) {
      const { rows } = await sql<
        Awaited<ReturnType<SurveyPorts['ratings']>>[number]
      >`select d.decided_by_unit_id "unitId",
          to_char(r.rated_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM') "month", r.score, count(*)::int n
        from dossiers.rating r join dossiers.dossier d on d.id = r.dossier_id
        where d.decided_by_unit_id = any(${[...unitIds]}::uuid[])
          and (r.rated_at at time zone 'Asia/Ho_Chi_Minh')::date between ${from}::date and ${to}::date
        group by 1, 2, 3`.execute(db);
      return rows;
    },
  };
}
