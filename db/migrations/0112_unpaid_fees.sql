-- Who has paid nothing at all has not paid: the sum of no entries is nothing, and was taken for cash. Otherwise as in 0106.
create or replace view dossiers.fact as
select d.id, d.code, d.procedure_code, d.area, d.channel, d.received_by_unit_id, d.decided_by_unit_id, d.holder_unit_id,
  d.status, d.outcome,
  (d.received_at at time zone 'Asia/Ho_Chi_Minh')::date as received_day,
  d.due_original, d.due_current,
  (d.due_current at time zone 'Asia/Ho_Chi_Minh')::date as due_day,
  d.ended_at, (d.ended_at at time zone 'Asia/Ho_Chi_Minh')::date as ended_day,
  d.punctuality, d.late_original, d.lateness_minutes,
  case when d.clock_status = 'paused' then (d.clock_events->-1->>'at')::timestamptz end as paused_since,
  exists (select 1 from dossiers.supplement a join dossiers.supplement b on b.dossier_id = a.dossier_id and b.seq > a.seq
    where a.dossier_id = d.id and a.stage = 'processing' and b.stage = 'processing') as asked_twice,
  d.received_at, d.calendar_revision_id, case when d.clock_events <> '[]' then d.clock_events end as clock_events,
  d.procedure_revision_id,
  case (select max(case when c.source = 'reused' then 2 when c.source = 'file' or c.file_references <> '[]' then 1 else 0 end)
    from dossiers.component c where c.dossier_id = d.id and c.provided) when 2 then 'reused' when 1 then 'digital' else 'paper' end as papers,
  case when d.fees = '[]' or not exists (select 1 from jsonb_array_elements(d.fees) f where (f->>'amountVnd')::bigint > 0) then 'free'
    else (select case when coalesce(sum(case m.kind when 'refunded' then -m.amount_vnd else m.amount_vnd end), 0) <= 0 then 'unpaid'
        when bool_or(m.kind = 'paid' and m.method <> 'cash') then 'cashless' else 'cash' end
      from dossiers.money_entry m where m.dossier_id = d.id and m.kind in ('paid', 'refunded')) end as payment,
  coalesce(d.result->'handOver'->>'method', 'none') as returned
from dossiers.dossier d where d.received_at is not null;

-- The sums are derived; the watch makes them again.
delete from metrics.built;
