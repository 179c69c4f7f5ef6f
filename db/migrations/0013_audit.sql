-- Audit trail. Intake only appends to audit.entry; a timer seals entries into one hash chain per authority
-- (audit.link), so that no two requests queue for the end of a chain.
create schema audit;

create table audit.entry (
  id uuid primary key,
  chain_id text not null,
  -- Milliseconds: what is hashed must read back exactly.
  occurred_at timestamptz(3) not null,
  recorded_at timestamptz(3) not null default now(),
  actor text not null,
  assurance text not null,
  action text not null,
  object_type text not null,
  object_id text not null,
  address text,
  payload jsonb,
  payload_salt bytea,
  payload_digest bytea,
  erased_at timestamptz(3)
);
comment on table audit.entry is 'Nhật ký: mỗi thao tác và mỗi lần đọc dữ liệu cá nhân; chỉ ghi thêm';
comment on column audit.entry.chain_id is 'Chuỗi: mã đơn vị là cơ quan giải quyết, hoặc “installation”';
comment on column audit.entry.occurred_at is 'Thời điểm xảy ra (theo đồng hồ nghiệp vụ)';
comment on column audit.entry.recorded_at is 'Thời điểm ghi (theo đồng hồ máy chủ)';
comment on column audit.entry.actor is 'Người thực hiện: staff:<mã>, citizen:<mã>, guest, system:<tên>';
comment on column audit.entry.assurance is 'Mức bảo đảm của phiên đăng nhập';
comment on column audit.entry.address is 'Địa chỉ mạng (dữ liệu cá nhân, xóa được)';
comment on column audit.entry.payload is 'Nội dung có thể chứa dữ liệu cá nhân (xóa được)';
comment on column audit.entry.payload_salt is 'Muối của mã băm; xóa cùng nội dung để không dò ngược được';
comment on column audit.entry.payload_digest is 'SHA-256 có muối của địa chỉ và nội dung; ở lại sau khi xóa';
comment on column audit.entry.erased_at is 'Thời điểm xóa nội dung theo luật';
-- Who looked at this object; what this person did. Ids grow with time, so both indexes are in order of time.
create index entry_object on audit.entry (object_id, id);
create index entry_actor on audit.entry (actor, id);
create index entry_chain on audit.entry (chain_id, id);

create table audit.waiting (
  entry_id uuid primary key
);
comment on table audit.waiting is 'Bản ghi nhật ký chờ niêm phong vào chuỗi';

create table audit.link (
  chain_id text not null,
  seq bigint not null,
  entry_id uuid not null unique,
  entry_hash bytea not null,
  prev_hash bytea not null,
  hash bytea not null,
  primary key (chain_id, seq)
);
comment on table audit.link is 'Mắt xích niêm phong: mỗi bản ghi một mắt, nối bằng mã băm';
comment on column audit.link.seq is 'Số thứ tự trong chuỗi, từ 1, không nhảy';
comment on column audit.link.entry_hash is 'SHA-256 các trường cố định của bản ghi';
comment on column audit.link.hash is 'SHA-256 của chuỗi, số thứ tự, mắt trước và bản ghi';

create table audit.chain_head (
  chain_id text primary key,
  seq bigint not null,
  hash bytea not null,
  sealed_at timestamptz not null default now()
);
comment on table audit.chain_head is 'Đầu chuỗi: mắt xích cuối cùng đã niêm phong, để phát hiện chuỗi bị cắt đuôi';

-- Whoever inserts, by whatever statement, the entry is queued for sealing. Statement-level: bulk loads stay bulk.
create function audit.queue_entries() returns trigger language plpgsql as $$
begin
  insert into audit.waiting (entry_id) select id from added;
  return null;
end $$;
create trigger entry_queue after insert on audit.entry
  referencing new table as added for each statement execute function audit.queue_entries();

create function audit.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit trail is append-only: % on %', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;

-- The one lawful change: the personal part goes, everything else stays as it was.
create function audit.allow_erasure_only() returns trigger language plpgsql as $$
begin
  if old.erased_at is null and new.erased_at is not null
    and new.payload is null and new.payload_salt is null and new.address is null
    and (new.id, new.chain_id, new.occurred_at, new.recorded_at, new.actor, new.assurance, new.action, new.object_type,
         new.object_id, new.payload_digest)
      is not distinct from
        (old.id, old.chain_id, old.occurred_at, old.recorded_at, old.actor, old.assurance, old.action, old.object_type,
         old.object_id, old.payload_digest)
  then
    return new;
  end if;
  raise exception 'audit trail is append-only: UPDATE on entry' using errcode = 'insufficient_privilege';
end $$;

create function audit.only_forward() returns trigger language plpgsql as $$
begin
  if new.chain_id = old.chain_id and new.seq > old.seq then return new; end if;
  raise exception 'the head of an audit chain only moves forward' using errcode = 'insufficient_privilege';
end $$;

create trigger entry_erasure before update on audit.entry for each row execute function audit.allow_erasure_only();
create trigger entry_delete before delete on audit.entry for each row execute function audit.refuse_change();
create trigger entry_truncate before truncate on audit.entry for each statement execute function audit.refuse_change();
create trigger link_change before update or delete on audit.link for each row execute function audit.refuse_change();
create trigger link_truncate before truncate on audit.link for each statement execute function audit.refuse_change();
create trigger head_forward before update on audit.chain_head for each row execute function audit.only_forward();
create trigger head_delete before delete on audit.chain_head for each row execute function audit.refuse_change();
