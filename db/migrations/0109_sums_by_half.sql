-- Sums of a unit are kept by half month only: whoever asks reads them once and adds up longer stretches in memory.
truncate metrics.total;
delete from metrics.built;
alter table metrics.total drop constraint total_key, drop column grain,
  add constraint total_key primary key (unit_id, kind, start, bucket, channel);
comment on table metrics.total is 'Số theo đơn vị giải quyết và hình thức nộp trong từng nửa tháng; khoảng dài hơn cộng từ đây';
comment on column metrics.total.start is 'Ngày đầu của nửa tháng: ngày 1 hoặc ngày 15';
