-- Organisation: units read with a date, their codes and successions; staff with positions; roles as data.
create extension if not exists btree_gist;
create schema if not exists organisation;

create table organisation.unit (
  id uuid primary key,
  content_key text unique,
  created_at timestamptz not null
);
comment on table organisation.unit is 'Đơn vị: mã riêng của hệ thống, không đổi qua các lần đổi tên, đổi mã';
comment on column organisation.unit.content_key is 'Khóa trong content/units, để nạp lại không sinh bản trùng';

create table organisation.unit_version (
  id uuid primary key,
  unit_id uuid not null references organisation.unit (id),
  name text not null check (name <> ''),
  level text not null check (level in ('national', 'province', 'district', 'commune', 'hamlet')),
  type text not null,
  kind text not null,
  serves text[] not null default '{}',
  parent_id uuid references organisation.unit (id),
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  check (parent_id <> unit_id),
  exclude using gist (unit_id with =, daterange(valid_from, valid_to, '[]') with &&)
);
comment on table organisation.unit_version is 'Giai đoạn của đơn vị: tên, cấp, loại, đơn vị cha trong một khoảng ngày';
comment on column organisation.unit_version.level is 'Cấp: tỉnh, huyện, xã, thôn';
comment on column organisation.unit_version.type is 'Loại tổ chức: hành chính, chuyên môn, sự nghiệp, ngành dọc, đoàn thể, tổ cộng đồng, doanh nghiệp bưu chính, một cửa';
comment on column organisation.unit_version.kind is 'Loại đơn vị (xa, huyen, tinh) hoặc loại bộ phận (tu-phap, mot-cua)';
comment on column organisation.unit_version.serves is 'Các loại bộ phận khác mà đơn vị này kiêm nhiệm';
comment on column organisation.unit_version.valid_from is 'Từ ngày (tính cả ngày này)';
comment on column organisation.unit_version.valid_to is 'Đến hết ngày (tính cả ngày này); trống = còn hiệu lực';
create index unit_version_parent on organisation.unit_version (parent_id);
create index unit_version_name on organisation.unit_version using gin (platform.fold(name) gin_trgm_ops);

create table organisation.unit_code (
  unit_id uuid not null references organisation.unit (id),
  scheme text not null check (scheme in ('gso', 'qd20', 'tt10')),
  code text not null,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  source text,
  verified boolean not null default true,
  primary key (unit_id, scheme, code, valid_from),
  exclude using gist (scheme with =, code with =, daterange(valid_from, valid_to, '[]') with &&)
);
comment on table organisation.unit_code is 'Mã của đơn vị theo thời gian: mã thống kê, mã định danh điện tử mới và cũ';
comment on column organisation.unit_code.scheme is 'gso: mã thống kê; qd20: mã định danh QĐ 20/2020; tt10: mã định danh TT 10/2016';

create table organisation.succession (
  id uuid primary key,
  natural_key text not null unique,
  date date not null,
  kind text not null check (kind in ('merge', 'split', 'rename', 'abolish')),
  partial boolean not null default false,
  source text not null,
  verified boolean not null,
  note text
);
comment on table organisation.succession is 'Kế thừa đơn vị: sáp nhập, chia tách, đổi tên, giải thể';
comment on column organisation.succession.date is 'Ngày đầu tiên của trạng thái mới';
comment on column organisation.succession.partial is 'Còn đơn vị khác tham gia mà dữ liệu không ghi';

create table organisation.succession_member (
  succession_id uuid not null references organisation.succession (id) on delete cascade,
  side text not null check (side in ('from', 'to')),
  unit_id uuid not null references organisation.unit (id),
  primary key (succession_id, side, unit_id)
);
comment on table organisation.succession_member is 'Đơn vị cũ (from) và đơn vị mới (to) của một lần kế thừa';

create table organisation.staff (
  id uuid primary key,
  content_key text unique,
  full_name text not null check (full_name <> ''),
  email text,
  phone text,
  created_at timestamptz not null,
  ended_on date,
  version integer not null default 1
);
comment on table organisation.staff is 'Cán bộ, công chức, viên chức, nhân viên bưu chính';
comment on column organisation.staff.ended_on is 'Ngày cuối cùng làm việc; trống = đang làm việc';
comment on column organisation.staff.content_key is 'Khóa trong db/demo, chỉ có ở bản trình diễn';
create index staff_name on organisation.staff using gin (platform.fold(full_name) gin_trgm_ops);

create table organisation.position (
  id uuid primary key,
  staff_id uuid not null references organisation.staff (id),
  unit_id uuid not null references organisation.unit (id),
  title text not null check (title <> ''),
  main boolean not null default false,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  unique (staff_id, unit_id, title, valid_from)
);
comment on table organisation.position is 'Chức vụ, vị trí công tác; một người có thể kiêm nhiệm nhiều vị trí';
comment on column organisation.position.main is 'Vị trí chính (để xác định đơn vị công tác)';
create index position_unit on organisation.position (unit_id);

create table organisation.permission (
  code text primary key,
  name text not null
);
comment on table organisation.permission is 'Quyền';

create table organisation.role (
  code text primary key,
  name text not null,
  reach text not null check (reach in ('unit', 'authority', 'subtree'))
);
comment on table organisation.role is 'Vai trò: một tập quyền, là dữ liệu';
comment on column organisation.role.reach is 'Tầm mặc định khi gán: chỉ đơn vị, cả cơ quan và bộ phận, hay cả đơn vị trực thuộc';

create table organisation.role_permission (
  role_code text not null references organisation.role (code) on delete cascade,
  permission_code text not null references organisation.permission (code),
  primary key (role_code, permission_code)
);
comment on table organisation.role_permission is 'Quyền của vai trò';

create table organisation.role_grant (
  id uuid primary key,
  staff_id uuid not null references organisation.staff (id),
  role_code text not null references organisation.role (code),
  unit_id uuid not null references organisation.unit (id),
  reach text not null check (reach in ('unit', 'authority', 'subtree')),
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  reason text,
  granted_by text not null,
  granted_at timestamptz not null,
  exclude using gist (staff_id with =, role_code with =, unit_id with =, daterange(valid_from, valid_to, '[]') with &&)
);
comment on table organisation.role_grant is 'Gán vai trò cho một người tại một đơn vị trong một khoảng ngày';
create index role_grant_unit on organisation.role_grant (unit_id);

create table organisation.change (
  id boolean primary key default true check (id),
  stamp bigint not null
);
comment on table organisation.change is 'Dấu thay đổi: tăng mỗi lần sửa đơn vị, để các tiến trình nạp lại cây đơn vị';
insert into organisation.change (stamp) values (1);

create function organisation.touch() returns trigger language plpgsql as $$
begin
  update organisation.change set stamp = stamp + 1;
  return null;
end $$;
create trigger unit_version_changed after insert or update or delete on organisation.unit_version
  for each statement execute function organisation.touch();
create trigger unit_code_changed after insert or update or delete on organisation.unit_code
  for each statement execute function organisation.touch();
create trigger succession_changed after insert or update or delete on organisation.succession_member
  for each statement execute function organisation.touch();
