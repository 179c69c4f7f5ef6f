-- Calendar plans that follow from giving a unit another calendar.
alter table calendar_plan.plan add column cause text not null default 'revision' check (cause in ('revision', 'assignment'));
comment on column calendar_plan.plan.cause is 'revision: công bố bản lịch mới; assignment: gán lịch khác cho đơn vị';
alter table calendar_plan.plan add column assigned_from date;
comment on column calendar_plan.plan.assigned_from is 'Ngày đơn vị bắt đầu theo lịch được gán; hồ sơ hẹn trả trước ngày này giữ nguyên';
alter table calendar_plan.plan add column received_unit_ids uuid[];
comment on column calendar_plan.plan.received_unit_ids is 'Nơi tiếp nhận theo lịch được gán (đơn vị và cấp dưới không có lịch riêng), chốt khi lập; null: mọi nơi';
