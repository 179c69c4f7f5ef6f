-- Calendar plans: what a changed working-time calendar does to the promises of open dossiers, and the act that moves them.
create schema if not exists calendar_plan;

create table calendar_plan.plan (
  id uuid primary key,
  version integer not null default 1,
  calendar_code text not null,
  to_revision_id uuid not null,
  from_revision_ids uuid[] not null,
  unit_id uuid,
  unit_ids uuid[],
  policy text not null check (policy in ('later-only', 'both')),
  reason text not null,
  status text not null check (status in ('counting', 'ready', 'applying', 'applied', 'reverting', 'reverted', 'discarded')),
  counted_to uuid not null default '00000000-0000-0000-0000-000000000000',
  counted_at timestamptz,
  made_at timestamptz not null,
  made_by text not null,
  decision_number text,
  decision_reason text,
  accept_late boolean not null default false,
  apply_ordered_at timestamptz,
  apply_ordered_by text,
  applied_at timestamptz,
  revert_reason text,
  revert_ordered_at timestamptz,
  revert_ordered_by text,
  reverted_at timestamptz
);
comment on table calendar_plan.plan is 'Kế hoạch tính lại ngày hẹn trả khi lịch làm việc thay đổi';
comment on column calendar_plan.plan.version is 'Phiên bản, tăng mỗi lần có người ra lệnh';
comment on column calendar_plan.plan.to_revision_id is 'Bản lịch mới';
comment on column calendar_plan.plan.from_revision_ids is 'Các bản lịch cũ của cùng một lịch';
comment on column calendar_plan.plan.unit_id is 'Chỉ hồ sơ do đơn vị này và cấp dưới giải quyết; null: mọi đơn vị';
comment on column calendar_plan.plan.unit_ids is 'Các đơn vị giải quyết thuộc phạm vi, chốt khi lập kế hoạch; null: mọi đơn vị';
comment on column calendar_plan.plan.policy is 'later-only: chỉ lùi ngày hẹn; both: cả lùi và sớm hơn';
comment on column calendar_plan.plan.counted_to is 'Mã hồ sơ cuối cùng đã tính: lập danh sách tiếp tục được sau khi bị ngắt';
comment on column calendar_plan.plan.accept_late is 'Người duyệt chấp nhận cả hồ sơ vì dời sớm mà thành quá hạn';
comment on column calendar_plan.plan.decision_number is 'Số văn bản quyết định áp dụng';
comment on column calendar_plan.plan.apply_ordered_at is 'Lúc ra lệnh áp dụng; applied_at là lúc làm xong';
create index plan_at_work on calendar_plan.plan (id) where status in ('counting', 'applying', 'reverting');

create table calendar_plan.item (
  plan_id uuid not null references calendar_plan.plan (id),
  dossier_id uuid not null,
  code text not null,
  dossier_version integer not null,
  received_by_unit_id uuid not null,
  decided_by_unit_id uuid not null,
  due_before timestamptz,
  due_after timestamptz,
  moved_minutes integer not null default 0,
  moved_days integer not null default 0,
  direction text not null check (direction in ('later', 'earlier', 'same', 'unknown')),
  becomes_late boolean not null default false,
  state text not null check (state in ('listed', 'kept', 'moved', 'skipped', 'restored', 'changed')),
  why text,
  moved_version integer,
  primary key (plan_id, dossier_id)
);
comment on table calendar_plan.item is 'Hồ sơ trong kế hoạch: ngày hẹn trước và sau, và việc đã làm với nó';
comment on column calendar_plan.item.dossier_version is 'Phiên bản hồ sơ khi tính';
comment on column calendar_plan.item.moved_minutes is 'Số phút làm việc (theo lịch mới) ngày hẹn dời đi; âm: sớm hơn';
comment on column calendar_plan.item.moved_days is 'Số ngày lịch ngày hẹn dời đi; âm: sớm hơn';
comment on column calendar_plan.item.direction is 'later: muộn hơn; earlier: sớm hơn; same: không đổi ngày, chỉ đổi bản lịch; unknown: không tính lại được';
comment on column calendar_plan.item.becomes_late is 'Vì dời mà thành quá hạn ngay khi áp dụng';
comment on column calendar_plan.item.state is 'listed: sẽ dời; kept: giữ nguyên; moved: đã dời; skipped: bỏ qua khi áp dụng; restored: đã trả lại; changed: không trả lại được vì hồ sơ đã có việc khác';
comment on column calendar_plan.item.why is 'Vì sao giữ nguyên, bỏ qua hoặc không trả lại';
comment on column calendar_plan.item.moved_version is 'Phiên bản hồ sơ ngay sau khi dời: còn đúng thì mới trả lại được';
create index item_at_work on calendar_plan.item (plan_id, state, dossier_id);
create index item_by_unit on calendar_plan.item (plan_id, decided_by_unit_id);
