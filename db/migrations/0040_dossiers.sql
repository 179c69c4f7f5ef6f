-- Dossiers: the heart. Ids are UUIDv7 of the fact's instant; children are keyed (dossier_id, …), so hot tables can be
-- partitioned by id range and distributed by dossier_id. No foreign keys to other schemas.
create schema if not exists dossiers;

create table dossiers.dossier (
  id uuid primary key,
  code text not null,
  version integer not null,
  status text not null,
  outcome text,
  procedure_code text not null,
  procedure_revision_id uuid not null,
  case_id text,
  area text not null,
  regime_id text not null,
  channel text not null,
  received_by_unit_id uuid not null,
  decided_by_unit_id uuid not null,
  parent_id uuid,
  subject text not null,
  form_values jsonb not null,
  citizen_account_id uuid,
  guest boolean not null default false,
  follow_digest bytea,
  submitted_at timestamptz not null,
  received_at timestamptz,
  due_original timestamptz,
  due_current timestamptz,
  clock_status text not null,
  clock_events jsonb not null default '[]',
  ended_at timestamptz,
  returned_at timestamptz,
  punctuality text,
  lateness_minutes integer,
  step_id text,
  step_seq integer not null default 0,
  holder_unit_id uuid,
  holder_role text,
  holder_staff_id uuid,
  step_from text,
  step_started_at timestamptz,
  step_due_at timestamptz,
  step_read_at timestamptz,
  completion_requests integer not null default 0,
  result_method text not null,
  result_address text,
  result jsonb,
  fees jsonb not null default '[]',
  calendar_revision_id uuid,
  assurance text not null,
  copies integer not null default 1,
  retention_code text,
  legal_hold boolean not null default false,
  imported boolean not null default false,
  recorded_at timestamptz not null default now()
) with (fillfactor = 85);
comment on table dossiers.dossier is 'Hồ sơ thủ tục hành chính: các cột là kết quả của nhật ký hành động';
comment on column dossiers.dossier.status is 'Trạng thái nghiệp vụ (ánh xạ sang mười mã quốc gia ở rules/status.ts)';
comment on column dossiers.dossier.received_by_unit_id is 'Nơi tiếp nhận';
comment on column dossiers.dossier.decided_by_unit_id is 'Cơ quan có thẩm quyền giải quyết (theo ngày, không nằm trong khóa)';
comment on column dossiers.dossier.parent_id is 'Hồ sơ cha (liên thông)';
comment on column dossiers.dossier.due_original is 'Ngày hẹn trả ban đầu, không bao giờ ghi đè';
comment on column dossiers.dossier.due_current is 'Ngày hẹn trả hiện tại sau tạm dừng, hẹn lại';
comment on column dossiers.dossier.clock_events is 'Các lần tạm dừng, tính tiếp (vào của đồng hồ)';
comment on column dossiers.dossier.ended_at is 'Thời điểm kết thúc xử lý (không phải lúc công dân nhận)';
comment on column dossiers.dossier.punctuality is 'Sớm hạn, đúng hạn, trễ hạn';
comment on column dossiers.dossier.step_seq is 'Số lần chuyển bước; khóa của nhiệm vụ đang mở';
comment on column dossiers.dossier.step_from is 'Bước đã chuyển đến bước hiện tại; người giữ bước ấy được lấy lại khi chưa ai mở';
comment on column dossiers.dossier.follow_digest is 'Băm của thông tin thứ hai để tra cứu không cần tài khoản';
comment on column dossiers.dossier.guest is 'Nộp không cần tài khoản';
comment on column dossiers.dossier.assurance is 'Mức xác thực của người nộp hoặc người tiếp nhận';

create index dossier_inbox on dossiers.dossier (holder_unit_id, step_due_at, id)
  where status in ('submitted', 'awaiting-completion', 'received', 'processing', 'supplement', 'finance', 'suspended', 'decided');
