-- Metrics: facts that modules publish as views, and what is counted of them. All of `metrics.fact` and `metrics.cube` can be
-- rebuilt from the views; nothing here is the only place of a truth but closed periods.
create view dossiers.fact as
select d.id, d.code, d.procedure_code, d.area, d.channel, d.received_by_unit_id, d.decided_by_unit_id, d.holder_unit_id,
  d.status, d.outcome,
  (d.received_at at time zone 'Asia/Ho_Chi_Minh')::date as received_day,
  d.due_original, d.due_current,
  (d.due_current at time zone 'Asia/Ho_Chi_Minh')::date as due_day,
  d.ended_at, (d.ended_at at time zone 'Asia/Ho_Chi_Minh')::date as ended_day,
  d.punctuality, d.late_original, d.lateness_minutes,
  case when d.clock_status = 'paused' then (d.clock_events->-1->>'at')::timestamptz end as paused_since,
  exists (select 1 from dossiers.supplement a join dossiers.supplement b on b.dossier_id = a.dossier_id and b.seq > a.seq
    where a.dossier_id = d.id and a.stage = 'processing' and b.stage = 'processing') as asked_twice
from dossiers.dossier d where d.received_at is not null;
comment on view dossiers.fact is 'Dữ kiện hồ sơ đã tiếp nhận, dùng cho số liệu; ngày theo giờ Việt Nam, không có dữ liệu cá nhân';
comment on column dossiers.fact.paused_since is 'Đang tạm dừng từ lúc nào';
comment on column dossiers.fact.asked_twice is 'Đã yêu cầu bổ sung hơn một lần sau tiếp nhận';

create view apologies.fact as
select dossier_id, case when apology_id is not null then 'apology' when exemption_id is not null then 'exempted' else 'none' end as answer
from apologies.duty;
comment on view apologies.fact is 'Dữ kiện xin lỗi của hồ sơ trễ: đã xin lỗi, được miễn, chưa';

create schema metrics;

create view metrics.fresh as
select d.id as dossier_id, d.decided_by_unit_id as unit_id, d.received_by_unit_id as received_unit_id, d.procedure_code, d.channel,
  d.received_day, case when d.ended_day is not null then greatest(d.ended_day, d.received_day) end as ended_day,
  case when d.ended_day is not null then d.punctuality end as class, d.outcome, d.due_current as due_at,
  case when d.ended_day is not null then case when d.ended_day > d.due_day then greatest(d.due_day, d.received_day) end
    when d.paused_since <= d.due_current then null
    when d.due_day is not null then greatest(d.due_day, d.received_day) end as late_from,
  case when d.asked_twice then d.received_day
    when d.ended_at is not null then case when d.ended_at > d.due_current then least(d.due_day + 1, d.ended_day) end
    when d.paused_since <= d.due_current then null
    else d.due_day + 1 end as late766_from,
  case when d.ended_day is not null and d.punctuality = 'late' then d.lateness_minutes end as lateness_minutes,
  coalesce(a.answer, 'none') as answer
from dossiers.fact d left join apologies.fact a on a.dossier_id = d.id;
comment on view metrics.fresh is 'Dữ kiện của từng hồ sơ như các module đang có, để đếm, dựng lại và tự kiểm tra';

