-- Metrics: sums that add up under any filter (`cell`) and small ones for the common question (`total`). They take the place
-- of `metrics.cube`, which is no longer written. Days at the edge of a period are counted from the facts by index, so no sum
-- by day is kept. All of it is rebuilt by the watch after this migration (`metrics.built`).
alter table metrics.fact add column due_day date, add column work_minutes integer;
comment on column metrics.fact.due_day is 'Ngày hẹn trả hiện tại, không trước ngày tiếp nhận';
comment on column metrics.fact.work_minutes is 'Số phút làm việc của cả quá trình giải quyết, không kể lúc dừng đồng hồ; trống: chưa kết thúc hoặc không đo được';
create index fact_due on metrics.fact (unit_id, due_day) where due_day is not null;
create index fact_late_from on metrics.fact (unit_id, late_from) where late_from is not null;
create index fact_late766_from on metrics.fact (unit_id, late766_from) where late766_from is not null;
create index fact_received_by on metrics.fact (received_unit_id, received_day) where received_unit_id <> unit_id;
create index fact_ended_by on metrics.fact (received_unit_id, ended_day) where received_unit_id <> unit_id and ended_day is not null;

create table metrics.cell (
  unit_id uuid not null,
  grain text not null check (grain in ('half', 'year')),
  start date not null,
  bucket text not null,
  procedure_code text not null,
  channel text not null,
  received_unit_id uuid not null,
  n integer not null,
  minutes bigint not null,
  worked integer not null,
  work_minutes bigint not null,
  constraint cell_key primary key (unit_id, grain, start, bucket, procedure_code, channel, received_unit_id)
) with (fillfactor = 80);
comment on table metrics.cell is 'Số đếm cộng dồn theo cơ quan giải quyết, nơi tiếp nhận, thủ tục, kênh và nửa tháng, năm';
comment on column metrics.cell.grain is 'half: từ ngày 1 đến 14, từ ngày 15 đến cuối tháng (kỳ báo cáo của Nghị định 09/2019/NĐ-CP chốt ngày 14); year: năm';
comment on column metrics.cell.start is 'Ngày đầu của khoảng';
comment on column metrics.cell.bucket is 'Nhóm: received; ended/<loại>/<kết quả>/<xin lỗi>; due/<loại>; late-from/<xin lỗi> và late-until/<xin lỗi> (bắt đầu, thôi là hồ sơ mở quá hạn); late766/<tháng tiếp nhận>';
comment on column metrics.cell.minutes is 'Tổng số phút làm việc trễ';
comment on column metrics.cell.worked is 'Số hồ sơ đo được thời gian giải quyết';
comment on column metrics.cell.work_minutes is 'Tổng số phút làm việc của cả quá trình giải quyết';
create index cell_received on metrics.cell (received_unit_id, grain, start) where received_unit_id <> unit_id;

create table metrics.total (
  unit_id uuid not null,
  grain text not null check (grain in ('half', 'month', 'year')),
  start date not null,
  bucket text not null,
  channel text not null,
  n integer not null,
  minutes bigint not null,
  worked integer not null,
  work_minutes bigint not null,
  constraint total_key primary key (unit_id, grain, start, bucket, channel)
) with (fillfactor = 80);
comment on table metrics.total is 'Như metrics.cell nhưng chung mọi thủ tục và nơi tiếp nhận: đọc khi không lọc';

create table metrics.change (
  id bigint generated always as identity primary key,
  from_day date not null
);
comment on table metrics.change is 'Mỗi lần đếm làm đổi số: số của kỳ kết thúc trước ngày này vẫn như cũ, nên bản đã đọc còn dùng được';
comment on column metrics.change.from_day is 'Ngày sớm nhất có số thay đổi';

create table metrics.built (
  layout integer primary key,
  built_at timestamptz not null
);
comment on table metrics.built is 'Cách đếm đã dựng xong; phần mềm đổi cách đếm thì dựng lại';

create table metrics.work_day (
  calendar_revision_id uuid not null,
  day date not null,
  before_seconds bigint not null,
  open1 integer not null default 0,
  close1 integer not null default 0,
  open2 integer not null default 0,
  close2 integer not null default 0,
  more integer[],
  primary key (calendar_revision_id, day)
);
comment on table metrics.work_day is 'Giờ làm việc từng ngày của từng bản lịch, trải sẵn để đo thời gian giải quyết trong cơ sở dữ liệu';
comment on column metrics.work_day.before_seconds is 'Tổng số giây làm việc của các ngày trước';
comment on column metrics.work_day.open1 is 'Giây trong ngày (giờ Việt Nam) mở cửa lần thứ nhất; close1: đóng; open2, close2: lần thứ hai';
comment on column metrics.work_day.more is 'Các lần mở, đóng còn lại, xen kẽ; trống: không có';

-- Working seconds until an instant, from the first day laid out; null where the day is not.
create function metrics.worked_until(revision uuid, at timestamptz) returns bigint language sql stable as $$
  select w.before_seconds + least(greatest(s - w.open1, 0), w.close1 - w.open1) + least(greatest(s - w.open2, 0), w.close2 - w.open2)
    + coalesce((select sum(least(greatest(s - w.more[i], 0), w.more[i + 1] - w.more[i])) from generate_series(1, cardinality(w.more), 2) i), 0)
  from metrics.work_day w, lateral (select floor(date_part('epoch', (at at time zone 'Asia/Ho_Chi_Minh')::time))::integer s) t
  where w.calendar_revision_id = revision and w.day = (at at time zone 'Asia/Ho_Chi_Minh')::date
