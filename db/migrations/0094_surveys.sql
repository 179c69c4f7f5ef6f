-- Surveys of satisfaction. Anonymous by construction: an answer carries its survey, its stratum and its content – no dossier,
-- no person, no channel, no time, no order. What was drawn and who has answered stands in another table; see ADR 0034.
create schema if not exists surveys;

create table surveys.form (
  id uuid primary key,
  code text not null,
  no integer not null,
  status text not null check (status in ('draft', 'published')),
  version integer not null default 1,
  unit_id uuid not null,
  definition jsonb not null,
  digest text not null default '',
  created_at timestamptz not null,
  created_by text not null,
  published_at timestamptz,
  published_by text,
  unique (code, no),
  check ((status = 'published') = (published_at is not null))
);
comment on table surveys.form is 'Phiếu hỏi soạn trên màn hình: bản nháp sửa được, bản đã công bố không sửa; phiếu ban hành kèm nằm ở content/surveys';
comment on column surveys.form.code is 'Mã phiếu, không đổi qua các bản';
comment on column surveys.form.no is 'Bản thứ mấy của phiếu';
comment on column surveys.form.version is 'Số lần sửa bản nháp, chống ghi đè';
comment on column surveys.form.unit_id is 'Đơn vị soạn phiếu';
comment on column surveys.form.definition is 'Nội dung phiếu: thang đo, nhân tố, câu hỏi, trọng số';
comment on column surveys.form.digest is 'SHA-256 của nội dung đã công bố';
create unique index form_one_draft on surveys.form (code) where status = 'draft';

create table surveys.survey (
  id uuid primary key,
  version integer not null default 1,
  code text not null unique,
  name text not null,
  unit_id uuid not null,
  state text not null check (state in ('draft', 'drawn', 'open', 'closed')),
  form_id text not null,
  form jsonb not null,
  form_digest text not null,
  unit_ids uuid[] not null,
  finished_from date not null,
  finished_to date not null,
  open_from date not null,
  open_to date not null,
  quota jsonb not null,
  seed text not null,
  weighted boolean not null,
  walk_ins boolean not null,
  minimum integer not null check (minimum between 5 and 1000),
  papers_dropped integer not null default 0,
  results text,
  digest text,
  created_at timestamptz not null,
  created_by text not null,
  closed_on date,
  check (finished_to >= finished_from and open_to >= open_from),
  check ((state = 'closed') = (results is not null))
);
comment on table surveys.survey is 'Đợt khảo sát';
comment on column surveys.survey.code is 'Mã ngắn trong địa chỉ của quầy tự trả lời và trang kết quả';
comment on column surveys.survey.unit_id is 'Đơn vị tổ chức khảo sát';
comment on column surveys.survey.form_id is 'Phiếu được dùng: mã trong content hoặc id bản đã công bố';
comment on column surveys.survey.form is 'Nội dung phiếu lúc lập đợt, không đổi nữa';
comment on column surveys.survey.form_digest is 'SHA-256 của nội dung phiếu';
comment on column surveys.survey.unit_ids is 'Các cơ quan giải quyết được khảo sát';
comment on column surveys.survey.finished_from is 'Lấy hồ sơ kết thúc từ ngày (tính cả ngày này)';
comment on column surveys.survey.finished_to is 'Lấy hồ sơ kết thúc đến hết ngày';
comment on column surveys.survey.open_from is 'Nhận trả lời từ ngày';
comment on column surveys.survey.open_to is 'Nhận trả lời đến hết ngày';
comment on column surveys.survey.quota is 'Số phiếu cần: mỗi tầng bao nhiêu, hoặc tổng số chia theo cỡ tầng và mức tối thiểu';
comment on column surveys.survey.seed is 'Hạt giống chọn mẫu: cùng hạt giống và cùng hồ sơ thì chọn lại ra đúng mẫu cũ';
comment on column surveys.survey.weighted is 'Tính kết quả theo trọng số của tầng (số hồ sơ / số người trả lời)';
comment on column surveys.survey.walk_ins is 'Quầy nhận cả hồ sơ trong khung nhưng không nằm trong mẫu';
comment on column surveys.survey.minimum is 'Số người trả lời tối thiểu để hiện một con số';
comment on column surveys.survey.papers_dropped is 'Phiếu giấy chưa nhập xong lần hai khi đóng, không tính';
comment on column surveys.survey.results is 'Kết quả đã chốt: JSON chuẩn, cùng câu trả lời thì cùng từng byte';
comment on column surveys.survey.digest is 'SHA-256 của kết quả đã chốt';
create index survey_unit on surveys.survey (unit_id, id desc);

