-- Indices: sets edited here, rounds of scoring by year, score sheets of units, frozen results.
create schema if not exists indices;

create table indices.own_set (
  code text primary key,
  version integer not null default 1,
  state text not null check (state in ('draft', 'published')),
  body jsonb not null,
  based_on text not null,
  unit_id uuid not null,
  digest text,
  made_at timestamptz not null,
  made_by text not null,
  saved_at timestamptz not null,
  saved_by text not null,
  published_at timestamptz,
  published_by text,
  check ((state = 'published') = (digest is not null))
);
comment on table indices.own_set is 'Bộ chỉ số do đơn vị soạn từ một bộ có sẵn; bộ phát hành cùng phần mềm nằm trong content/sets';
comment on column indices.own_set.version is 'Phiên bản của dòng; hai người cùng sửa thì một người được';
comment on column indices.own_set.body is 'Nội dung bộ chỉ số: phần, lĩnh vực, tiêu chí, tiêu chí thành phần';
comment on column indices.own_set.based_on is 'Mã bộ chỉ số được chép';
comment on column indices.own_set.unit_id is 'Đơn vị ban hành: người có quyền soạn ở đơn vị này được sửa';
comment on column indices.own_set.digest is 'SHA-256 của nội dung khi ban hành; bộ đã ban hành không sửa được';

create or replace function indices.refuse_published() returns trigger language plpgsql as $$
begin
  if old.state = 'published' then
    raise exception 'indices.own_set %: published', old.code using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger own_set_published before update or delete on indices.own_set
  for each row execute function indices.refuse_published();

create table indices.round (
  id uuid primary key,
  version integer not null default 1,
  set_code text not null,
  set_body jsonb not null,
  family text not null,
  year integer not null check (year between 2000 and 2199),
  unit_id uuid not null,
  as_of date not null,
  state text not null check (state in ('open', 'frozen', 'published')),
  last_no integer not null default 0,
  opened_at timestamptz not null,
  opened_by text not null,
  published_at timestamptz,
  unique (unit_id, set_code, year)
);
comment on table indices.round is 'Đợt đánh giá: một bộ chỉ số, một năm, do một đơn vị tổ chức và thẩm định';
comment on column indices.round.set_body is 'Bộ chỉ số như khi mở đợt: sửa bộ về sau không đổi đợt đã mở';
comment on column indices.round.family is 'Loại chỉ số để so giữa các năm: par-index, sipas, dti …';
comment on column indices.round.unit_id is 'Đơn vị tổ chức, thẩm định, công bố';
comment on column indices.round.as_of is 'Ngày xét đơn vị nào tồn tại: ngày cuối năm đánh giá, hoặc ngày mở đợt nếu năm chưa hết';
comment on column indices.round.last_no is 'Số lần chốt; 0: chưa chốt';
create index round_family on indices.round (family, year desc);

create table indices.sheet (
  id uuid primary key,
  round_id uuid not null references indices.round (id),
  unit_id uuid not null,
  version integer not null default 1,
  state text not null check (state in ('scoring', 'submitted', 'explaining', 'answered', 'settled')),
  unique (round_id, unit_id)
);
comment on table indices.sheet is 'Phiếu chấm điểm của một đơn vị trong một đợt';
comment on column indices.sheet.state is 'Tự chấm → đã gửi → giải trình → đã giải trình → đã thống nhất';
create index sheet_unit on indices.sheet (unit_id);

create table indices.criterion_score (
  sheet_id uuid not null references indices.sheet (id),
  criterion_id text not null,
  version integer not null default 1,
  self_points numeric(10, 4),
  self_note text not null default '',
  numerator numeric(20, 4),
  denominator numeric(20, 4),
  definition_id text,
  appraised_points numeric(10, 4),
  appraised_reason text not null default '',
  explanation text not null default '',
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (sheet_id, criterion_id)
);
comment on table indices.criterion_score is 'Điểm một tiêu chí của một phiếu: tự chấm, thẩm định, giải trình';
comment on column indices.criterion_score.version is 'Hai người cùng chấm một tiêu chí thì một người được, người kia phải xem lại';
comment on column indices.criterion_score.numerator is 'Tử số đã dùng để chấm: từ số liệu (khi gửi) hoặc do đơn vị nhập';
comment on column indices.criterion_score.definition_id is 'Định nghĩa số liệu đã dùng; null: đơn vị tự nhập';
comment on column indices.criterion_score.appraised_points is 'Điểm thẩm định, đặt cạnh điểm tự chấm; null: chưa thẩm định';

create table indices.part_score (
  sheet_id uuid not null references indices.sheet (id),
  part_id text not null,
  version integer not null default 1,
  percent numeric(7, 4) not null check (percent between 0 and 100),
  source text not null,
  entered_at timestamptz not null,
  entered_by text not null,
  primary key (sheet_id, part_id)
);
comment on table indices.part_score is 'Tỷ lệ của một phần nhập thẳng, thí dụ điều tra xã hội học';

create table indices.result (
  round_id uuid not null references indices.round (id),
  no integer not null,
  document text not null,
  digest text not null,
  reason text not null default '',
  frozen_at timestamptz not null,
  frozen_by text not null,
  primary key (round_id, no)
);
comment on table indices.result is 'Kết quả đã chốt của đợt, không sửa được; chốt lại là một lần mới có lý do';
comment on column indices.result.document is 'Văn bản chuẩn tắc (JSON): cùng điểm thì cùng từng byte';
comment on column indices.result.digest is 'SHA-256 của văn bản';

create table indices.act (
  round_id uuid not null references indices.round (id),
  id uuid not null,
  sheet_id uuid,
  criterion_id text,
  act text not null,
  detail text not null default '',
  at timestamptz not null,
  by text not null,
  primary key (round_id, id)
);
comment on table indices.act is 'Việc đã làm trong đợt: chấm, gửi, thẩm định, giải trình, chốt, công bố';
comment on column indices.act.detail is 'Lý do, hoặc điểm trước và sau';
create index act_sheet on indices.act (sheet_id, id) where sheet_id is not null;

create or replace function indices.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'indices.% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger result_append_only before update or delete on indices.result
  for each row execute function indices.refuse_change();
create trigger act_append_only before update or delete on indices.act
  for each row execute function indices.refuse_change();
