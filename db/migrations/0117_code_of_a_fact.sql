-- Rows behind a figure are shown without looking up each dossier, which lie all over the disk. All sums are derived; the watch
-- makes them again.
create or replace view metrics.fresh as
select d.id as dossier_id, d.decided_by_unit_id as unit_id, d.received_by_unit_id as received_unit_id, d.procedure_code, d.channel,
  d.received_day, case when d.ended_day is not null then greatest(d.ended_day, d.received_day) end as ended_day,
  case when d.ended_day is not null then d.punctuality end as class, d.outcome, d.due_current as due_at,
  case when d.ended_day is not null then case when d.ended_day > d.due_day then greatest(d.due_day, d.received_day) end
    when d.paused_since <= d.due_current then null
    when d.due_day is not null then greatest(d.due_day, d.received_day) end as late_from,
  case when d.asked_twice then d.received_day
    when d.ended_at is not null then case when d.ended_at > d.due_current then greatest(least(d.due_day + 1, d.ended_day), d.received_day) end
    when d.paused_since <= d.due_current then null
    when d.due_day is not null then greatest(d.due_day + 1, d.received_day) end as late766_from,
  case when d.ended_day is not null and d.punctuality = 'late' then d.lateness_minutes end as lateness_minutes,
  coalesce(a.answer, 'none') as answer,
  case when d.due_day is not null then greatest(d.due_day, d.received_day) end as due_day,
  case when d.ended_day is not null then ((w.worked - v.worked
    - case when d.clock_events is null then 0 else metrics.stopped_between(d.calendar_revision_id, d.clock_events, d.received_at, d.ended_at) end) / 60)::integer
  end as work_minutes,
  coalesce(p.online_level, 'none') as service_level, d.papers, d.payment, d.returned, d.code
from dossiers.fact d left join apologies.fact a on a.dossier_id = d.id
  left join procedures.fact p on p.id = d.procedure_revision_id
  left join metrics.work_day r on r.calendar_revision_id = d.calendar_revision_id and r.day = d.received_day and d.ended_at is not null
  left join metrics.work_day e on e.calendar_revision_id = d.calendar_revision_id and e.day = d.ended_day
  cross join lateral (select floor(date_part('epoch', (d.received_at at time zone 'Asia/Ho_Chi_Minh')::time))::integer s,
    floor(date_part('epoch', (d.ended_at at time zone 'Asia/Ho_Chi_Minh')::time))::integer t offset 0) i
  cross join lateral (select r.before_seconds + least(greatest(i.s - r.open1, 0), r.close1 - r.open1) + least(greatest(i.s - r.open2, 0), r.close2 - r.open2)
    + case when r.more is null then 0 else coalesce((select sum(least(greatest(i.s - r.more[n], 0), r.more[n + 1] - r.more[n])) from generate_series(1, cardinality(r.more), 2) n), 0) end as worked) v
  cross join lateral (select e.before_seconds + least(greatest(i.t - e.open1, 0), e.close1 - e.open1) + least(greatest(i.t - e.open2, 0), e.close2 - e.open2)
    + case when e.more is null then 0 else coalesce((select sum(least(greatest(i.t - e.more[n], 0), e.more[n + 1] - e.more[n])) from generate_series(1, cardinality(e.more), 2) n), 0) end as worked) w;

alter table metrics.fact add column code text;
comment on column metrics.fact.code is 'Mã hồ sơ';
truncate metrics.fact, metrics.cell, metrics.total;
delete from metrics.built;
