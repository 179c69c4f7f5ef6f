-- Causes of lateness: who answers for how many working minutes of a late dossier, and what its head says of it. Kept by a
-- subscriber of dossier events. No foreign keys to other schemas.
create schema lateness;

create table lateness.attribution (
  dossier_id uuid primary key,
  version integer not null default 1,
  code text not null,
  procedure_code text not null,
  received_by_unit_id uuid not null,
  decided_by_unit_id uuid not null,
  due_at timestamptz,
  ended_at timestamptz not null,
  lateness_minutes integer not null check (lateness_minutes >= 0),
  confirmed boolean not null default false,
  computed_at timestamptz not null
);
comment on table lateness.attribution is 'Hồ sơ kết thúc trễ hạn và số phút trễ đã quy nguyên nhân';
comment on column lateness.attribution.version is 'Phiên bản: hai người cùng sửa thì người sau được báo';
comment on column lateness.attribution.code is 'Mã hồ sơ (chép lại để liệt kê)';
comment on column lateness.attribution.due_at is 'Hạn trả dùng để tính trễ';
comment on column lateness.attribution.lateness_minutes is 'Số phút làm việc trễ; tổng các phần luôn bằng số này';
comment on column lateness.attribution.confirmed is 'Mọi phần đã được thủ trưởng xác nhận';
create index attribution_ended on lateness.attribution (ended_at desc, dossier_id desc);
create index attribution_decided on lateness.attribution (decided_by_unit_id, ended_at desc);

create table lateness.part (
  dossier_id uuid not null references lateness.attribution on delete cascade,
  seq smallint not null,
  kind text not null check (kind in ('step', 'desk', 'citizen', 'finance', 'agency', 'unknown')),
  step_id text,
  step_name text,
  unit_id uuid,
  staff_id uuid,
  minutes integer not null check (minutes > 0),
  held_minutes integer not null,
  overrun_minutes integer not null,
  cause_code text,
  note text,
  confirmed_at timestamptz,
  confirmed_by text,
  primary key (dossier_id, seq)
);
comment on table lateness.part is 'Phần trễ: bao nhiêu phút làm việc quy cho bước nào, đơn vị nào, ai; do đâu';
comment on column lateness.part.kind is 'Loại: bước, Một cửa, chờ người dân, chờ nghĩa vụ tài chính, chờ cơ quan khác, không rõ';
comment on column lateness.part.minutes is 'Số phút làm việc trễ quy cho phần này';
comment on column lateness.part.held_minutes is 'Số phút làm việc người này đã giữ';
comment on column lateness.part.overrun_minutes is 'Số phút vượt định mức của bước';
comment on column lateness.part.cause_code is 'Mã nguyên nhân (content/reference/lateness-causes.yaml)';
comment on column lateness.part.note is 'Lý do thủ trưởng ghi';
comment on column lateness.part.confirmed_at is 'Lúc thủ trưởng xác nhận; trống: chưa xác nhận';
create index part_unit on lateness.part (unit_id, dossier_id);

create table lateness.decision (
  id uuid primary key,
  dossier_id uuid not null,
  kind text not null check (kind in ('computed', 'recomputed', 'withdrawn', 'confirmed', 'corrected')),
  part_seq smallint,
  at timestamptz not null,
  actor text not null,
  reason text,
  before jsonb,
  after jsonb
);
comment on table lateness.decision is 'Nhật ký quy nguyên nhân trễ: tính, tính lại, xác nhận, sửa; chỉ thêm';
comment on column lateness.decision.before is 'Các phần trước đó';
comment on column lateness.decision.after is 'Các phần sau đó';
create index decision_dossier on lateness.decision (dossier_id, id);

create function lateness.refuse_change() returns trigger language plpgsql as $$
begin
  if current_setting('motcua.erasure', true) = 'on' then
    return case when tg_op = 'DELETE' then old else new end;
  end if;
  raise exception 'lateness.% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger decision_append_only before update or delete on lateness.decision
  for each row execute function lateness.refuse_change();

create table lateness.cause_request (
  id uuid primary key,
  dossier_id uuid not null,
  code text not null,
  rung text not null,
  subject text not null,
  step_id text,
  unit_id uuid not null,
  staff_id uuid,
  decided_by_unit_id uuid not null,
  requested_at timestamptz not null,
  deadline timestamptz not null,
  cause_code text,
  note text,
  answered_at timestamptz,
  answered_by text,
  unique (dossier_id, subject, rung, unit_id)
);
comment on table lateness.cause_request is 'Yêu cầu thủ trưởng nêu nguyên nhân khi hồ sơ chạm nấc cảnh báo';
comment on column lateness.cause_request.code is 'Mã hồ sơ';
comment on column lateness.cause_request.rung is 'Nấc cảnh báo đã chạm';
comment on column lateness.cause_request.subject is 'Cả hồ sơ hay một bước';
comment on column lateness.cause_request.unit_id is 'Đơn vị đang giữ, thủ trưởng phải trả lời';
comment on column lateness.cause_request.deadline is 'Hạn trả lời';
create index cause_request_open on lateness.cause_request (unit_id, deadline) where answered_at is null;
