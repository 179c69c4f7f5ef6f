-- Portal: drafts of citizens and guests, and failed attempts to follow a dossier. Personal data lives here only until
-- the draft is filed or expires.
create schema portal;

create table portal.draft (
  id uuid primary key,
  account_id uuid,
  -- SHA-256 of the guest's secret (about 98 random bits, so that no salt is needed); the secret itself is nowhere.
  secret_digest bytea,
  procedure_code text not null,
  revision_id uuid not null,
  case_id text,
  desk_unit_id uuid not null,
  version integer not null,
  applicant jsonb not null default '{}',
  answers jsonb not null default '{}',
  leftover jsonb not null default '{}',
  result_choice jsonb not null default '{}',
  papers jsonb not null default '{}',
  visited text[] not null default '{}',
  created_at timestamptz not null,
  saved_at timestamptz not null,
  expires_at timestamptz not null,
  submitted_at timestamptz,
  dossier_id uuid,
  dossier_code text,
  check (account_id is not null or secret_digest is not null)
);
comment on table portal.draft is 'Bản nháp hồ sơ nộp trực tuyến; hết hạn thì xóa';
comment on column portal.draft.account_id is 'Tài khoản công dân; để trống khi nộp không cần tài khoản';
comment on column portal.draft.secret_digest is 'Mã băm của mã bí mật người nộp không có tài khoản giữ';
comment on column portal.draft.revision_id is 'Bản thủ tục mà tờ khai theo; đổi khi thủ tục có bản mới';
comment on column portal.draft.desk_unit_id is 'Bộ phận một cửa sẽ nhận hồ sơ';
comment on column portal.draft.version is 'Tăng mỗi lần lưu bằng nút, để hai cửa sổ không ghi đè nhau';
comment on column portal.draft.applicant is 'Thông tin người nộp';
comment on column portal.draft.answers is 'Nội dung tờ khai';
comment on column portal.draft.leftover is 'Giá trị của bản tờ khai cũ mà bản mới không có; giữ lại, không mất';
comment on column portal.draft.result_choice is 'Cách nhận kết quả';
comment on column portal.draft.papers is 'Tệp đính kèm theo thành phần hồ sơ';
comment on column portal.draft.visited is 'Các bước đã khai xong';
comment on column portal.draft.dossier_id is 'Hồ sơ tạo ra từ bản nháp';
create unique index draft_secret on portal.draft (secret_digest) where secret_digest is not null;
create index draft_account on portal.draft (account_id, saved_at desc) where account_id is not null;
create index draft_expiry on portal.draft (expires_at);
create unique index draft_dossier on portal.draft (dossier_id) where dossier_id is not null;

create table portal.failed_follow (
  id uuid primary key,
  address text not null,
  code text not null,
  failed_at timestamptz not null
);
comment on table portal.failed_follow is 'Lần tra cứu hồ sơ sai thông tin đối chiếu, để chặn dò; xóa sau một ngày';
create index failed_follow_address on portal.failed_follow (address, failed_at);
create index failed_follow_code on portal.failed_follow (code, failed_at);
