-- Identity: accounts of staff and citizens, sessions, lock-out. Nothing here can be turned back into a password, a
-- session cookie or a one-time code: passwords are argon2id, tokens and recovery codes digests, TOTP secrets sealed.
create schema identity;
comment on schema identity is 'Định danh: tài khoản, đăng nhập, phiên làm việc';

create table identity.account (
  id uuid primary key,
  kind text not null check (kind in ('staff', 'citizen')),
  login text unique check (login ~ '^[a-z0-9][a-z0-9._@-]{2,63}$'),
  -- organisation.staff; no foreign key across schemas, so that the modules can be moved apart.
  staff_id uuid unique,
  display_name text not null default '',
  unit_id uuid,
  password_hash text,
  password_changed_at timestamptz,
  must_change boolean not null default false,
  one_time_until timestamptz,
  totp_secret bytea,
  totp_pending bytea,
  totp_last_step bigint,
  totp_confirmed_at timestamptz,
  demo boolean not null default false,
  disabled_at timestamptz,
  disabled_reason text,
  created_at timestamptz not null,
  last_sign_in_at timestamptz,
  constraint account_staff_complete check (
    kind = 'citizen' or (login is not null and staff_id is not null and password_hash is not null)
  ),
  constraint account_citizen_bare check (
    kind = 'staff' or (login is null and staff_id is null and password_hash is null)
  )
);
comment on table identity.account is 'Tài khoản của cán bộ hoặc công dân';
comment on column identity.account.login is 'Tên đăng nhập (chữ thường, không dấu, duy nhất)';
comment on column identity.account.display_name is 'Họ tên hiển thị, chụp lại ở lần đăng nhập gần nhất (để tìm kiếm)';
comment on column identity.account.unit_id is 'Đơn vị chính, chụp lại ở lần đăng nhập gần nhất (để phân quyền quản lý tài khoản)';
comment on column identity.account.password_hash is 'Mật khẩu băm argon2id (19 MiB, t=2)';
comment on column identity.account.must_change is 'Phải đổi mật khẩu trước khi làm việc';
comment on column identity.account.one_time_until is 'Mật khẩu dùng một lần có hiệu lực đến';
comment on column identity.account.totp_secret is 'Khóa mã xác thực (TOTP), đã niêm phong';
comment on column identity.account.totp_pending is 'Khóa TOTP đang chờ xác nhận, đã niêm phong';
comment on column identity.account.totp_last_step is 'Bước thời gian của mã đã dùng gần nhất: mã cũ không dùng lại được';
comment on column identity.account.demo is 'Tài khoản trình diễn: chỉ dùng được khi hệ thống chạy trên chính máy này';
comment on column identity.account.disabled_at is 'Thời điểm khóa tài khoản';
create index account_unit on identity.account (unit_id, login) where kind = 'staff';
create index account_search on identity.account
  using gin (platform.fold(coalesce(login, '') || ' ' || display_name) gin_trgm_ops) where kind = 'staff';

create table identity.citizen (
  account_id uuid primary key references identity.account (id),
  issuer text not null,
  subject text not null,
  account_type text not null default 'person' check (account_type in ('person', 'business', 'organisation')),
  full_name text not null,
  id_number text,
  birth_date text,
  email text,
  phone text,
  claims jsonb not null,
  claims_at timestamptz not null,
  constraint citizen_subject unique (issuer, subject)
);
comment on table identity.citizen is 'Công dân, tổ chức đăng nhập qua hệ thống định danh';
comment on column identity.citizen.issuer is 'Hệ thống định danh cấp (OIDC iss)';
comment on column identity.citizen.subject is 'Mã chủ thể do hệ thống định danh cấp (OIDC sub)';
comment on column identity.citizen.account_type is 'Loại tài khoản: cá nhân, doanh nghiệp, tổ chức';
comment on column identity.citizen.id_number is 'Số định danh';
comment on column identity.citizen.birth_date is 'Ngày sinh YYYY-MM-DD, hoặc chỉ năm YYYY';
comment on column identity.citizen.claims is 'Bản chụp thông tin nhận được ở lần đăng nhập gần nhất';

create table identity.session (
  id uuid primary key,
  token_hash bytea not null,
  account_id uuid not null references identity.account (id),
  assurance text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  address text not null,
  user_agent text not null default '',
  ended_at timestamptz,
  end_reason text,
  constraint session_token unique (token_hash)
);
comment on table identity.session is 'Phiên đăng nhập';
comment on column identity.session.token_hash is 'SHA-256 của mã phiên trong cookie; mã gốc không được lưu';
comment on column identity.session.assurance is 'Mức bảo đảm: password, password+totp, loa1, loa2…';
comment on column identity.session.last_seen_at is 'Lần dùng gần nhất, ghi nhiều nhất mỗi phút một lần';
comment on column identity.session.expires_at is 'Hết hạn tuyệt đối';
comment on column identity.session.end_reason is 'Lý do kết thúc: sign-out, ended, idle, expired, replaced, password, disabled…';
create index session_account on identity.session (account_id, created_at desc) where ended_at is null;
create index session_age on identity.session (expires_at);

create table identity.sign_in_attempt (
  address text not null,
  login_key bytea not null,
  failures integer not null default 0,
  last_failed_at timestamptz,
  locked_until timestamptz,
  primary key (address, login_key)
);
comment on table identity.sign_in_attempt is
  'Đếm lần đăng nhập sai theo cặp (địa chỉ, tên đăng nhập): không ai khóa được cán bộ từ nơi khác';
comment on column identity.sign_in_attempt.address is 'Địa chỉ máy (IPv6 lấy 64 bit đầu)';
comment on column identity.sign_in_attempt.login_key is 'Mã băm của tên đăng nhập đã gõ; rỗng: đếm chung của địa chỉ';
create index sign_in_attempt_age on identity.sign_in_attempt (last_failed_at);

create table identity.recovery_code (
  account_id uuid not null references identity.account (id),
  code_hash bytea not null,
  used_at timestamptz,
  primary key (account_id, code_hash)
);
comment on table identity.recovery_code is 'Mã dự phòng thay mã xác thực, mỗi mã dùng một lần';
