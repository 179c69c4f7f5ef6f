-- Portal: how often guests begin and file, and guesses at one code over a month.
create table portal.visit_count (
  kind text not null,
  key text not null,
  window_start timestamptz not null,
  visits integer not null,
  primary key (kind, key, window_start)
);
comment on table portal.visit_count is 'Số lượt của người không đăng nhập trong một khoảng thời gian, để giới hạn; xóa sau một ngày';
comment on column portal.visit_count.kind is 'Việc được đếm: lập bản nháp, nộp hồ sơ, gửi tệp';
comment on column portal.visit_count.key is 'Địa chỉ mạng (IPv6: 64 bit đầu); * là toàn hệ thống';
comment on column portal.visit_count.window_start is 'Đầu khoảng thời gian đếm';
create index visit_count_window on portal.visit_count (window_start);

alter table portal.failed_follow add column guessable boolean not null default true;
comment on column portal.failed_follow.guessable is 'Thông tin đối chiếu ngắn, dò được (4 số cuối, năm sinh); số đầy đủ thì không tính vào giới hạn theo mã';
comment on table portal.failed_follow is 'Lần tra cứu hồ sơ sai thông tin đối chiếu, để chặn dò; địa chỉ xóa sau một ngày, cả dòng xóa sau 30 ngày';
