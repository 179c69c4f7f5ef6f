import { sql } from 'kysely';
import type { Counts, FieldCounts } from '../../modules/insight/reports/index.ts';
import { openLate } from '../../modules/onestop/dossiers/index.ts';
import type { Pool } from '../../platform/db/open.ts';

type Row = Omit<FieldCounts, 'counts'> & Record<string, number>;

/**
 * Every count of the forms by going through the dossiers of a period one by one, as reports did before they asked metrics:
 * slow, and independent of how metrics keep their sums.
 * @param span `from` inclusive, `to` exclusive; `asOf`: the instant at which open dossiers are judged
 */
export async function recountForReports(
  db: Pool,
  unitIds: readonly string[],
  { from, to, asOf }: { readonly from: Date; readonly to: Date; readonly asOf: Date },
): Promise<readonly FieldCounts[]> {
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
    from d join procedures.revision r on r.id = d.procedure_revision_id group by d.unit_id, r.field_code`.execute(db);
  return rows.map(({ unitId, fieldCode, fieldName, ...counts }) => ({
    unitId,
    fieldCode,
    fieldName,
    counts: counts as unknown as Counts,
  }));
}
