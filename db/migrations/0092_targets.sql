-- Targets: what a unit is to reach in a period, what was entered by hand, and what is done about what lags behind.
create schema if not exists targets;

create table targets.target (
  id uuid primary key,
  version integer not null default 1,
  series text not null,
  from_content boolean not null default false,
  unit_id uuid not null,
  period_id text not null,
  cutoff text not null check (cutoff in ('calendar', 'nd09')),
  from_day date not null,
  to_day date not null,
  terms jsonb not null,
  ended_at timestamptz,
  created_at timestamptz not null,
  created_by text not null,
  unique (unit_id, series, period_id)
);
comment on table targets.target is 'Chỉ tiêu giao cho một đơn vị trong một kỳ';
comment on column targets.target.version is 'Phiên bản của dòng, tăng mỗi lần có người sửa; hai người cùng lúc thì một người được';
comment on column targets.target.series is 'Chỉ tiêu cùng giao cho nhiều đơn vị mang cùng một mã: các dòng ấy được xếp hạng với nhau';
comment on column targets.target.from_content is 'Lấy từ content/targets; false: nhập trên màn hình';
comment on column targets.target.period_id is 'Kỳ: 2023, 2023-09, 2023-Q2, 2023-H1 hoặc 2023-01-05..2023-06-30';
comment on column targets.target.cutoff is 'Cách chốt số liệu: calendar theo tháng dương lịch; nd09: từ ngày 15 đến ngày 14';
comment on column targets.target.terms is 'Nội dung chỉ tiêu: tên, văn bản giao, người chịu trách nhiệm, chiều, trọng số, nguồn số liệu, mức phải đạt';
comment on column targets.target.ended_at is 'Lúc thôi theo dõi; null: đang theo dõi';
create index target_unit on targets.target (unit_id, from_day, to_day);
create index target_series on targets.target (series, period_id);

create table targets.revision (
  target_id uuid not null references targets.target (id),
  no integer not null,
  act text not null check (act in ('adopt', 'add', 'edit', 'end', 'resume')),
  terms jsonb not null,
  reason text not null default '',
  at timestamptz not null,
  by text not null,
  primary key (target_id, no)
);
comment on table targets.revision is 'Các lần đặt, sửa, thôi theo dõi một chỉ tiêu, kèm lý do; không sửa, không xóa';

create table targets.value (
  target_id uuid not null references targets.target (id),
  no integer not null,
  as_of date not null,
  numerator numeric,
  denominator numeric check (denominator >= 0),
  value numeric,
  band text,
  bound text check (bound in ('above', 'below')),
  evidence text not null,
  file_id uuid,
  at timestamptz not null,
  by text not null,
  primary key (target_id, no)
);
comment on table targets.value is 'Kết quả nhập tay của một chỉ tiêu, kèm tài liệu kiểm chứng; sửa là nhập thêm một dòng, dòng cũ giữ nguyên';
comment on column targets.value.as_of is 'Số liệu tính đến hết ngày này';
comment on column targets.value.numerator is 'Tử số, hoặc số lượng đã làm được';
comment on column targets.value.denominator is 'Mẫu số; null: không nhập';
comment on column targets.value.value is 'Giá trị nhập thẳng khi không có tử số, mẫu số';
comment on column targets.value.band is 'Mức xếp loại, khi chỉ tiêu là xếp loại';
comment on column targets.value.bound is 'Nguồn chỉ nói “trên” hoặc “dưới” giá trị này, không nói bằng';
comment on column targets.value.evidence is 'Tài liệu kiểm chứng: tên, số, ngày văn bản hoặc nơi lấy số';
comment on column targets.value.file_id is 'Tệp kiểm chứng kèm theo';

create table targets.action (
  id uuid primary key,
  version integer not null default 1,
  origin_type text not null,
  origin_id text not null,
  origin_label text not null,
  unit_id uuid not null,
  title text not null,
  owner_staff_id uuid not null,
  due_day date not null,
  state text not null check (state in ('open', 'doing', 'done', 'dropped')),
  reminded_on date,
  created_at timestamptz not null,
  created_by text not null
);
comment on table targets.action is 'Việc phải làm để kéo lại một chỉ tiêu chưa đạt hoặc một điểm bị trừ';
comment on column targets.action.origin_type is 'Việc sinh ra từ đâu: target (chỉ tiêu), criterion (tiêu chí của bộ chỉ số) …';
comment on column targets.action.origin_id is 'Mã của nơi sinh ra, theo loại';
comment on column targets.action.origin_label is 'Tên của nơi sinh ra lúc giao việc';
comment on column targets.action.owner_staff_id is 'Người chịu trách nhiệm';
comment on column targets.action.state is 'open: mới giao; doing: đang làm; done: đã xong; dropped: thôi không làm';
comment on column targets.action.reminded_on is 'Ngày nhắc lần cuối';
create index action_unit on targets.action (unit_id, due_day);
create index action_origin on targets.action (origin_type, origin_id);
create index action_owner on targets.action (owner_staff_id, due_day);
create index action_due on targets.action (due_day) where state in ('open', 'doing');

create table targets.action_note (
  action_id uuid not null references targets.action (id),
  seq integer not null,
  act text not null check (act in ('create', 'start', 'note', 'finish', 'drop', 'reopen', 'change')),
  state text not null,
  text text not null default '',
  at timestamptz not null,
  by text not null,
  primary key (action_id, seq)
);
comment on table targets.action_note is 'Diễn biến của một việc: giao, bắt đầu, ghi chú, xong, thôi, mở lại, đổi người hoặc hạn';

create or replace function targets.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'targets.% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger revision_append_only before update or delete on targets.revision
  for each row execute function targets.refuse_change();
create trigger value_append_only before update or delete on targets.value
  for each row execute function targets.refuse_change();
create trigger action_note_append_only before update or delete on targets.action_note
  for each row execute function targets.refuse_change();
