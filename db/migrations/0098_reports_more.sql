-- Reports: forms designed in the console, rounds of automatic assignment, and the machine interface for the level above.
create table reports.form (
  id uuid primary key,
  version integer not null default 1,
  report_id text not null,
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
comment on table reports.form is 'Biểu mẫu báo cáo thiết kế trong phần mềm: bản nháp sửa được, bản công bố không sửa được';
comment on column reports.form.version is 'Phiên bản của dòng, tăng mỗi lần lưu; hai người cùng lúc thì một người được';
comment on column reports.form.report_id is 'Mã chế độ báo cáo; cùng mã với content/reports thì thay cho biểu ấy từ ngày áp dụng';
comment on column reports.form.definition is 'Định nghĩa: dòng, cột, kiểm tra cân đối, mục chữ, chú thích, như tệp trong content/reports';
comment on column reports.form.valid_from is 'Áp dụng cho các kỳ kết thúc từ ngày này';
comment on column reports.form.digest is 'SHA-256 của định nghĩa đã công bố';
create unique index form_published on reports.form (report_id, valid_from) where state = 'published';

create function reports.keep_published() returns trigger language plpgsql as $$
begin
  if old.state = 'published' then
    raise exception 'a published form never changes' using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger form_published_kept before update or delete on reports.form
  for each row execute function reports.keep_published();

alter table reports.assignment add column form_id uuid references reports.form (id);
comment on column reports.assignment.form_id is 'Biểu thiết kế trong phần mềm đang áp dụng lúc giao; trống: biểu trong content/reports';

create table reports.round (
  report_id text not null,
  period_id text not null,
  cutoff text not null,
  rank text not null check (rank in ('month', 'quarter', 'half', 'year')),
  to_day date not null,
  given integer not null,
  at timestamptz not null,
  primary key (report_id, period_id, cutoff)
);
comment on table reports.round is 'Đợt giao báo cáo tự động: mỗi chế độ, mỗi kỳ một lần';
comment on column reports.round.given is 'Số báo cáo giao mới; 0: đơn vị đã có sẵn, hoặc kỳ đã quá hạn trước khi hệ thống bắt đầu giao';

create table reports.exchange_client (
  id uuid primary key,
  name text not null,
  takes text not null check (takes in ('received', 'sent-out')),
  unit_id uuid not null,
  key_hash text not null unique,
  key_hint text not null,
  expires_on date not null,
  issued_at timestamptz not null,
  issued_by text not null,
  revoked_at timestamptz,
  revoked_by text,
  last_used_at timestamptz
);
comment on table reports.exchange_client is 'Hệ thống cấp trên được lấy báo cáo bằng khóa (máy với máy)';
comment on column reports.exchange_client.takes is 'Lấy gì: received: báo cáo gửi đến đơn vị; sent-out: báo cáo của đơn vị mà cơ quan nhận ở ngoài hệ thống';
comment on column reports.exchange_client.key_hash is 'SHA-256 của khóa; khóa chỉ hiện một lần lúc cấp';
comment on column reports.exchange_client.key_hint is 'Sáu ký tự đầu của khóa, để nhận ra';

create table reports.exchange_item (
  seq bigint primary key,
  assignment_id uuid not null,
  no integer not null,
  unit_id uuid not null,
  receiver_unit_id uuid,
  foreign key (assignment_id, no) references reports.version (assignment_id, no),
  unique (assignment_id, no)
);
comment on table reports.exchange_item is 'Thứ tự các bản đã gửi để hệ thống cấp trên lấy tiếp từ chỗ đã lấy; số thứ tự không bao giờ chen vào trước';
create index exchange_item_receiver on reports.exchange_item (receiver_unit_id, seq);
create index exchange_item_outside on reports.exchange_item (unit_id, seq) where receiver_unit_id is null;
insert into reports.exchange_item (seq, assignment_id, no, unit_id, receiver_unit_id)
select row_number() over (order by v.sent_at, v.assignment_id, v.no), v.assignment_id, v.no, a.unit_id, a.receiver_unit_id
from reports.version v join reports.assignment a on a.id = v.assignment_id;

create table reports.exchange_status (
  assignment_id uuid not null,
  no integer not null,
  seq integer not null,
  client_id uuid not null references reports.exchange_client (id),
  status text not null check (status in ('received', 'accepted', 'returned')),
  reason text not null default '',
  at timestamptz not null,
  primary key (assignment_id, no, seq),
  foreign key (assignment_id, no) references reports.version (assignment_id, no)
);
comment on table reports.exchange_status is 'Trạng thái hệ thống cấp trên trả về cho từng bản: đã lấy, đã nhận, trả lại';
create trigger exchange_status_append_only before update or delete on reports.exchange_status
  for each row execute function reports.refuse_change();

create table reports.exchange_use (
  client_id uuid not null references reports.exchange_client (id),
  minute timestamptz not null,
  calls integer not null,
  primary key (client_id, minute)
);
comment on table reports.exchange_use is 'Số lần gọi trong mỗi phút của một khóa, để giới hạn; xóa sau một ngày';
