-- Steps are counted like dossiers: metrics over visits. A visit is now told apart by how it stood to the limit of the step, how
-- the dossier went on, and the channel. All sums of visits are derived; the watch makes them again after this migration.

-- Moves back are few; the index holds nothing else and costs other actions nothing.
create index action_moved_back on dossiers.action (dossier_id, occurred_at) where kind in ('step-returned', 'taken-back');

-- The limit of a step moves with pauses and agreed dates while it is held; the task keeps the first, the log the last one. A visit
-- that ended while the clock stood was finished, for its limit, when the clock stopped.
drop view metrics.visit_fresh;
drop view dossiers.visit;
create view dossiers.visit as
select k.dossier_id, k.seq, k.step_id, k.unit_id, coalesce(k.staff_id, case when k.ended_by like 'staff:%' then substr(k.ended_by, 7)::uuid end) as staff_id,
  k.started_at, m.due_at, k.ended_at, case when d.clock_events->-1->>'kind' = 'pause' then least(k.ended_at, (d.clock_events->-1->>'at')::timestamptz) else k.ended_at end as stopped_at,
  case b.kind when 'step-returned' then 'returned' when 'taken-back' then 'taken-back' else 'onward' end as way,
  d.procedure_code, d.channel, d.calendar_revision_id,
  case when d.clock_events <> '[]' then d.clock_events end as clock_events
from dossiers.task k join dossiers.dossier d on d.id = k.dossier_id
  left join dossiers.action b on b.dossier_id = k.dossier_id and b.occurred_at = k.ended_at and b.kind in ('step-returned', 'taken-back')
  cross join lateral (select case when d.clock_events = '[]' and d.due_current is not distinct from d.due_original then k.due_at
    else coalesce((select (a.change->'step'->>'dueAt')::timestamptz from dossiers.action a where a.dossier_id = k.dossier_id
      and a.change->'step'->>'seq' = k.seq::text and a.change->'step'->>'dueAt' is not null order by a.seq desc limit 1), k.due_at) end as due_at offset 0) m
where k.ended_at is not null and d.received_at is not null;
comment on view dossiers.visit is 'Dữ kiện các lượt hồ sơ qua bước đã xong: bước, đơn vị, người làm, vào, ra, hạn của bước, đi tiếp hay trả lại; không có dữ liệu cá nhân của người dân';
comment on column dossiers.visit.staff_id is 'Người nhận việc, không có thì người kết thúc bước; trống: phần mềm';
comment on column dossiers.visit.due_at is 'Hạn của bước sau cùng: dừng đồng hồ, hẹn lại làm đổi hạn khi đang giữ';
comment on column dossiers.visit.stopped_at is 'Lúc ra khỏi bước, hoặc lúc đồng hồ dừng mà không chạy lại nữa: để so với hạn';
comment on column dossiers.visit.way is 'onward: đi tiếp; returned: trả lại bước trước; taken-back: người chuyển rút lại khi chưa ai đọc';

create view metrics.visit_fresh as
select v.dossier_id, v.seq, v.step_id, v.unit_id, v.staff_id, v.procedure_code, v.channel, v.started_at, v.due_at, v.ended_at,
  (v.ended_at at time zone 'Asia/Ho_Chi_Minh')::date as day,
  case when v.due_at > v.started_at then case when v.stopped_at > v.due_at then 'late' else 'on-time' end else 'untimed' end as class, v.way,
  ((y.worked - x.worked - case when v.clock_events is null then 0
    else metrics.stopped_between(v.calendar_revision_id, v.clock_events, v.started_at, v.ended_at) end) / 60)::integer as minutes
from dossiers.visit v
  left join metrics.work_day r on r.calendar_revision_id = v.calendar_revision_id and r.day = (v.started_at at time zone 'Asia/Ho_Chi_Minh')::date
  left join metrics.work_day e on e.calendar_revision_id = v.calendar_revision_id and e.day = (v.ended_at at time zone 'Asia/Ho_Chi_Minh')::date
  cross join lateral (select floor(date_part('epoch', (v.started_at at time zone 'Asia/Ho_Chi_Minh')::time))::integer s,
    floor(date_part('epoch', (v.ended_at at time zone 'Asia/Ho_Chi_Minh')::time))::integer t offset 0) i
  cross join lateral (select r.before_seconds + least(greatest(i.s - r.open1, 0), r.close1 - r.open1) + least(greatest(i.s - r.open2, 0), r.close2 - r.open2)
      + case when r.more is null then 0 else coalesce((select sum(least(greatest(i.s - r.more[n], 0), r.more[n + 1] - r.more[n])) from generate_series(1, cardinality(r.more), 2) n), 0) end as worked) x
  cross join lateral (select e.before_seconds + least(greatest(i.t - e.open1, 0), e.close1 - e.open1) + least(greatest(i.t - e.open2, 0), e.close2 - e.open2)
      + case when e.more is null then 0 else coalesce((select sum(least(greatest(i.t - e.more[n], 0), e.more[n + 1] - e.more[n])) from generate_series(1, cardinality(e.more), 2) n), 0) end as worked) y;
comment on view metrics.visit_fresh is 'Lượt qua bước với số phút làm việc đã giữ, không kể lúc dừng đồng hồ';
comment on column metrics.visit_fresh.class is 'So với hạn của bước: on-time, late; untimed: bước không có hạn, hoặc đã hết hạn khi nhận';

drop table metrics.visit_sum;
create table metrics.visit_sum (
  unit_id uuid not null,
  grain text not null check (grain in ('day', 'month')),
  start date not null,
  step_id text not null,
  procedure_code text not null,
  channel text not null,
  staff_id uuid not null,
  class text not null,
  way text not null,
  n integer not null,
  measured integer not null,
  minutes bigint not null,
  constraint visit_sum_key primary key (unit_id, grain, start, step_id, procedure_code, channel, staff_id, class, way)
);
comment on table metrics.visit_sum is 'Số lượt qua bước cộng theo đơn vị, bước, thủ tục, kênh, người và ngày, tháng ra khỏi bước; không có tên người';
comment on column metrics.visit_sum.staff_id is 'Người làm; toàn số 0: phần mềm';
comment on column metrics.visit_sum.class is 'So với hạn của bước: on-time, late, untimed';
comment on column metrics.visit_sum.way is 'onward: đi tiếp; returned: trả lại bước trước; taken-back: người chuyển rút lại';
comment on column metrics.visit_sum.measured is 'Số lượt đo được thời gian';
comment on column metrics.visit_sum.minutes is 'Tổng số phút làm việc đã giữ';

create table metrics.visit_total (
  unit_id uuid not null,
  grain text not null check (grain in ('half', 'month', 'year')),
  start date not null,
  class text not null,
  way text not null,
  n integer not null,
  measured integer not null,
  minutes bigint not null,
  constraint visit_total_key primary key (unit_id, grain, start, class, way)
);
comment on table metrics.visit_total is 'Như metrics.visit_sum nhưng chung mọi bước, thủ tục, kênh, người: đọc khi không lọc';
comment on column metrics.visit_total.grain is 'half: từ ngày 1 đến 14, từ ngày 15 đến cuối tháng; month; year';
delete from metrics.visit_frontier;

-- Since 0097 the figures are kept in `cell` and `total`; nothing reads or writes this.
drop table metrics.cube;
