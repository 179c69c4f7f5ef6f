-- Procedures: the catalogue, its revisions and what was imported. A published revision never changes; only the day on
-- which it ends is set when the next one takes over.
create extension if not exists btree_gist;
create schema if not exists procedures;

create table procedures.procedure (
  id uuid primary key,
  code text not null unique check (code ~ '^[1-9]\.\d{6}$'),
  created_at timestamptz not null
);
comment on table procedures.procedure is 'Thủ tục hành chính: mã không đổi qua các bản';
comment on column procedures.procedure.code is 'Mã TTHC quốc gia';
comment on column procedures.procedure.created_at is 'Lúc đưa vào danh mục';

create table procedures.revision (
  id uuid primary key,
  procedure_id uuid not null references procedures.procedure (id),
  -- The code again, so that the hot lookup reads one table.
  code text not null,
  revision text not null,
  status text not null check (status in ('draft', 'published', 'discarded')),
  version integer not null default 1,
  definition jsonb not null,
  name text not null,
  field_code text not null,
  field_name text not null,
  levels text[] not null,
  online_level text not null,
  keywords text not null default '',
  valid_from date not null,
  valid_to date,
  verified boolean not null,
  origin text not null check (origin in ('content', 'national', 'editor')),
  digest text not null,
  created_at timestamptz not null,
  created_by text not null,
  published_at timestamptz,
  published_by text,
  search text not null generated always as (platform.fold(code || ' ' || name || ' ' || field_name || ' ' || keywords)) stored,
  check (valid_to >= valid_from),
  check ((status = 'published') = (published_at is not null)),
  constraint revision_name unique (procedure_id, revision),
  -- One revision in force a day, whatever the process that publishes.
  constraint revision_in_force exclude using gist (procedure_id with =, daterange(valid_from, valid_to, '[]') with &&)
    where (status = 'published')
);
comment on table procedures.revision is 'Bản của thủ tục theo thời kỳ: bản nháp sửa được, bản đã công bố không sửa';
comment on column procedures.revision.code is 'Mã TTHC';
comment on column procedures.revision.revision is 'Tên bản, thường là ngày có hiệu lực';
comment on column procedures.revision.status is 'Trạng thái: nháp, đã công bố, đã bỏ';
comment on column procedures.revision.version is 'Số lần sửa bản nháp, chống ghi đè';
comment on column procedures.revision.definition is 'Toàn bộ nội dung thủ tục: trường hợp, thời hạn, phí, thành phần, bước, kết quả, tờ khai';
comment on column procedures.revision.name is 'Tên thủ tục';
comment on column procedures.revision.field_code is 'Mã lĩnh vực';
comment on column procedures.revision.field_name is 'Lĩnh vực';
comment on column procedures.revision.levels is 'Cấp thực hiện';
comment on column procedures.revision.online_level is 'Mức trực tuyến: toàn trình, một phần, không';
comment on column procedures.revision.keywords is 'Từ khóa tìm kiếm';
comment on column procedures.revision.valid_from is 'Có hiệu lực từ ngày (tính cả ngày này)';
comment on column procedures.revision.valid_to is 'Hiệu lực đến hết ngày; trống = còn hiệu lực';
comment on column procedures.revision.verified is 'Đã đối chiếu với văn bản pháp luật';
comment on column procedures.revision.origin is 'Nguồn: nội dung kèm phần mềm, Cổng quốc gia, người biên tập';
comment on column procedures.revision.digest is 'Dấu vết nội dung (SHA-256), để nạp lại không sinh bản trùng';
comment on column procedures.revision.created_by is 'Người tạo';
comment on column procedures.revision.published_at is 'Lúc công bố';
comment on column procedures.revision.published_by is 'Người công bố';
comment on column procedures.revision.search is 'Chữ không dấu để tìm kiếm';
create index revision_code on procedures.revision (code, valid_from desc) where status = 'published';
create index revision_search on procedures.revision using gin (search gin_trgm_ops);
create index revision_field on procedures.revision (field_code) where status = 'published';

create function procedures.keep_published() returns trigger language plpgsql as $$
begin
  if old.status = 'published' and (new.definition, new.status, new.valid_from, new.revision, new.procedure_id)
      is distinct from (old.definition, old.status, old.valid_from, old.revision, old.procedure_id) then
    raise exception 'a published revision does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
comment on function procedures.keep_published() is 'Bản đã công bố không sửa được, chỉ ghi ngày hết hiệu lực';
create trigger keep_published before update on procedures.revision for each row execute function procedures.keep_published();

create table procedures.national_import (
  id uuid primary key,
  code text not null,
  revision_id uuid not null references procedures.revision (id),
  file_name text not null,
  digest text not null unique,
  -- Text, not jsonb: kept to the letter.
  raw text not null,
  report jsonb not null,
  imported_at timestamptz not null,
  imported_by text not null
);
comment on table procedures.national_import is 'Tệp thủ tục lấy từ Cổng dịch vụ công quốc gia, giữ nguyên văn';
comment on column procedures.national_import.digest is 'Dấu vết nguyên văn (SHA-256)';
comment on column procedures.national_import.raw is 'Nguyên văn JSON';
comment on column procedures.national_import.report is 'Kết quả đọc: số lượng, phần giữ dạng chữ, điều cần xem lại';
create index national_import_revision on procedures.national_import (revision_id);
