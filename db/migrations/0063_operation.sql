-- Vận hành: những việc quản trị máy chủ làm, để màn hình hệ thống nói được lần cuối là khi nào.
create schema operation;
comment on schema operation is 'Vận hành hệ thống';

create table operation.run (
  id uuid primary key,
  kind text not null check (kind in ('backup', 'verify-audit', 'test-mail')),
  ended_at timestamptz not null,
  ok boolean not null,
  detail text not null default ''
);
comment on table operation.run is 'Lần vận hành: sao lưu, kiểm tra chuỗi nhật ký, gửi thư thử';
comment on column operation.run.ended_at is 'Lúc xong, theo giờ máy (không theo giờ của bản trình diễn)';
comment on column operation.run.ok is 'Xong trọn vẹn: bản sao lưu đủ tệp, chuỗi nhật ký nguyên, máy chủ thư đã nhận';
comment on column operation.run.detail is 'Một câu cho người đọc; không có mật khẩu, không có dữ liệu cá nhân';
create index run_last on operation.run (kind, ended_at desc);
