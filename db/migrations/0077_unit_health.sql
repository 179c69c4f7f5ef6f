-- Health of units: findings about units, what they answer, what their paper books say. No foreign keys to other schemas.
create schema unit_health;

create table unit_health.finding (
  id uuid primary key,
  version integer not null default 1,
  rule text not null,
  unit_id uuid not null,
  period text not null,
  state text not null check (state in ('open', 'explained', 'returned', 'accepted', 'closed')),
  found_at timestamptz not null,
  deadline date not null,
  measure integer not null,
  facts jsonb not null,
  checked_at timestamptz not null,
  reason text,
  evidence text,
  explained_at timestamptz,
  explained_by text,
  decided_at timestamptz,
  decided_by text,
  decision_note text,
  closed_at timestamptz,
  closed_as text check (closed_as in ('facts', 'accepted')),
  constraint finding_once unique (rule, unit_id, period)
);
comment on table unit_health.finding is 'Phát hiện về sức khỏe đơn vị: mỗi quy tắc, đơn vị, kỳ một dòng';
comment on column unit_health.finding.rule is 'Mã quy tắc (content/unit-health/rules.yaml)';
comment on column unit_health.finding.period is 'Kỳ: 2026, 2026-Q3 hoặc 2026-10; quy tắc thường xuyên lấy tháng phát hiện';
comment on column unit_health.finding.state is 'open chờ giải trình, explained đã giải trình, returned trả lại, accepted chấp nhận, closed đã đóng';
comment on column unit_health.finding.deadline is 'Hạn giải trình, tính cả ngày này';
comment on column unit_health.finding.measure is 'Con số chính của phát hiện (số hồ sơ, số việc chênh lệch, số thủ tục)';
comment on column unit_health.finding.facts is 'Số liệu lúc kiểm tra gần nhất';
comment on column unit_health.finding.checked_at is 'Lúc kiểm tra gần nhất';
comment on column unit_health.finding.evidence is 'Căn cứ kèm giải trình: số văn bản, biên bản';
comment on column unit_health.finding.closed_as is 'facts = số liệu đã thay đổi, accepted = người có thẩm quyền đóng';
create index finding_unit on unit_health.finding (unit_id, found_at desc, id desc);
create index finding_found on unit_health.finding (found_at desc, id desc);
create index finding_standing on unit_health.finding (rule, unit_id) where state <> 'closed';

create table unit_health.history (
  finding_id uuid not null references unit_health.finding (id),
  seq integer not null,
  kind text not null check (kind in ('found', 'changed', 'reopened', 'explained', 'returned', 'accepted', 'closed')),
  at timestamptz not null,
  actor text not null,
  note text,
  evidence text,
  facts jsonb,
  primary key (finding_id, seq)
);
comment on table unit_health.history is 'Diễn biến của phát hiện, chỉ thêm';

create table unit_health.book_count (
  unit_id uuid not null,
  book text not null,
  month date not null check (extract(day from month) = 1),
  version integer not null default 1,
  count integer not null check (count >= 0),
  note text,
  entered_at timestamptz not null,
  entered_by text not null,
  primary key (unit_id, book, month)
);
comment on table unit_health.book_count is 'Số việc ghi trong sổ giấy của đơn vị theo sổ và tháng, đối chiếu với hệ thống';
comment on column unit_health.book_count.book is 'Mã sổ (content/unit-health/rules.yaml)';
comment on column unit_health.book_count.month is 'Ngày đầu tháng';

create table unit_health.book_entry (
  unit_id uuid not null,
  book text not null,
  month date not null,
  version integer not null,
  count integer not null,
  note text,
  entered_at timestamptz not null,
  entered_by text not null,
  primary key (unit_id, book, month, version)
);
comment on table unit_health.book_entry is 'Mọi lần nhập số liệu sổ giấy, chỉ thêm';

create table unit_health.last_received (
  unit_id uuid not null,
  procedure_code text not null,
  day date not null,
  primary key (unit_id, procedure_code)
);
comment on table unit_health.last_received is 'Ngày gần nhất cơ quan giải quyết nhận hồ sơ của một thủ tục';

create table unit_health.run (
  name text primary key,
  day date not null,
  ran_at timestamptz not null
);
comment on table unit_health.run is 'Ngày đã kiểm tra hằng đêm';

create function unit_health.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'unit_health.% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger history_append_only before update or delete on unit_health.history
  for each row execute function unit_health.refuse_change();
create trigger book_entry_append_only before update or delete on unit_health.book_entry
  for each row execute function unit_health.refuse_change();

insert into unit_health.last_received (unit_id, procedure_code, day)
  select decided_by_unit_id, procedure_code, max((received_at at time zone 'Asia/Ho_Chi_Minh')::date)
  from dossiers.dossier where received_at is not null group by 1, 2;