create table metrics.fact (
  dossier_id uuid primary key,
  unit_id uuid not null,
  received_unit_id uuid not null,
  procedure_code text not null,
  channel text not null,
  received_day date not null,
  ended_day date,
  class text,
  outcome text,
  due_at timestamptz,
  late_from date,
  late766_from date,
  lateness_minutes integer,
  answer text not null
) with (fillfactor = 85);
comment on table metrics.fact is 'Dữ kiện của mỗi hồ sơ đã được đếm: hồ sơ thay đổi thì phần cũ được trừ ra; cũng là danh sách sau mỗi con số';
comment on column metrics.fact.unit_id is 'Cơ quan giải quyết';
comment on column metrics.fact.received_unit_id is 'Nơi tiếp nhận';
comment on column metrics.fact.class is 'Sớm hạn, đúng hạn, trễ hạn của hồ sơ đã kết thúc xử lý';
comment on column metrics.fact.due_at is 'Ngày hẹn trả hiện tại';
comment on column metrics.fact.late_from is 'Cuối ngày này hồ sơ còn mở và đã quá hẹn; trống = chưa từng như vậy';
comment on column metrics.fact.late766_from is 'Từ ngày này bị tính là trễ theo cách đếm của Quyết định 766';
comment on column metrics.fact.lateness_minutes is 'Số phút làm việc trễ của hồ sơ kết thúc trễ hạn';
comment on column metrics.fact.answer is 'Hồ sơ trễ: none = chưa xin lỗi, apology = đã xin lỗi, exempted = được miễn';
create index fact_received on metrics.fact (unit_id, received_day);
create index fact_ended on metrics.fact (unit_id, ended_day) where ended_day is not null;
create index fact_late766 on metrics.fact (unit_id, received_day, late766_from) include (procedure_code, channel) where late766_from is not null;
create index fact_late_open on metrics.fact (late_from, unit_id) where late_from is not null and ended_day is null;

create table metrics.cube (
  unit_id uuid not null,
  grain text not null check (grain in ('day', 'month', 'year')),
  start date not null,
  bucket text not null,
  procedure_code text not null,
  channel text not null,
  n integer not null,
  minutes bigint not null,
  primary key (unit_id, grain, start, bucket, procedure_code, channel)
) with (fillfactor = 80);
comment on table metrics.cube is 'Số đếm cộng dồn theo cơ quan giải quyết và ngày, tháng, năm';
comment on column metrics.cube.start is 'Ngày đầu của khoảng';
comment on column metrics.cube.bucket is 'Nhóm: received; ended/<loại>/<kết quả>/<xin lỗi>; late-from/<xin lỗi> và late-until/<xin lỗi> (bắt đầu, thôi là hồ sơ mở quá hạn)';
comment on column metrics.cube.minutes is 'Tổng số phút làm việc trễ';

create table metrics.check_run (
  id uuid primary key,
  at timestamptz not null,
  cube_differences integer not null,
  suspects uuid[] not null default '{}',
  confirmed integer not null default 0,
  settled_at timestamptz
);
comment on table metrics.check_run is 'Lần tự kiểm tra: so số đếm với đếm lại từ đầu';
comment on column metrics.check_run.cube_differences is 'Số ô cộng dồn khác với đếm lại';
comment on column metrics.check_run.suspects is 'Hồ sơ có dữ kiện khác lần đọc đầu (có thể sự kiện đang trên đường); đọc lại sau để kết luận';
comment on column metrics.check_run.confirmed is 'Số hồ sơ vẫn khác khi đọc lại: báo động';

create table metrics.closing (
  id uuid primary key,
  unit_id uuid not null,
  period_id text not null,
  cutoff text not null,
  period_from date not null,
  period_to date not null,
  closed_at timestamptz not null,
  closed_by text not null,
  digest text not null,
  document text not null,
  unique (unit_id, period_id, cutoff)
);
comment on table metrics.closing is 'Chốt số liệu kỳ: văn bản JSON đóng băng, không sửa';
comment on column metrics.closing.digest is 'SHA-256 của văn bản JSON';

create table metrics.frozen (
  closing_id uuid not null references metrics.closing (id),
  unit_id uuid not null,
  roll text not null,
  metric_id text not null,
  definition_id text not null,
  numerator bigint,
  denominator bigint,
  warnings text[] not null default '{}',
  primary key (closing_id, unit_id, roll, metric_id)
);
comment on table metrics.frozen is 'Từng số của kỳ đã chốt, để tra nhanh; lấy từ văn bản JSON';
create index frozen_unit on metrics.frozen (unit_id, metric_id);
