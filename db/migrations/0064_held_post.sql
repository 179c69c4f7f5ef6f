-- Portal: what somebody had typed on a page when the session ended, held for an hour until the owner has signed in again.
create table portal.held_post (
  id uuid primary key,
  -- SHA-256 of the token in the browser's cookie. The text is sealed with a key made of that token: a copy of the
  -- database alone opens nothing.
  token_digest bytea not null,
  subject_id uuid not null,
  place text not null,
  sealed bytea not null,
  held_at timestamptz not null,
  expires_at timestamptz not null
);
comment on table portal.held_post is 'Nội dung đang khai khi phiên làm việc hết hạn, giữ một giờ để lưu lại sau khi đăng nhập';
comment on column portal.held_post.token_digest is 'Mã băm của mã trong cookie của trình duyệt đã gửi';
comment on column portal.held_post.subject_id is 'Bản nháp hoặc hồ sơ mà nội dung gửi tới; chỉ chủ của nó mở được';
comment on column portal.held_post.place is 'Trang đã gửi: bước khai, bổ sung, rút hồ sơ, đánh giá';
comment on column portal.held_post.sealed is 'Nội dung đã mã hóa, khóa chỉ có trong cookie';
create unique index held_post_token on portal.held_post (token_digest);
create index held_post_expiry on portal.held_post (expires_at);

comment on column portal.visit_count.kind is 'Việc được đếm: lập bản nháp, nộp hồ sơ, gửi tệp, giữ nội dung khi hết phiên';
