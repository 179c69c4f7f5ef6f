import { type RawBuilder, sql } from 'kysely';
import type { Counts, FieldCounts } from '../../modules/insight/reports/index.ts';
import { openLate } from '../../modules/onestop/dossiers/index.ts';
import type { Pool } from '../../platform/db/open.ts';

type Row = Omit<FieldCounts, 'counts'> & Record<string, number>;

/** The most digital of a dossier's papers. */
const filed = (d: string): RawBuilder<string> =>
  sql.raw(`case when exists (select 1 from dossiers.component c where c.dossier_id = ${d}.id and c.provided and c.source = 'reused')
    then 'reused' when exists (select 1 from dossiers.component c where c.dossier_id = ${d}.id and c.provided
      and (c.source = 'file' or c.file_references <> '[]')) then 'digital' else 'paper' end`);

/** Of dossiers with something to pay: not paid (or given back), in cash only, some of it online, or some of it otherwise. */
const paid = (d: string): RawBuilder<string> =>
  sql.raw(`case when not exists (select 1 from jsonb_array_elements(${d}.fees) f where (f->>'amountVnd')::bigint > 0) then 'free'
    when coalesce((select sum(amount_vnd) from dossiers.money_entry m where m.dossier_id = ${d}.id and kind = 'paid'), 0)
      <= coalesce((select sum(amount_vnd) from dossiers.money_entry m where m.dossier_id = ${d}.id and kind = 'refunded'), 0) then 'unpaid'
    when exists (select 1 from dossiers.money_entry m where m.dossier_id = ${d}.id and kind = 'paid' and method = 'online') then 'online'
    when exists (select 1 from dossiers.money_entry m where m.dossier_id = ${d}.id and kind = 'paid' and method <> 'cash') then 'cashless'
    else 'cash' end`);

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
        ${filed('x')} in ('digital', 'reused') digital, ${filed('x')} = 'reused' reused,
        x.result->'handOver'->>'method' = 'electronic' electronic, ${paid('x')} payment,
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
      count(*) filter (where finished and punctuality = 'late' and not apologised and outcome is distinct from 'withdrawn' and outcome is distinct from 'stopped')::int "late-unapologised",
      count(*) filter (where received and channel = 'online' and r.online_level = 'full')::int "online-full",
      count(*) filter (where received and channel = 'online' and r.online_level = 'partial')::int "online-partial",
      count(*) filter (where received and digital)::int "papers-digital",
      count(*) filter (where received and reused)::int "papers-reused",
      count(*) filter (where received and electronic)::int "returned-electronic",
      count(*) filter (where received and payment = 'cash')::int "paid-cash",
      count(*) filter (where received and payment in ('cashless', 'online'))::int "paid-cashless",
      count(*) filter (where received and payment = 'online')::int "paid-online",
      count(*) filter (where received and payment in ('cash', 'cashless'))::int "paid-at-desk",
      count(*) filter (where received and payment = 'unpaid')::int "fee-unpaid"
    from d join procedures.revision r on r.id = d.procedure_revision_id group by d.unit_id, r.field_code`.execute(db);
  return rows.map(({ unitId, fieldCode, fieldName, ...counts }) => ({
    unitId,
    fieldCode,
    fieldName,
    counts: counts as unknown as Counts,
  }));
}
