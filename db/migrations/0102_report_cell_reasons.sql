-- Cells of reports that come from a register: why a unit reports something else.
alter table reports.assignment add column reasons jsonb not null default '{}';
comment on column reports.assignment.reasons is 'Lý do ghi khác sổ nhập tay của bản đang lập: dòng → cột → lý do';
