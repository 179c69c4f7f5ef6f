-- Re-appointment and apology: proposals, their slips and deliveries, the duty list of late dossiers, exemptions.
create schema apologies;

create table apologies.apology (
  id uuid primary key,
  version integer not null default 1,
  dossier_id uuid not null,
  kind text not null check (kind in ('reappointment', 'apology')),
  state text not null check (state in ('draft', 'proposed', 'returned', 'approved', 'issued', 'sent', 'withdrawn')),
  dossier_code text not null,
  procedure_code text not null,
  procedure_revision_id uuid not null,
  authority_unit_id uuid not null,
  received_by_unit_id uuid not null,
  unit_id uuid not null,
  number_unit_id uuid,
  due_original timestamptz not null,
  due_before timestamptz not null,
  new_due_at timestamptz,
  reason_code text,
  reason text,
  late_notice boolean not null default false,
  origin text not null check (origin in ('person', 'warning')),
  created_at timestamptz not null,
  proposed_by text,
  proposed_at timestamptz,
  decided_by text,
  decided_at timestamptz,
  return_reason text,
  form_set text,
  number text,
  signer jsonb,
  signature jsonb,
  slip jsonb,
  issued_by text,
  issued_at timestamptz,
  sent_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_by text,
  withdraw_reason text,
  dossier_ended_at timestamptz,
  recorded_at timestamptz not null default now()
);
comment on table apologies.apology is 'Hẹn lại và xin lỗi: từ đề xuất đến văn bản đã gửi';
comment on column apologies.apology.kind is 'reappointment = hẹn lại (trước hạn), apology = xin lỗi vì đã trễ hạn';
comment on column apologies.apology.state is 'draft nháp, proposed chờ duyệt, returned trả lại, approved đã duyệt chờ phát hành, issued đã phát hành, sent đã gửi, withdrawn rút';
comment on column apologies.apology.authority_unit_id is 'Cơ quan giải quyết, người đứng đầu duyệt';
comment on column apologies.apology.unit_id is 'Đơn vị đề xuất (đang giữ hồ sơ)';
comment on column apologies.apology.number_unit_id is 'Nơi vào số, phát hành (văn thư), biết từ lúc duyệt';
comment on column apologies.apology.due_original is 'Ngày hẹn trả ban đầu';
comment on column apologies.apology.due_before is 'Ngày hẹn trả lúc đề xuất: lời hứa mà văn bản này xin lỗi';
comment on column apologies.apology.new_due_at is 'Ngày hẹn lại; trống khi chỉ xin lỗi';
comment on column apologies.apology.reason_code is 'Nhóm lý do (content/apologies/reasons.yaml), được công khai';
comment on column apologies.apology.reason is 'Lý do cụ thể, viết cho người dân, không công khai';
comment on column apologies.apology.late_notice is 'Đề xuất muộn hơn thời hạn phải báo trước';
comment on column apologies.apology.origin is 'person = người đề xuất, warning = nháp do cảnh báo tạo ra';
comment on column apologies.apology.form_set is 'Bộ mẫu giấy của ngày phát hành';
comment on column apologies.apology.number is 'Số, ký hiệu văn bản';
comment on column apologies.apology.signer is 'Người ký: thay mặt, chức vụ, họ tên lúc duyệt';
comment on column apologies.apology.signature is 'Chỗ dành cho chữ ký số';
comment on column apologies.apology.slip is 'Nội dung văn bản đã đóng băng lúc phát hành (có dữ liệu cá nhân)';
comment on column apologies.apology.dossier_ended_at is 'Lúc hồ sơ kết thúc xử lý, để công khai ngày xong';
comment on column apologies.apology.withdraw_reason is 'Lý do rút; dossier-ended = hồ sơ đã xong trước khi duyệt';
create unique index apology_open on apologies.apology (dossier_id) where state in ('draft', 'proposed', 'returned', 'approved');
create unique index apology_one_reappointment on apologies.apology (dossier_id)
  where new_due_at is not null and state in ('approved', 'issued', 'sent');
create index apology_dossier on apologies.apology (dossier_id, id);
create index apology_code on apologies.apology (dossier_code) where state in ('issued', 'sent');
create index apology_authority on apologies.apology (authority_unit_id, state, id desc);
create index apology_unit on apologies.apology (unit_id, state, id desc);
create index apology_number on apologies.apology (number_unit_id, id desc) where state = 'approved';
create index apology_public on apologies.apology (issued_at desc, id desc) where state in ('issued', 'sent');

