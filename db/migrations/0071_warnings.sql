-- Warning ladder: rungs as data, what was warned (never twice), who is still to be told, one digest a person a day.
create schema warnings;

create table warnings.ladder (
  id uuid primary key,
  name text not null,
  procedure_code text,
  unit_id uuid,
  valid_from date not null,
  definition jsonb,
  source text not null,
  verified boolean not null default false,
  recorded_at timestamptz not null,
  recorded_by text not null,
  superseded_at timestamptz
);
comment on table warnings.ladder is 'Thang cảnh báo do cơ quan đặt (thang chung nằm ở content/warnings); chỉ thêm, bản cũ được đánh dấu thay thế';
comment on column warnings.ladder.procedure_code is 'Thủ tục áp dụng; trống = mọi thủ tục';
comment on column warnings.ladder.unit_id is 'Cơ quan giải quyết áp dụng, gồm đơn vị trực thuộc; trống = mọi cơ quan';
comment on column warnings.ladder.definition is 'Các nấc của hồ sơ và của bước; trống = thôi dùng thang riêng, trở về thang rộng hơn';
comment on column warnings.ladder.superseded_at is 'Thời điểm bị một bản mới cùng phạm vi thay thế';
create index ladder_in_force on warnings.ladder (valid_from) where superseded_at is null;

create table warnings.watch (
  dossier_id uuid primary key,
  next_at timestamptz,
  code text,
  procedure_code text,
  procedure_revision_id uuid,
  received_by_unit_id uuid,
  decided_by_unit_id uuid,
  holder_unit_id uuid,
  holder_staff_id uuid,
  step_id text,
  step_seq integer,
  due_at timestamptz,
  paused boolean not null default false,
  rung text,
  rung_text text,
  subject text,
  colour text,
  urgency integer,
  reached_at timestamptz,
  rung_due_at timestamptz
) with (fillfactor = 80);
comment on table warnings.watch is 'Hồ sơ đang theo dõi: lúc phải xét tiếp và nấc cảnh báo cao nhất đang đứng; một dòng mỗi hồ sơ còn mở';
comment on column warnings.watch.next_at is 'Thời điểm phải xét lại: nấc kế tiếp; -infinity = vừa có thay đổi; trống = không còn nấc phía trước hoặc đang tạm dừng';
comment on column warnings.watch.rung is 'Nấc cao nhất đã chạm của hồ sơ hoặc của bước hiện tại; trống = chưa chạm nấc nào';
comment on column warnings.watch.subject is 'Nấc ấy của hồ sơ (dossier) hay của bước (step)';
comment on column warnings.watch.urgency is 'Thứ bậc khẩn để xếp: màu trước, phần trăm sau';
comment on column warnings.watch.rung_due_at is 'Hạn mà nấc ấy tính theo: hạn hồ sơ hoặc hạn bước';
create index watch_next on warnings.watch (next_at) where next_at is not null;
create index watch_holder on warnings.watch (holder_unit_id, urgency desc, due_at, dossier_id) where rung is not null;
create index watch_decided on warnings.watch (decided_by_unit_id, urgency desc, due_at, dossier_id) where rung is not null;

create table warnings.warning (
  id uuid primary key,
  dossier_id uuid not null,
  subject text not null check (subject in ('dossier', 'step')),
  step_seq integer not null default 0,
  step_id text,
  round smallint not null default 0,
  rung text not null,
  rung_text text not null,
  colour text not null,
  acts jsonb not null,
  urgency integer not null,
  reached_at timestamptz not null,
  recorded_at timestamptz not null,
  late_notice boolean not null default false,
  due_at timestamptz not null,
  holder_unit_id uuid,
  holder_staff_id uuid,
  unique (dossier_id, subject, step_seq, round, rung)
);
comment on table warnings.warning is 'Cảnh báo đã phát: mỗi nấc một lần cho mỗi hồ sơ, mỗi lượt bước, mỗi vòng tính giờ';
comment on column warnings.warning.step_seq is 'Lượt bước (0 cho cảnh báo của hồ sơ)';
comment on column warnings.warning.round is 'Vòng tính giờ: tăng khi thời hạn được tính lại từ đầu hoặc được hẹn lại';
comment on column warnings.warning.rung_text is 'Nấc bằng chữ, như lúc phát (thang có thể đổi sau đó)';
comment on column warnings.warning.reached_at is 'Thời điểm pháp lý chạm nấc';
comment on column warnings.warning.recorded_at is 'Thời điểm hệ thống ghi nhận';
comment on column warnings.warning.late_notice is 'Báo muộn: ghi nhận sau lúc chạm nấc quá số giờ quy định (máy chủ dừng, hồ sơ nhập sau)';
comment on column warnings.warning.acts is 'Việc phải làm ở nấc này: nhắc người giữ, báo lãnh đạo, yêu cầu nguyên nhân, chuẩn bị xin lỗi';

create table warnings.notice (
  staff_id uuid not null,
  warning_id uuid not null references warnings.warning (id),
  part text not null check (part in ('holder', 'head')),
  unit_id uuid not null,
  dossier_id uuid not null,
  primary key (staff_id, warning_id, part)
);
comment on table warnings.notice is 'Cảnh báo chờ vào bản tin ngày của một người; gửi xong thì xóa dòng';
comment on column warnings.notice.part is 'holder = nhắc người đang giữ; head = báo lãnh đạo đơn vị';
comment on column warnings.notice.unit_id is 'Đơn vị giữ hồ sơ: giờ làm việc của đơn vị này quyết định lúc gửi';

create table warnings.digest (
  staff_id uuid not null,
  day date not null,
  unit_id uuid not null,
  sent_at timestamptz not null,
  lines integer not null,
  late_lines integer not null,
  primary key (staff_id, day)
);
comment on table warnings.digest is 'Bản tin ngày đã gửi: mỗi người mỗi ngày nhiều nhất một bản';
comment on column warnings.digest.late_lines is 'Số dòng báo muộn trong bản tin';
