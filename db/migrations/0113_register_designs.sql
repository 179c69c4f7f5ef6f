-- Registers designed in the console: drafts, versions published from a day on, and registers nobody enters any more.
create table registers.design (
  id uuid primary key,
  version integer not null default 1,
  register_id text not null,
  state text not null check (state in ('draft', 'published')),
  definition jsonb not null,
  valid_from date,
  digest text,
  changed_at timestamptz not null,
  changed_by text not null,
  published_at timestamptz,
  published_by text,
  check ((state = 'published') = (valid_from is not null and digest is not null and published_at is not null and published_by is not null))
);
comment on table registers.design is 'Sổ số liệu thiết kế trong phần mềm: bản nháp sửa được, bản công bố không sửa được';
comment on column registers.design.version is 'Phiên bản của dòng, tăng mỗi lần lưu; hai người cùng lúc thì một người được';
comment on column registers.design.register_id is 'Mã sổ; cùng mã với content/registers thì là bản tiếp theo của sổ ấy từ ngày áp dụng';
comment on column registers.design.definition is 'Định nghĩa: ô nhập, kiểm tra, chỉ số, kỳ, hạn, như tệp trong content/registers';
comment on column registers.design.valid_from is 'Áp dụng cho các kỳ bắt đầu từ ngày này; kỳ trước đó giữ bản cũ';
comment on column registers.design.digest is 'SHA-256 của định nghĩa đã công bố';
create unique index design_published on registers.design (register_id, valid_from) where state = 'published';

create function registers.keep_published() returns trigger language plpgsql as $$
begin
  if old.state = 'published' then
    raise exception 'a published register never changes' using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger design_published_kept before update or delete on registers.design
  for each row execute function registers.keep_published();

create table registers.ending (
  id uuid primary key,
  register_id text not null,
  last_day date,
  reason text not null,
  at timestamptz not null,
  by text not null
);
comment on table registers.ending is 'Ngừng dùng một sổ, hoặc dùng lại: bản ghi sau cùng của mỗi sổ có hiệu lực; không sửa, không xóa';
comment on column registers.ending.last_day is 'Không còn kỳ nào bắt đầu sau ngày này; trống: dùng lại sổ';
create index ending_register on registers.ending (register_id, at);
create trigger ending_append_only before update or delete on registers.ending
  for each row execute function registers.refuse_change();
