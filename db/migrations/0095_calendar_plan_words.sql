-- Calendar plans: what the working minutes of an item are counted by.
comment on column calendar_plan.item.moved_minutes is 'Số phút làm việc ngày hẹn dời đi, theo bản lịch (cũ hoặc mới) có nhiều giờ hơn trong khoảng đó; âm: sớm hơn';