create index dossier_mine on dossiers.dossier (holder_staff_id, step_due_at, id)
  where holder_staff_id is not null
    and status in ('received', 'processing', 'supplement', 'finance', 'suspended', 'decided');
-- Desk and return views, lists of one open status: newest and oldest first.
create index dossier_open on dossiers.dossier (received_by_unit_id, id)
  where status in ('submitted', 'awaiting-completion', 'received', 'processing', 'supplement', 'finance', 'suspended', 'decided');
create index dossier_received_by on dossiers.dossier (received_by_unit_id, id desc);
create index dossier_decided_by on dossiers.dossier (decided_by_unit_id, id desc);
create index dossier_citizen on dossiers.dossier (citizen_account_id, id desc) where citizen_account_id is not null;
create index dossier_open_due on dossiers.dossier (decided_by_unit_id, due_current)
  where status in ('received', 'processing', 'supplement', 'finance', 'suspended');

create table dossiers.code (
  code text primary key,
  dossier_id uuid not null
);
comment on table dossiers.code is 'Mã hồ sơ: duy nhất, không dùng lại';

create table dossiers.code_counter (
  prefix text primary key,
  last_number integer not null
);
comment on table dossiers.code_counter is 'Bộ đếm mã hồ sơ theo tiền tố (đơn vị và ngày); mỗi tiến trình giữ trước một dải số';

create table dossiers.person (
  id uuid primary key,
  full_name text not null,
  birth_date text,
  gender text,
  phone text,
  email text,
  address text,
  merged_into uuid,
  recorded_at timestamptz not null default now()
);
comment on table dossiers.person is 'Người (cá nhân, tổ chức) từng có hồ sơ; có thể gộp';

create table dossiers.person_identity (
  type text not null,
  number text not null,
  issuer text not null default '',
  valid_from date,
  valid_to date,
  person_id uuid not null,
  primary key (type, number, issuer)
);
comment on table dossiers.person_identity is 'Giấy tờ định danh: loại, số, nơi cấp, hiệu lực';
create index person_identity_person on dossiers.person_identity (person_id);

create table dossiers.party (
  dossier_id uuid not null,
  seq smallint not null,
  role text not null,
  person_id uuid,
  snapshot jsonb not null,
  primary key (dossier_id, seq)
);
comment on table dossiers.party is 'Bên liên quan của hồ sơ (chủ hồ sơ, người nộp, đại diện, người trả tiền, người nhận), ảnh chụp tại thời điểm nộp';
create index party_person on dossiers.party (person_id) where person_id is not null;

create table dossiers.component (
  dossier_id uuid not null,
  seq smallint not null,
  code text not null,
  name text not null,
  originals smallint not null,
  copies smallint not null,
  required boolean not null,
  provided boolean not null,
  source text not null,
  file_references jsonb not null default '[]',
  note text,
  primary key (dossier_id, seq)
);
comment on table dossiers.component is 'Thành phần hồ sơ: bản chính, bản sao, tệp đính kèm, nguồn (giấy, tệp, dùng lại)';

create table dossiers.action (
  dossier_id uuid not null,
  seq integer not null,
  kind text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  actor text not null,
  actor_unit_id uuid,
  assurance text not null,
  note text,
  change jsonb not null,
  detail jsonb not null default '{}',
  primary key (dossier_id, seq)
);
comment on table dossiers.action is 'Nhật ký hành động, chỉ thêm; chạy lại cho ra đúng các cột của hồ sơ';
comment on column dossiers.action.occurred_at is 'Thời điểm pháp lý';
comment on column dossiers.action.recorded_at is 'Thời điểm ghi vào hệ thống';

create or replace function dossiers.refuse_change() returns trigger language plpgsql as $$
begin
  if current_setting('motcua.erasure', true) = 'on' then
    return case when tg_op = 'DELETE' then old else new end;
  end if;
  raise exception 'dossiers.% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger action_append_only before update or delete on dossiers.action
  for each row execute function dossiers.refuse_change();

