-- Files: contents by digest in a store outside the database, references per owner with their own rights.
create schema files;

create table files.blob (
  digest text primary key,
  size bigint not null,
  mime text not null,
  created_at timestamptz not null,
  -- Touched by each new reference: locks out the sweeper and gives an unreferenced content its day of grace.
  used_at timestamptz not null
);
comment on table files.blob is 'Nội dung tệp, lưu một lần theo mã băm; mã băm không bao giờ là địa chỉ cho bên ngoài';
comment on column files.blob.digest is 'SHA-256 của nội dung, viết thường, hệ 16';
comment on column files.blob.mime is 'Kiểu nội dung nhận ra từ chính nội dung';

create table files.reference (
  id uuid primary key,
  -- No foreign key: an erased reference stays as evidence after its content is gone.
  digest text not null,
  owner_type text not null,
  owner_id text not null,
  name text not null,
  kind text not null,
  created_by text not null,
  created_at timestamptz not null,
  legal_hold boolean not null default false,
  erased_at timestamptz,
  scan_status text not null default 'not-scanned'
);
comment on table files.reference is 'Tệp đính kèm: một nội dung thuộc về một đối tượng (hồ sơ, bản nháp), quyền xem do phân hệ chủ quyết định';
comment on column files.reference.name is 'Tên tệp đã làm sạch; để trống khi đã xóa';
comment on column files.reference.kind is 'Loại: thành phần, kết quả, phiếu…';
comment on column files.reference.legal_hold is 'Giữ theo yêu cầu pháp lý: không được xóa';
comment on column files.reference.erased_at is 'Thời điểm xóa theo luật';
comment on column files.reference.scan_status is 'Quét mã độc: not-scanned, clean, infected';
create index reference_owner on files.reference (owner_type, owner_id, id);
-- Is the content still needed?
create index reference_digest on files.reference (digest) where erased_at is null;
