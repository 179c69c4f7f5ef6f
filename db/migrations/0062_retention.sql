-- Retention: legal holds, lawful erasure of personal data, disposal of dossiers whose period is over.
create schema retention;

-- Nullable: nothing is rewritten in a table of millions.
alter table dossiers.dossier add column erased_at timestamptz;
comment on column dossiers.dossier.erased_at is 'Thời điểm xóa dữ liệu cá nhân theo luật (xóa hoặc tiêu hủy); hồ sơ còn mã, thủ tục, đơn vị, ngày';

create table retention.hold (
  id uuid primary key,
  dossier_id uuid not null,
  unit_id uuid not null,
  reason text not null,
  set_by text not null,
  set_at timestamptz not null,
  lifted_by text,
  lifted_at timestamptz,
  lift_reason text
);
comment on table retention.hold is 'Phong tỏa hồ sơ theo yêu cầu pháp lý (thanh tra, khiếu nại, tố tụng): không được xóa, không được tiêu hủy';
comment on column retention.hold.unit_id is 'Cơ quan giải quyết hồ sơ khi phong tỏa';
comment on column retention.hold.lifted_at is 'Thời điểm thôi phong tỏa; trống: còn hiệu lực';
create unique index hold_active on retention.hold (dossier_id) where lifted_at is null;
create index hold_dossier on retention.hold (dossier_id, id);

create table retention.due (
  dossier_id uuid primary key,
  code text not null,
  procedure_code text not null,
  retention_code text,
  retention_years integer not null,
  received_by_unit_id uuid not null,
  decided_by_unit_id uuid not null,
  ended_on date not null,
  expires_on date not null,
  listed_at timestamptz not null
);
comment on table retention.due is 'Hồ sơ đến hạn tiêu hủy: đã quá thời hạn bảo quản, chờ quyết định; hồ sơ tiêu hủy xong thì bỏ khỏi danh sách';
comment on column retention.due.retention_code is 'Mã bảo quản của bản thủ tục mà hồ sơ theo';
comment on column retention.due.ended_on is 'Ngày công việc kết thúc';
comment on column retention.due.expires_on is 'Ngày cuối cùng còn phải giữ';
create index due_decided on retention.due (decided_by_unit_id, dossier_id);
create index due_received on retention.due (received_by_unit_id, dossier_id);

create table retention.scan (
  id smallint primary key check (id = 1),
  day date,
  last_dossier_id uuid
);
comment on table retention.scan is 'Lượt rà soát hồ sơ hết thời hạn bảo quản: mỗi ngày một lượt, một tiến trình';
comment on column retention.scan.day is 'Ngày đã rà soát xong gần nhất';
comment on column retention.scan.last_dossier_id is 'Lượt đang chạy đã đến hồ sơ này; trống: chưa chạy';
insert into retention.scan (id) values (1);

create table retention.decision (
  id uuid primary key,
  kind text not null check (kind in ('erasure', 'disposal')),
  scope text not null check (scope in ('dossier', 'person', 'list')),
  status text not null check (status in ('proposed', 'approved', 'rejected')),
  version integer not null,
  reason text not null,
  counts jsonb not null default '{}',
  proposed_by text not null,
  proposed_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  decision_number text,
  decision_day date,
  reject_reason text
);
comment on table retention.decision is 'Đề nghị và quyết định xóa dữ liệu cá nhân hoặc tiêu hủy hồ sơ; người duyệt khác người đề nghị';
comment on column retention.decision.kind is 'erasure = xóa dữ liệu cá nhân, disposal = tiêu hủy hồ sơ hết thời hạn bảo quản';
comment on column retention.decision.scope is 'dossier = một hồ sơ, person = mọi hồ sơ của một người, list = danh sách đến hạn';
comment on column retention.decision.reason is 'Căn cứ pháp lý, không ghi dữ liệu cá nhân';
comment on column retention.decision.counts is 'Số dòng sẽ xóa theo loại, đếm thử lúc đề nghị; sau khi duyệt là số đã xóa';
comment on column retention.decision.decision_number is 'Số quyết định của người có thẩm quyền';

create table retention.decision_item (
  decision_id uuid not null references retention.decision (id),
  dossier_id uuid not null,
  code text not null,
  procedure_code text not null,
  received_by_unit_id uuid not null,
  decided_by_unit_id uuid not null,
  done_at timestamptz,
  primary key (decision_id, dossier_id)
);
comment on table retention.decision_item is 'Hồ sơ thuộc một đề nghị xóa hoặc tiêu hủy';
create index decision_item_dossier on retention.decision_item (dossier_id);
create index decision_item_decided on retention.decision_item (decided_by_unit_id, decision_id);
create index decision_item_received on retention.decision_item (received_by_unit_id, decision_id);

-- Lists that showed a dossier are found by period, without an index entry for each name shown.
create index entry_list on audit.entry (id) where object_type = 'dossier-list';
