-- Sums of visits of a unit are kept by half month only: whoever asks reads them once and adds up longer stretches in memory.
delete from metrics.visit_total where grain <> 'half';
alter table metrics.visit_total drop constraint visit_total_key, drop column grain,
  add constraint visit_total_key primary key (unit_id, start, class, way);
comment on table metrics.visit_total is 'Như metrics.visit_sum nhưng chung mọi bước, thủ tục, kênh, người, theo từng nửa tháng; khoảng dài hơn cộng từ đây';
comment on column metrics.visit_total.start is 'Ngày đầu của nửa tháng: ngày 1 hoặc ngày 15';
