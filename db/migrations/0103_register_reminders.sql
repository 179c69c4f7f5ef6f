-- Registers: when a unit was last reminded of what it has not entered.
create table registers.reminder (
  register_id text not null,
  period_id text not null,
  unit_id uuid not null,
  reminded_on date not null,
  primary key (register_id, period_id, unit_id)
);
comment on table registers.reminder is 'Nhắc nhập sổ: lần nhắc cuối của một đơn vị về một sổ trong một kỳ';
comment on column registers.reminder.reminded_on is 'Ngày nhắc lần cuối';
