-- Forecast of lateness: how long steps usually take, which open dossiers will likely be late, and how often that was right.
-- Kept by a subscriber of endings and a timer, never counted per request. No foreign keys to other schemas.
create schema forecast;

create table forecast.sample (
  dossier_id uuid not null,
  step_id text not null,
  unit_id uuid not null,
  procedure_code text not null,
  minutes integer not null check (minutes >= 0),
  ended_on date not null,
  primary key (dossier_id, step_id, unit_id)
);
comment on table forecast.sample is 'Thời gian thực tế một bước đã mất trong một hồ sơ đã kết thúc (phút làm việc, không kể lúc dừng đồng hồ)';
comment on column forecast.sample.minutes is 'Số phút làm việc của mọi lượt ở bước ấy tại đơn vị ấy';
comment on column forecast.sample.ended_on is 'Ngày kết thúc xử lý; mẫu ngoài cửa sổ 180 ngày bị xóa';
create index sample_ended on forecast.sample (ended_on);

create table forecast.pace (
  procedure_code text not null,
  step_id text not null,
  unit_id uuid,
  sample integer not null,
  median_minutes integer not null,
  p90_minutes integer not null,
  computed_at timestamptz not null
);
comment on table forecast.pace is 'Nhịp của bước: trung vị và phân vị 90 của thời gian thực tế, tính lại hằng đêm';
comment on column forecast.pace.unit_id is 'Đơn vị; trống: mọi đơn vị làm thủ tục ấy';
comment on column forecast.pace.sample is 'Cỡ mẫu';
comment on column forecast.pace.median_minutes is 'Trung vị, phút làm việc';
comment on column forecast.pace.p90_minutes is 'Phân vị 90, phút làm việc';
create index pace_step on forecast.pace (procedure_code, step_id, unit_id);

create table forecast.current (
  dossier_id uuid primary key,
  code text not null,
  procedure_code text not null,
  procedure_name text not null,
  received_by_unit_id uuid not null,
  decided_by_unit_id uuid not null,
  holder_unit_id uuid,
  holder_staff_id uuid,
  step_id text,
  step_name text,
  due_at timestamptz,
  level text not null check (level in ('none', 'possible', 'likely')),
  remaining_minutes integer not null,
  median_minutes integer not null,
  p90_minutes integer not null,
  steps_left smallint not null,
  sample integer not null,
  basis text not null check (basis in ('unit', 'procedure', 'allowance')),
  day_minutes integer not null,
  computed_at timestamptz not null
);
comment on table forecast.current is 'Dự báo trễ của hồ sơ đang xử lý, tính lại định kỳ';
comment on column forecast.current.level is 'Mức: không, có thể trễ, nhiều khả năng trễ';
comment on column forecast.current.remaining_minutes is 'Quỹ thời gian còn lại đến hạn, phút làm việc';
comment on column forecast.current.median_minutes is 'Các bước còn lại thường mất (trung vị), phút làm việc';
comment on column forecast.current.p90_minutes is 'Các bước còn lại khi chậm (phân vị 90), phút làm việc';
comment on column forecast.current.sample is 'Cỡ mẫu nhỏ nhất trong các bước còn lại; 0 khi phải dùng định mức';
comment on column forecast.current.basis is 'Căn cứ yếu nhất: lịch sử của đơn vị, của thủ tục, hay định mức';
comment on column forecast.current.day_minutes is 'Số phút của một ngày làm việc, để đổi ra ngày';
create index current_level on forecast.current (level, due_at, dossier_id) where level <> 'none';

create table forecast.snapshot (
  dossier_id uuid not null,
  day date not null,
  level text not null,
  remaining_minutes integer not null,
  median_minutes integer not null,
  p90_minutes integer not null,
  primary key (dossier_id, day)
);
comment on table forecast.snapshot is 'Dự báo của từng ngày, chỉ ghi ngày đầu và ngày mức thay đổi; để chấm điểm dự báo';

create table forecast.outcome (
  dossier_id uuid primary key,
  procedure_code text not null,
  decided_by_unit_id uuid not null,
  level text not null,
  forecast_on date not null,
  late boolean not null,
  ended_on date not null
);
comment on table forecast.outcome is 'Dự báo cuối cùng trước ngày hẹn trả so với kết quả thật';
comment on column forecast.outcome.level is 'Mức dự báo còn hiệu lực trước ngày hẹn trả';
comment on column forecast.outcome.forecast_on is 'Ngày đưa ra mức ấy';
comment on column forecast.outcome.late is 'Kết thúc có trễ hạn không';
create index outcome_ended on forecast.outcome (ended_on);

create table forecast.run (
  name text primary key,
  ran_at timestamptz not null
);
comment on table forecast.run is 'Lần chạy gần nhất của việc định kỳ (tính nhịp, tính dự báo)';
