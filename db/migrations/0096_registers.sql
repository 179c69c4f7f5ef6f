-- Registers of figures that live outside of the system: what units have entered, every version, and who opened a closed period.
create schema if not exists registers;

create table registers.entry (
  id uuid primary key,
  version integer not null default 1,
  register_id text not null,
  unit_id uuid not null,
  period_id text not null,
  line_key text not null default '',
  counted jsonb,
  current jsonb,
  entered_at timestamptz not null,
  late_days integer not null,
  changed_at timestamptz not null,
  changed_by text not null,
  unique (register_id, unit_id, period_id, line_key)
);
comment on table registers.entry is 'Số liệu nhập tay: một dòng sổ của một đơn vị trong một kỳ';
comment on column registers.entry.version is 'Số của bản cuối, tăng mỗi lần sửa; hai người cùng lúc thì một người được';
comment on column registers.entry.register_id is 'Mã sổ trong content/registers';
comment on column registers.entry.period_id is 'Kỳ: 2023-06, 2023-Q2, 2023, hoặc mã đợt';
comment on column registers.entry.line_key is 'Khóa phân biệt dòng trong sổ danh sách (thôn, quyết định …); trống: sổ số liệu';
comment on column registers.entry.counted is 'Giá trị được tính: bản cuối trước lúc khóa kỳ; null: không được tính';
comment on column registers.entry.current is 'Giá trị của bản cuối, kể cả sửa sau khi khóa; null: đã bỏ dòng';
comment on column registers.entry.entered_at is 'Lúc nhập lần đầu';
comment on column registers.entry.late_days is 'Số ngày nhập trễ của lần đầu; 0: đúng hạn';
create index entry_unit on registers.entry (unit_id, register_id, period_id);

create table registers.entry_version (
  entry_id uuid not null references registers.entry (id),
  no integer not null,
  content jsonb,
  is_counted boolean not null,
  origin text not null check (origin in ('typed', 'import')),
  reason text not null default '',
  evidence text not null default '',
  at timestamptz not null,
  by text not null,
  primary key (entry_id, no)
);
comment on table registers.entry_version is 'Các bản của một dòng sổ: ai, khi nào, vì sao; không sửa, không xóa';
comment on column registers.entry_version.content is 'Giá trị của bản; null: bỏ dòng';
comment on column registers.entry_version.is_counted is 'Nhập trước lúc khóa kỳ nên được tính; sai: sửa sau khi khóa, để bên cạnh';
comment on column registers.entry_version.origin is 'typed: nhập trên màn hình; import: từ tệp XLSX';
comment on column registers.entry_version.evidence is 'Tài liệu kiểm chứng bằng chữ: số, ký hiệu văn bản';

create table registers.opening (
  id uuid primary key,
  register_id text not null,
  period_id text not null,
  unit_id uuid not null,
  until_day date not null,
  reason text not null,
  at timestamptz not null,
  by text not null
);
comment on table registers.opening is 'Mở lại một kỳ đã khóa cho một đơn vị và các đơn vị cấp dưới, đến hết một ngày, có lý do';
comment on column registers.opening.until_day is 'Ngày cuối còn nhập được';
create index opening_period on registers.opening (register_id, period_id);

create function registers.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'registers.% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger entry_version_append_only before update or delete on registers.entry_version
  for each row execute function registers.refuse_change();
create trigger opening_append_only before update or delete on registers.opening
  for each row execute function registers.refuse_change();
