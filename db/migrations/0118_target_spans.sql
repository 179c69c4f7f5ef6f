-- Of periods that are no year, half, quarter or month, only the same days are the same period: nine months and ten months of
-- one decision are two milestones, and two campaigns may overlap. Days of whole months are the same by the calendar and cut
-- off on the 14th, as for the other kinds.
alter table targets.target drop constraint target_once;

create or replace function targets.period_kind(from_day date, to_day date) returns text language sql immutable parallel safe strict as $$
  select case
    when extract(day from s.first) <> 1 or extract(day from s.after) <> 1
      then 'days ' || (from_day - date '2000-01-01') || ' ' || (to_day - date '2000-01-01')
    when s.after = s.first + interval '1 year' and extract(month from s.first) = 1 then 'year'
    when s.after = s.first + interval '6 months' and extract(month from s.first) in (1, 7) then 'half'
    when s.after = s.first + interval '3 months' and extract(month from s.first) in (1, 4, 7, 10) then 'quarter'
    when s.after = s.first + interval '1 month' then 'month'
    else 'days ' || (s.first::date - date '2000-01-01') || ' ' || (s.after::date - 1 - date '2000-01-01') end
  from (select case when extract(day from from_day) = 15 and extract(day from to_day) = 14
      then from_day - 14 + interval '1 month' else from_day::timestamp end first,
    case when extract(day from from_day) = 15 and extract(day from to_day) = 14
      then to_day - 13 + interval '1 month' else to_day + interval '1 day' end after) s
$$;
comment on function targets.period_kind(date, date) is
  'Loại kỳ theo các ngày của kỳ (tính cả hai đầu): year năm, half nửa năm, quarter quý, month tháng; khoảng ngày khác: days và chính các ngày đó, đếm từ 01/01/2000; kỳ chốt ngày 14 tính như kỳ lịch';

alter table targets.target add constraint target_once exclude using gist
  (unit_id with =, likeness with =, targets.period_kind(from_day, to_day) with =, daterange(from_day, to_day, '[]') with &&)
  where (ended_at is null and not doubled);

-- Of what was told apart as given twice, other days of the same decision are no doubles.
update targets.target t set doubled = false
where t.doubled and not exists (
  select 1 from targets.target e
  where e.unit_id = t.unit_id and e.likeness = t.likeness and e.ended_at is null and e.id < t.id
    and targets.period_kind(e.from_day, e.to_day) = targets.period_kind(t.from_day, t.to_day)
    and daterange(e.from_day, e.to_day, '[]') && daterange(t.from_day, t.to_day, '[]'));
