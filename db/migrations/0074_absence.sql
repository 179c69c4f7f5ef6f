-- Absence and acting persons, and what is left with nobody (issue B, line 6).
create schema absence;

create table absence.absence (
  id uuid primary key,
  version integer not null default 1,
  staff_id uuid not null,
  unit_ids uuid[] not null,
  kind text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at >= starts_at),
  note text,
  recorded_at timestamptz not null,
  recorded_by text not null,
  ended_early_at timestamptz,
  cancelled_at timestamptz,
  cancelled_by text,
  cancel_reason text,
  exclude using gist (staff_id with =, tstzrange(starts_at, ends_at) with &&) where (cancelled_at is null)
);
comment on table absence.absence is 'Vắng mặt: một người không làm việc trong một khoảng thời gian';
comment on column absence.absence.version is 'Số lần sửa, để hai người cùng sửa thì một người được báo';
comment on column absence.absence.unit_ids is 'Đơn vị của các chức vụ người vắng giữ lúc ghi: để lãnh đạo các đơn vị ấy thấy';
comment on column absence.absence.kind is 'Lý do vắng theo content/absence/absence.yaml: nghỉ phép, công tác, học, ốm, thai sản …';
comment on column absence.absence.starts_at is 'Bắt đầu vắng (tính cả thời điểm này)';
comment on column absence.absence.ends_at is 'Hết vắng (không tính thời điểm này); trở lại sớm thì kéo về lúc ấy';
comment on column absence.absence.recorded_by is 'Người ghi: staff:<mã>';
comment on column absence.absence.ended_early_at is 'Trở lại làm việc sớm: lúc ghi nhận';
comment on column absence.absence.cancelled_at is 'Hủy: coi như chưa từng vắng từ lúc này';
create index absence_period on absence.absence (starts_at, ends_at);
create index absence_unit on absence.absence using gin (unit_ids);

create table absence.acting (
  id uuid primary key,
  absence_id uuid not null references absence.absence (id),
  absent_staff_id uuid not null,
  acting_staff_id uuid not null check (acting_staff_id <> absent_staff_id),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at >= starts_at),
  unit_id uuid,
  permissions text[],
  signing boolean not null default false,
  decision_number text,
  recorded_at timestamptz not null,
  recorded_by text not null,
  check (not signing or decision_number is not null)
);
comment on table absence.acting is 'Người làm thay: ai được làm thay ai, trong khoảng nào, phạm vi nào';
comment on column absence.acting.absent_staff_id is 'Người vắng (lặp lại để tìm nhanh)';
comment on column absence.acting.acting_staff_id is 'Người làm thay';
comment on column absence.acting.starts_at is 'Bắt đầu làm thay (tính cả thời điểm này)';
comment on column absence.acting.ends_at is 'Thôi làm thay (không tính thời điểm này)';
comment on column absence.acting.unit_id is 'Chỉ cho chức vụ tại đơn vị này (và bộ phận của nó); trống = mọi chức vụ';
comment on column absence.acting.permissions is 'Chỉ những quyền này; trống = mọi quyền được làm thay, trừ ký duyệt';
comment on column absence.acting.signing is 'Kể cả quyền ký duyệt; chỉ cấp phó, theo quyết định';
comment on column absence.acting.decision_number is 'Số văn bản giao quyền, ủy quyền';
create index acting_person on absence.acting (acting_staff_id, ends_at);
create index acting_for on absence.acting (absent_staff_id, ends_at);
create index acting_absence on absence.acting (absence_id);

create schema unattended;

create table unattended.checked (
  unit_id uuid not null,
  day date not null,
  checked_at timestamptz not null,
  dossiers integer not null,
  primary key (unit_id, day)
);
comment on table unattended.checked is 'Kiểm tra hồ sơ không có người giữ: mỗi đơn vị mỗi ngày làm việc một lần';

create table unattended.finding (
  unit_id uuid not null,
  day date not null,
  dossier_id uuid not null,
  staff_id uuid not null,
  reason text not null check (reason in ('absent', 'departed', 'released')),
  primary key (unit_id, day, dossier_id),
  foreign key (unit_id, day) references unattended.checked (unit_id, day) on delete cascade
);
comment on table unattended.finding is 'Hồ sơ được nêu tên trong lần kiểm tra: đang ở người vắng không có người làm thay, hoặc người đã thôi việc';
comment on column unattended.finding.staff_id is 'Người đang giữ (hoặc đã giữ, nếu đã trả về đơn vị)';
comment on column unattended.finding.reason is 'absent = vắng, không ai làm thay; departed = đã thôi việc; released = của người thôi việc, đã trả về đơn vị';

create table unattended.release (
  dossier_id uuid not null,
  released_at timestamptz not null,
  unit_id uuid not null,
  staff_id uuid not null,
  named boolean not null default false,
  primary key (dossier_id, released_at)
);
comment on table unattended.release is 'Trả về đơn vị: hồ sơ người thôi việc đang giữ, trả về cho đơn vị';
comment on column unattended.release.named is 'Đã nêu trong bản tin của lãnh đạo đơn vị';
create index release_unnamed on unattended.release (unit_id) where not named;