create table dossiers.task (
  dossier_id uuid not null,
  seq integer not null,
  step_id text not null,
  unit_id uuid not null,
  role text not null,
  staff_id uuid,
  started_at timestamptz not null,
  due_at timestamptz,
  ended_at timestamptz,
  ended_by text,
  primary key (dossier_id, seq)
);
comment on table dossiers.task is 'Lượt xử lý một bước: ai giữ, từ lúc nào, hạn bước';

create table dossiers.clock_segment (
  dossier_id uuid not null,
  seq integer not null,
  kind text not null,
  reason text,
  step_id text,
  holder_unit_id uuid,
  holder_staff_id uuid,
  started_at timestamptz not null,
  ended_at timestamptz,
  calendar_revision_id uuid,
  primary key (dossier_id, seq)
);
comment on table dossiers.clock_segment is 'Sổ đồng hồ: từng đoạn chạy hay dừng, ai giữ, vì sao, theo bản lịch nào';

create table dossiers.supporting_unit (
  dossier_id uuid not null,
  unit_id uuid not null,
  purpose text not null,
  primary key (dossier_id, unit_id)
);
comment on table dossiers.supporting_unit is 'Cơ quan phối hợp, hỗ trợ';

create table dossiers.supplement (
  dossier_id uuid not null,
  seq smallint not null,
  stage text not null,
  items jsonb not null,
  reason text not null,
  requested_at timestamptz not null,
  deadline date,
  answered_at timestamptz,
  answer jsonb,
  primary key (dossier_id, seq)
);
comment on table dossiers.supplement is 'Yêu cầu bổ sung, hoàn thiện hồ sơ và trả lời';

create table dossiers.money_entry (
  id uuid primary key,
  dossier_id uuid not null,
  kind text not null,
  fee_id text,
  amount_vnd bigint not null,
  currency text not null default 'VND',
  fee_rule_revision text,
  payee_unit_id uuid,
  method text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  actor text not null,
  note text
);
comment on table dossiers.money_entry is 'Sổ tiền, chỉ thêm: phải thu, đã thu, hoàn trả';
create index money_entry_dossier on dossiers.money_entry (dossier_id, id);
create trigger money_entry_append_only before update or delete on dossiers.money_entry
  for each row execute function dossiers.refuse_change();

create table dossiers.slip (
  dossier_id uuid not null,
  seq smallint not null,
  kind text not null,
  form_set text not null,
  number text,
  issued_at timestamptz not null,
  issued_by text not null,
  data jsonb not null,
  primary key (dossier_id, seq)
);
comment on table dossiers.slip is 'Phiếu đã cấp: dữ liệu đóng băng lúc cấp, in lại ra đúng bản ấy';

create table dossiers.number_register (
  register text primary key,
  last_number integer not null
);
comment on table dossiers.number_register is 'Sổ số kết quả theo đơn vị và năm';

create table dossiers.rating (
  dossier_id uuid primary key,
  score smallint not null check (score between 1 and 5),
  comment text,
  rated_at timestamptz not null
);
comment on table dossiers.rating is 'Đánh giá của người dân sau khi nhận kết quả';

create table dossiers.search_key (
  kind text not null,
  value text not null,
  dossier_id uuid not null,
  received_by_unit_id uuid not null,
  decided_by_unit_id uuid not null,
  -- The units ride along, so that a common name is filtered by unit within the index.
  primary key (kind, value, dossier_id) include (received_by_unit_id, decided_by_unit_id)
);
comment on table dossiers.search_key is 'Khóa tra cứu: tên đã bỏ dấu, điện thoại, băm số giấy tờ, từ trong nội dung';

create table dossiers.search_name (
  value text primary key
);
comment on table dossiers.search_name is 'Các tên khác nhau đã bỏ dấu, để gợi ý khi gõ sai';
create index search_name_trgm on dossiers.search_name using gin (value gin_trgm_ops);
