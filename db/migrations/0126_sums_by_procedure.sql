-- Figures that are narrowed by field, procedure, step or person are added up in memory from half months like all others. The sums
-- behind them therefore lie by procedure (of visits by step), hold every kind, and no years. All are derived; the watch makes
-- them again after this migration.
drop table metrics.cell;
create table metrics.cell (
  unit_id uuid not null,
  start date not null,
  bucket text not null,
  procedure_code text not null,
  channel text not null,
  received_unit_id uuid not null,
  n integer not null,
  minutes bigint not null,
  worked integer not null,
  work_minutes bigint not null,
  kind text not null generated always as (split_part(bucket, '/', 1)) stored,
  constraint cell_key primary key (unit_id, kind, procedure_code, start, bucket, channel, received_unit_id)
) with (fillfactor = 80);
comment on table metrics.cell is 'Số đếm cộng dồn theo cơ quan giải quyết, nơi tiếp nhận, thủ tục, kênh và nửa tháng';
comment on column metrics.cell.start is 'Ngày đầu của nửa tháng: ngày 1, hoặc ngày 15 (kỳ báo cáo của Nghị định 09/2019/NĐ-CP chốt ngày 14)';
comment on column metrics.cell.bucket is 'Nhóm: như metrics.total';
comment on column metrics.cell.minutes is 'Tổng số phút làm việc trễ';
comment on column metrics.cell.worked is 'Số hồ sơ đo được thời gian giải quyết';
comment on column metrics.cell.work_minutes is 'Tổng số phút làm việc của cả quá trình giải quyết';
comment on column metrics.cell.kind is 'Phần đầu của nhóm';
create index cell_received on metrics.cell (received_unit_id, kind, start) where received_unit_id <> unit_id;
delete from metrics.built;

drop table metrics.visit_sum;
create table metrics.visit_cell (
  unit_id uuid not null,
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
  constraint visit_cell_key primary key (unit_id, step_id, procedure_code, start, channel, staff_id, class, way)
);
comment on table metrics.visit_cell is 'Số lượt qua bước cộng theo đơn vị, bước, thủ tục, kênh, người và nửa tháng ra khỏi bước; không có tên người';
comment on column metrics.visit_cell.start is 'Ngày đầu của nửa tháng: ngày 1 hoặc ngày 15';
comment on column metrics.visit_cell.staff_id is 'Người làm; toàn số 0: phần mềm';
comment on column metrics.visit_cell.class is 'So với hạn của bước: on-time, late, untimed';
comment on column metrics.visit_cell.way is 'onward: đi tiếp; returned: trả lại bước trước; taken-back: người chuyển rút lại';
comment on column metrics.visit_cell.measured is 'Số lượt đo được thời gian';
comment on column metrics.visit_cell.minutes is 'Tổng số phút làm việc đã giữ';

create table metrics.visit_day (
  like metrics.visit_cell including comments,
  constraint visit_day_key primary key (unit_id, start, step_id, procedure_code, channel, staff_id, class, way)
);
comment on table metrics.visit_day is 'Như metrics.visit_cell nhưng theo từng ngày ra khỏi bước: cho những ngày không tròn nửa tháng';
comment on column metrics.visit_day.start is 'Ngày ra khỏi bước';
comment on table metrics.visit_total is 'Như metrics.visit_cell nhưng chung mọi bước, thủ tục, kênh, người; khoảng dài hơn nửa tháng cộng từ đây';
delete from metrics.visit_frontier;
