-- Periodic reports: what a unit is to report for a period, what it has typed, and every version it has sent.
create schema if not exists reports;

create table reports.assignment (
  id uuid primary key,
  version integer not null default 1,
  report_id text not null,
  unit_id uuid not null,
  receiver_unit_id uuid,
  period_id text not null,
  cutoff text not null check (cutoff in ('calendar', 'nd09')),
  from_day date not null,
  to_day date not null,
  deadline date not null,
  state text not null check (state in ('assigned', 'draft', 'submitted', 'returned', 'resubmitted', 'accepted', 'locked', 'reopened')),
  manual jsonb not null default '{}',
  texts jsonb not null default '{}',
  note text not null default '',
  last_no integer not null default 0,
  first_sent_at timestamptz,
  last_sent_at timestamptz,
  reminded_on date,
  assigned_at timestamptz not null,
  assigned_by text not null,
  unique (unit_id, report_id, period_id, cutoff)
);
comment on table reports.assignment is 'Báo cáo giao cho một đơn vị trong một kỳ';
comment on column reports.assignment.version is 'Phiên bản của dòng, tăng mỗi lần có người làm gì; hai người cùng lúc thì một người được';
comment on column reports.assignment.report_id is 'Mã chế độ báo cáo trong content/reports';
comment on column reports.assignment.receiver_unit_id is 'Cơ quan nhận; null: nhận ở ngoài hệ thống';
comment on column reports.assignment.period_id is 'Kỳ: 2023-06, 2023-Q2, 2023-H1, 2023';
comment on column reports.assignment.cutoff is 'Cách chốt số liệu: calendar theo tháng dương lịch; nd09: từ ngày 15 đến ngày 14';
comment on column reports.assignment.deadline is 'Ngày cuối cùng gửi còn đúng hạn';
comment on column reports.assignment.manual is 'Ô nhập tay của bản đang lập: dòng → cột → giá trị';
comment on column reports.assignment.texts is 'Phần chữ của đề cương: mục → nội dung';
comment on column reports.assignment.last_no is 'Số của lần gửi cuối; 0: chưa gửi';
comment on column reports.assignment.reminded_on is 'Ngày nhắc lần cuối';
create index assignment_receiver on reports.assignment (receiver_unit_id, deadline desc);
create index assignment_unsent on reports.assignment (deadline) where state in ('assigned', 'draft', 'returned', 'reopened');

create table reports.version (
  assignment_id uuid not null references reports.assignment (id),
  no integer not null,
  content jsonb not null,
  digest text not null,
  reason text not null default '',
  late_days integer not null,
  sent_at timestamptz not null,
  sent_by text not null,
  primary key (assignment_id, no)
);
comment on table reports.version is 'Bản báo cáo đã gửi, không sửa được; sửa là một bản mới có lý do';
comment on column reports.version.content is 'Biểu đã chốt: dòng, cột, kiểm tra, phần chữ, ghi chú';
comment on column reports.version.digest is 'SHA-256 của nội dung: cùng nội dung, cùng dấu vết';
comment on column reports.version.late_days is 'Số ngày gửi trễ so với hạn; 0: đúng hạn';

create table reports.act (
  assignment_id uuid not null references reports.assignment (id),
  seq integer not null,
  act text not null check (act in ('assign', 'save', 'submit', 'return', 'accept', 'lock', 'reopen')),
  state text not null,
  reason text not null default '',
  version_no integer,
  at timestamptz not null,
  by text not null,
  primary key (assignment_id, seq)
);
comment on table reports.act is 'Việc đã làm với báo cáo: giao, lập, gửi, trả, nhận, chốt, mở lại';

create or replace function reports.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'reports.% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger version_append_only before update or delete on reports.version
  for each row execute function reports.refuse_change();
create trigger act_append_only before update or delete on reports.act
  for each row execute function reports.refuse_change();