create table surveys.stratum (
  survey_id uuid not null references surveys.survey (id),
  no integer not null,
  unit_id uuid not null,
  group_id text not null,
  frame integer not null,
  quota integer not null,
  drawn integer not null,
  primary key (survey_id, no),
  unique (survey_id, unit_id, group_id)
);
comment on table surveys.stratum is 'Tầng của mẫu: cơ quan giải quyết × nhóm lĩnh vực';
comment on column surveys.stratum.frame is 'Số hồ sơ đã kết thúc trong kỳ (khung mẫu)';
comment on column surveys.stratum.quota is 'Số cần chọn; lớn hơn khung thì thiếu mẫu và được nói ra';
comment on column surveys.stratum.drawn is 'Số đã chọn';

create table surveys.sampled (
  ticket bytea primary key,
  survey_id uuid not null,
  stratum_no integer not null,
  dossier_id uuid,
  walk_in boolean not null default false,
  used boolean not null default false,
  invited boolean not null default false,
  unique (survey_id, dossier_id),
  foreign key (survey_id, stratum_no) references surveys.stratum (survey_id, no)
) with (fillfactor = 80);
comment on table surveys.sampled is 'Hồ sơ được chọn và đã trả lời hay chưa; không nối được với câu trả lời nào';
comment on column surveys.sampled.ticket is 'SHA-256 của mã trả lời; mã không được lưu ở đâu';
comment on column surveys.sampled.dossier_id is 'Hồ sơ; xóa khi đóng đợt khảo sát';
comment on column surveys.sampled.walk_in is 'Trả lời tại quầy, không nằm trong mẫu chọn';
comment on column surveys.sampled.used is 'Đã trả lời qua một kênh nào đó; không ghi lúc nào';
comment on column surveys.sampled.invited is 'Đã gửi lời mời';
create index sampled_invite on surveys.sampled (survey_id) where not invited;

create table surveys.answer (
  id uuid primary key default gen_random_uuid(),
  survey_id uuid not null,
  stratum_no integer not null,
  content jsonb not null,
  foreign key (survey_id, stratum_no) references surveys.stratum (survey_id, no)
);
comment on table surveys.answer is 'Câu trả lời không tên: chỉ tầng và nội dung; số hiệu ngẫu nhiên, được xáo lại hằng ngày và khi đóng';
create index answer_survey on surveys.answer (survey_id);

create table surveys.remark (
  id uuid primary key default gen_random_uuid(),
  survey_id uuid not null references surveys.survey (id),
  question_id text not null,
  words text not null
);
comment on table surveys.remark is 'Lời góp ý, tách khỏi các câu trả lời khác và khỏi tầng';
create index remark_survey on surveys.remark (survey_id);

create table surveys.progress (
  survey_id uuid not null,
  stratum_no integer not null,
  channel text not null check (channel in ('link', 'kiosk', 'paper', 'phone')),
  n integer not null,
  primary key (survey_id, stratum_no, channel),
  foreign key (survey_id, stratum_no) references surveys.stratum (survey_id, no)
);
comment on table surveys.progress is 'Số phiếu đã thu theo tầng và kênh; kênh không nằm trong câu trả lời';

create table surveys.paper (
  id uuid primary key,
  survey_id uuid not null references surveys.survey (id),
  ticket bytea not null unique,
  version integer not null default 1,
  first jsonb not null,
  first_by text not null,
  second jsonb,
  second_by text,
  entered_on date not null
);
comment on table surveys.paper is 'Phiếu giấy đang nhập hai lần; dòng bị xóa khi phiếu được tính';
comment on column surveys.paper.first_by is 'Người nhập lần một; lần hai phải là người khác';
comment on column surveys.paper.second is 'Bản nhập lần hai khi khác lần một, chờ xử lý';
create index paper_survey on surveys.paper (survey_id);

create function surveys.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'surveys.% is final', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger form_published_final before update or delete on surveys.form
  for each row when (old.status = 'published') execute function surveys.refuse_change();
create trigger survey_closed_final before update or delete on surveys.survey
  for each row when (old.state = 'closed') execute function surveys.refuse_change();
