-- Statistics for the public board: counts per unit and day, kept by a subscriber of dossier events. Reading depends on
-- units and days, never on the number of dossiers.
create schema statistics;

create table statistics.fact (
  dossier_id uuid primary key,
  unit_id uuid not null,
  received_day date,
  channel text not null,
  ended_day date,
  punctuality text
);
comment on table statistics.fact is 'Phần của mỗi hồ sơ đã được đếm: sự kiện đến lặp lại không đếm hai lần';
comment on column statistics.fact.unit_id is 'Cơ quan giải quyết';
comment on column statistics.fact.received_day is 'Ngày tiếp nhận đã đếm';
comment on column statistics.fact.ended_day is 'Ngày kết thúc xử lý đã đếm';

create table statistics.daily (
  unit_id uuid not null,
  day date not null,
  received_desk integer not null default 0,
  received_online integer not null default 0,
  received_post integer not null default 0,
  ended_early integer not null default 0,
  ended_on_time integer not null default 0,
  ended_late integer not null default 0,
  primary key (unit_id, day)
);
comment on table statistics.daily is 'Số liệu công khai theo cơ quan giải quyết và ngày';
comment on column statistics.daily.received_desk is 'Tiếp nhận trực tiếp';
comment on column statistics.daily.received_online is 'Tiếp nhận trực tuyến';
comment on column statistics.daily.received_post is 'Tiếp nhận qua bưu chính';
comment on column statistics.daily.ended_early is 'Giải quyết trước hạn';
comment on column statistics.daily.ended_on_time is 'Giải quyết đúng hạn';
comment on column statistics.daily.ended_late is 'Giải quyết quá hạn';
create index daily_day on statistics.daily (day);
