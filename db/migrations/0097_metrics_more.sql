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
  null::integer as work_minutes
from dossiers.fact d left join apologies.fact a on a.dossier_id = d.id;