create table apologies.delivery (
  apology_id uuid not null references apologies.apology (id),
  channel text not null check (channel in ('app', 'email', 'paper')),
  state text not null check (state in ('waiting', 'sent', 'failed')),
  message_id uuid,
  unit_id uuid not null,
  queued_at timestamptz not null,
  done_at timestamptz,
  done_by text,
  note text,
  primary key (apology_id, channel)
);
comment on table apologies.delivery is 'Gửi văn bản xin lỗi tới người dân: mỗi kênh một dòng';
comment on column apologies.delivery.channel is 'app = tài khoản trên cổng, email = thư điện tử, paper = in và gửi bưu chính hoặc trao tại quầy';
comment on column apologies.delivery.unit_id is 'Đơn vị phải in và gửi (nơi tiếp nhận)';
comment on column apologies.delivery.message_id is 'Thông báo tương ứng trong nhật ký gửi';
create index delivery_waiting on apologies.delivery (queued_at) where state = 'waiting' and channel = 'email';
create index delivery_paper on apologies.delivery (unit_id, queued_at) where state = 'waiting' and channel = 'paper';

create table apologies.exemption (
  id uuid primary key,
  version integer not null default 1,
  dossier_id uuid not null,
  dossier_code text not null,
  state text not null check (state in ('requested', 'approved', 'refused')),
  authority_unit_id uuid not null,
  unit_id uuid not null,
  due_at timestamptz not null,
  reason text not null,
  evidence text not null,
  requested_by text not null,
  requested_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  decision_note text,
  recorded_at timestamptz not null default now()
);
comment on table apologies.exemption is 'Miễn xin lỗi: đề nghị có lý do và căn cứ, do người có thẩm quyền duyệt';
comment on column apologies.exemption.due_at is 'Hẹn trả bị trễ mà việc miễn này nói tới';
comment on column apologies.exemption.evidence is 'Căn cứ: số văn bản, biên bản';
create unique index exemption_open on apologies.exemption (dossier_id) where state = 'requested';
create index exemption_dossier on apologies.exemption (dossier_id, id);
create index exemption_authority on apologies.exemption (authority_unit_id, state, id desc);

create table apologies.duty (
  dossier_id uuid primary key,
  dossier_code text not null,
  procedure_code text not null,
  procedure_revision_id uuid not null,
  authority_unit_id uuid not null,
  received_by_unit_id uuid not null,
  holder_unit_id uuid,
  due_original timestamptz not null,
  due_at timestamptz not null,
  ended_at timestamptz,
  apology_id uuid references apologies.apology (id),
  exemption_id uuid references apologies.exemption (id),
  recorded_at timestamptz not null default now()
);
comment on table apologies.duty is 'Hồ sơ trễ hạn và nghĩa vụ xin lỗi: một dòng cho mỗi hồ sơ trễ, xong khi có văn bản xin lỗi hoặc được miễn';
comment on column apologies.duty.due_at is 'Hẹn trả hiện tại đã bị trễ';
comment on column apologies.duty.ended_at is 'Lúc kết thúc xử lý; trống khi còn đang giải quyết';
comment on column apologies.duty.apology_id is 'Văn bản xin lỗi đã phát hành cho lời hứa này';
comment on column apologies.duty.exemption_id is 'Miễn xin lỗi đã được duyệt';
create index duty_todo on apologies.duty (authority_unit_id, due_at) where apology_id is null and exemption_id is null;
create index duty_authority_due on apologies.duty (authority_unit_id, due_at);
create index duty_received_by on apologies.duty (received_by_unit_id, due_at);
create index duty_holder on apologies.duty (holder_unit_id, due_at) where holder_unit_id is not null;
create index duty_due on apologies.duty (due_at);

create table apologies.number_register (
  register text primary key,
  last_number integer not null
);
comment on table apologies.number_register is 'Sổ số văn bản xin lỗi theo cơ quan và năm';

create table apologies.watch (
  one boolean primary key default true check (one),
  checked_until timestamptz
);
comment on table apologies.watch is 'Bộ hẹn giờ đã xét các hồ sơ có hẹn trả đến thời điểm nào';
insert into apologies.watch default values;
