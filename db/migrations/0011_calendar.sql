-- Calendar: working-time calendars as published revisions; units may have their own.
create extension if not exists btree_gist;
create schema if not exists calendar;

create table calendar.calendar (
  id uuid primary key,
  code text not null unique,
  name text not null,
  is_default boolean not null default false
);
comment on table calendar.calendar is 'Lịch làm việc';
create unique index calendar_default on calendar.calendar (is_default) where is_default;

create table calendar.revision (
  id uuid primary key,
  calendar_id uuid not null references calendar.calendar (id),
  definition jsonb not null,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  source text not null,
  verified boolean not null,
  published_at timestamptz not null,
  published_by text not null,
  superseded_at timestamptz,
  exclude using gist (calendar_id with =, daterange(valid_from, valid_to, '[]') with &&) where (superseded_at is null)
);
comment on table calendar.revision is 'Bản lịch đã công bố: không sửa nội dung; hồ sơ ghi bản lịch đã dùng';
comment on column calendar.revision.definition is 'Giờ làm việc, mùa, ngày nghỉ và ngày làm bù';
comment on column calendar.revision.superseded_at is 'Lúc bị một bản công bố sau thay thế hoàn toàn';

create table calendar.unit_calendar (
  unit_id uuid not null,
  calendar_id uuid not null references calendar.calendar (id),
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  primary key (unit_id, valid_from),
  exclude using gist (unit_id with =, daterange(valid_from, valid_to, '[]') with &&)
);
comment on table calendar.unit_calendar is 'Lịch riêng của đơn vị; đơn vị không có lịch riêng theo đơn vị cha, sau cùng là lịch mặc định';