$$;

-- Working seconds the clock stood between two instants, by the events of the clock of a dossier.
create function metrics.stopped_between(revision uuid, events jsonb, since timestamptz, until timestamptz) returns bigint language sql stable as $$
  select coalesce(sum(metrics.worked_until(revision, least(p.resumed, until)) - metrics.worked_until(revision, greatest(p.paused, since))), 0)::bigint
  from (select e.kind, e.at paused, coalesce(lead(e.at) over (order by e.nth), until) resumed
    from (select x.value->>'kind' kind, (x.value->>'at')::timestamptz at, x.nth from jsonb_array_elements(events) with ordinality x(value, nth)) e
    where e.kind in ('pause', 'resume')) p
  where p.kind = 'pause' and p.paused < until and p.resumed > since
$$;

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
  d.received_at, d.calendar_revision_id, case when d.clock_events <> '[]' then d.clock_events end as clock_events
from dossiers.dossier d where d.received_at is not null;
comment on column dossiers.fact.clock_events is 'Các lần dừng, chạy lại của đồng hồ; trống: chưa dừng lần nào';

-- `offset 0` keeps the instants from being worked out again in every window of the day.
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
  end as work_minutes
from dossiers.fact d left join apologies.fact a on a.dossier_id = d.id
  left join metrics.work_day r on r.calendar_revision_id = d.calendar_revision_id and r.day = d.received_day and d.ended_at is not null
  left join metrics.work_day e on e.calendar_revision_id = d.calendar_revision_id and e.day = d.ended_day
  cross join lateral (select floor(date_part('epoch', (d.received_at at time zone 'Asia/Ho_Chi_Minh')::time))::integer s,
    floor(date_part('epoch', (d.ended_at at time zone 'Asia/Ho_Chi_Minh')::time))::integer t offset 0) i
  cross join lateral (select r.before_seconds + least(greatest(i.s - r.open1, 0), r.close1 - r.open1) + least(greatest(i.s - r.open2, 0), r.close2 - r.open2)
    + case when r.more is null then 0 else coalesce((select sum(least(greatest(i.s - r.more[n], 0), r.more[n + 1] - r.more[n])) from generate_series(1, cardinality(r.more), 2) n), 0) end as worked) v
  cross join lateral (select e.before_seconds + least(greatest(i.t - e.open1, 0), e.close1 - e.open1) + least(greatest(i.t - e.open2, 0), e.close2 - e.open2)
    + case when e.more is null then 0 else coalesce((select sum(least(greatest(i.t - e.more[n], 0), e.more[n + 1] - e.more[n])) from generate_series(1, cardinality(e.more), 2) n), 0) end as worked) w;

-- Steps and persons: each visit of a dossier to a step. Found by the day it was left, through an index that costs next to
-- nothing to keep, since tasks are written in the order of time.
create index task_ended on dossiers.task using brin (ended_at) with (pages_per_range = 32);

create view dossiers.visit as
select k.dossier_id, k.seq, k.step_id, k.unit_id, coalesce(k.staff_id, case when k.ended_by like 'staff:%' then substr(k.ended_by, 7)::uuid end) as staff_id,
  k.started_at, k.due_at, k.ended_at, d.procedure_code, d.calendar_revision_id,
  case when d.clock_events <> '[]' then d.clock_events end as clock_events
from dossiers.task k join dossiers.dossier d on d.id = k.dossier_id
where k.ended_at is not null and d.received_at is not null;
comment on view dossiers.visit is 'Dữ kiện các lượt hồ sơ qua bước đã xong: bước, đơn vị, người làm, vào, ra, hạn của bước; không có dữ liệu cá nhân của người dân';
comment on column dossiers.visit.staff_id is 'Người nhận việc, không có thì người kết thúc bước; trống: phần mềm';

create view metrics.visit_fresh as
select v.dossier_id, v.seq, v.step_id, v.unit_id, v.staff_id, v.procedure_code, v.started_at, v.due_at, v.ended_at,
  (v.ended_at at time zone 'Asia/Ho_Chi_Minh')::date as day, coalesce(v.ended_at > v.due_at and v.due_at > v.started_at, false) as late,
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

create table metrics.visit_sum (
  unit_id uuid not null,
  grain text not null check (grain in ('day', 'month')),
  start date not null,
  step_id text not null,
  procedure_code text not null,
  staff_id uuid not null,
  n integer not null,
  late integer not null,
  measured integer not null,
  minutes bigint not null,
  constraint visit_sum_key primary key (unit_id, grain, start, step_id, procedure_code, staff_id)
);
comment on table metrics.visit_sum is 'Số lượt qua bước cộng theo đơn vị, bước, thủ tục, người và ngày, tháng ra khỏi bước; không có tên người';
comment on column metrics.visit_sum.staff_id is 'Người làm; toàn số 0: phần mềm';
comment on column metrics.visit_sum.late is 'Số lượt quá hạn của bước';
comment on column metrics.visit_sum.measured is 'Số lượt đo được thời gian';
comment on column metrics.visit_sum.minutes is 'Tổng số phút làm việc đã giữ';

create table metrics.visit_frontier (
  id smallint primary key default 1 check (id = 1),
  day date not null,
  visits bigint not null
);
comment on table metrics.visit_frontier is 'Các lượt ra khỏi bước đến hết ngày này đã được cộng; về sau đếm thẳng';
comment on column metrics.visit_frontier.visits is 'Số lượt đã cộng, để tự kiểm tra';

create index closing_period on metrics.closing (period_id, cutoff);
