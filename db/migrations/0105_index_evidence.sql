-- Evidence of a criterion may be taken back before the result is frozen; the file stays with the act that tells of it.
alter table indices.act add column file_id uuid;
comment on column indices.act.file_id is 'Tài liệu kiểm chứng được gắn hoặc rút; tài liệu đã rút còn xem được từ việc đã làm này, không còn là tài liệu kiểm chứng';
