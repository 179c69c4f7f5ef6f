-- Columns people choose again and again when they take a list of dossiers out as a workbook.
create schema if not exists exports;

create table exports.template (
  id uuid primary key,
  version integer not null default 1,
  account_id uuid not null,
  unit_id uuid,
  name text not null,
  columns text[] not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
comment on table exports.template is 'Mẫu xuất danh sách hồ sơ: những cột đã chọn, theo thứ tự';
comment on column exports.template.version is 'Tăng mỗi lần sửa; hai người cùng lúc thì một người được';
comment on column exports.template.account_id is 'Tài khoản đã đặt mẫu; chỉ người này sửa, xóa';
comment on column exports.template.unit_id is 'Đơn vị dùng chung mẫu; trống: chỉ người đặt dùng';
comment on column exports.template.columns is 'Mã cột, theo thứ tự trong tệp';
create unique index template_name on exports.template (account_id, lower(name));
create index template_unit on exports.template (unit_id) where unit_id is not null;
