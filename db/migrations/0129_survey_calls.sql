-- Calls that brought no answer: so that nobody is called by the next who calls after they have refused.
alter table surveys.sampled
  add column calls integer not null default 0,
  add column call_outcome text check (call_outcome in ('missed', 'later', 'refused'));
comment on column surveys.sampled.calls is 'Số lần đã gọi mà chưa có trả lời; không ghi ngày giờ, xóa khi đã trả lời và khi đóng đợt';
comment on column surveys.sampled.call_outcome is 'Lần gọi cuối: không gặp, hẹn gọi lại, từ chối; xóa khi đã trả lời và khi đóng đợt';
