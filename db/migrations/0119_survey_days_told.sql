-- Until which day a dossier was told it may answer: who was told an earlier one than the last day of today is told again.
alter table surveys.sampled add column told_until date;
comment on column surveys.sampled.told_until is 'Ngày cuối nhận trả lời đã báo cho người được mời; xóa khi đóng đợt khảo sát';
update surveys.sampled t set told_until = s.open_to
  from surveys.survey s where s.id = t.survey_id and s.state = 'open' and t.invited and not t.walk_in;
create index sampled_told on surveys.sampled (survey_id, told_until) where told_until is not null;
