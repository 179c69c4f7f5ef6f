-- Notices: in the application and by e-mail. Written with the fact that causes them; mail leaves later, by a timer.
create schema notifications;

create table notifications.message (
  id uuid primary key,
  recipient text not null,
  channel text not null check (channel in ('app', 'email')),
  to_address text,
  subject text not null,
  body text not null,
  template text not null,
  dossier_id uuid,
  unit_id uuid,
  dedupe_key text not null unique,
  resend_of uuid,
  created_at timestamptz not null,
  queued_at timestamptz not null default now(),
  status text not null check (status in ('waiting', 'sending', 'sent', 'failed')),
  send_after timestamptz not null default now(),
  claimed_at timestamptz,
  attempts integer not null default 0,
  last_error text,
  sent_at timestamptz,
  read_at timestamptz
);
comment on table notifications.message is 'Thông báo: một dòng cho mỗi người nhận và mỗi kênh, cũng là nhật ký gửi';
comment on column notifications.message.recipient is 'Người nhận: staff:<mã>, citizen:<mã tài khoản>, dossier:<mã hồ sơ> (người nộp không có tài khoản)';
comment on column notifications.message.channel is 'Kênh: app = trong ứng dụng, email = thư điện tử';
comment on column notifications.message.template is 'Mẫu thông báo đã dùng';
comment on column notifications.message.unit_id is 'Đơn vị gửi: ai được xem nhật ký gửi';
comment on column notifications.message.dedupe_key is 'Khóa chống trùng: một sự việc chỉ báo một lần mỗi kênh';
comment on column notifications.message.resend_of is 'Gửi lại của thông báo nào';
comment on column notifications.message.created_at is 'Thời điểm theo đồng hồ nghiệp vụ';
comment on column notifications.message.queued_at is 'Thời điểm xếp hàng theo đồng hồ máy chủ';
comment on column notifications.message.status is 'waiting = chờ gửi, sending = đang gửi, sent = máy chủ thư đã nhận (hoặc đã vào hộp thư ứng dụng), failed = không gửi được';
comment on column notifications.message.send_after is 'Không gửi trước thời điểm này';
comment on column notifications.message.claimed_at is 'Thời điểm một tiến trình nhận gửi';
comment on column notifications.message.attempts is 'Số lần đã thử gửi';
comment on column notifications.message.last_error is 'Lỗi lần thử cuối (không có nội dung thư)';
comment on column notifications.message.read_at is 'Thời điểm người nhận mở trong ứng dụng';

create index message_due on notifications.message (send_after, id) where status = 'waiting';
create index message_sending on notifications.message (claimed_at) where status = 'sending';
create index message_inbox on notifications.message (recipient, id desc) where channel = 'app';
create index message_unread on notifications.message (recipient) where channel = 'app' and read_at is null;
create index message_log on notifications.message (unit_id, id desc);
create index message_dossier on notifications.message (dossier_id, id) where dossier_id is not null;
