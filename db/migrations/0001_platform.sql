-- Ground: extensions, outbox, idempotency. One schema per module; every later table names its Vietnamese term.
create extension if not exists unaccent;
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

create schema if not exists platform;

-- unaccent is only STABLE; wrapped so that it can stand in indexes. The dictionary is named, so the result does not
-- depend on search_path.
create or replace function platform.fold(value text) returns text
  language sql immutable parallel safe strict
  as $$ select lower(public.unaccent('public.unaccent'::regdictionary, value)) $$;
comment on function platform.fold(text) is 'Bỏ dấu, chữ thường: để tìm kiếm không phân biệt dấu';

create table platform.installation (
  id uuid primary key,
  name text not null,
  demo boolean not null,
  era text not null,
  created_at timestamptz not null,
  settings jsonb not null default '{}'
);
comment on table platform.installation is 'Bản cài đặt: mã riêng, đánh dấu mọi thứ gửi ra ngoài';
comment on column platform.installation.demo is 'Bản trình diễn (không bao giờ dùng cho hồ sơ thật)';

create table platform.event (
  id uuid primary key,
  topic text not null,
  -- Events of one key are handled in order.
  key text not null,
  payload jsonb not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  pending boolean not null default true,
  -- Two acts of one dossier may bear the same millisecond; the second waits for the first to commit, so this orders them.
  seq bigint generated always as identity
);
comment on table platform.event is 'Hộp thư đi: sự kiện ghi cùng giao dịch, phát ít nhất một lần';

create index event_pending on platform.event (seq) where pending;
create index event_age on platform.event (recorded_at) where not pending;

create table platform.delivery (
  id bigint generated always as identity primary key,
  event_id uuid not null references platform.event (id),
  subscriber text not null,
  key text not null,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  last_error text,
  dead boolean not null default false,
  unique (event_id, subscriber)
);
comment on table platform.delivery is 'Sự kiện phát chưa được tới một nơi nhận: thử lại theo giờ hẹn, xóa khi xong';
create index delivery_key on platform.delivery (subscriber, key, id);

create table platform.idempotency (
  key text primary key,
  request_digest text not null,
  reply jsonb not null,
  recorded_at timestamptz not null default now()
);
comment on table platform.idempotency is 'Khóa chống gửi trùng: gửi lại nhận đúng câu trả lời cũ';
create index idempotency_age on platform.idempotency (recorded_at);
