-- Two facts Decision 766 counts: a fee paid on a platform for online payment is told apart from one moved or swiped at the desk,
-- and a dossier filed from an account the national identity has verified is told apart from the others. All sums are derived; the
-- watch makes them again.
alter table dossiers.money_entry add column platform text, add column reference text,
  add constraint money_entry_platform check ((method is not distinct from 'online') = (platform is not null));
comment on column dossiers.money_entry.method is 'Hình thức: cash = tiền mặt; transfer = chuyển khoản; card = thẻ; online = trực tuyến trên nền tảng thanh toán';
comment on column dossiers.money_entry.platform is 'Nơi thanh toán trực tuyến: national = Cổng Dịch vụ công quốc gia; own = nền tảng của bộ, tỉnh';
comment on column dossiers.money_entry.reference is 'Mã giao dịch trên biên lai điện tử';

create or replace view dossiers.fact as
select d.id, d.code, d.procedure_code, d.area, d.channel, d.received_by_unit_id, d.decided_by_unit_id, d.holder_unit_id,
  d.status, d.outcome,
  (d.received_at at time zone 'Asia/Ho_Chi_Minh')::date as received_day,
  d.due_original, d.due_current,
  (d.due_current at time zone 'Asia/Ho_Chi_Minh')::date as due_day,
  d.ended_at, (d.ended_at at time zone 'Asia/Ho_Chi_Minh')::date as ended_day,
  d.punctuality, d.late_original, d.lateness_minutes,
  case when d.clock_status = 'paused' then (d.clock_events->-1->>'at')::timestamptz end as paused_since,
  exists (select 1 from dossiers.supplement a join dossiers.supplement b on b.dossier_id = a.dossier_id and b.seq > a.seq
    where a.dossier_id = d.id and a.stage = 'processing' and b.stage = 'processing') as asked_twice,
  d.received_at, d.calendar_revision_id, case when d.clock_events <> '[]' then d.clock_events end as clock_events,
  d.procedure_revision_id,
  case (select max(case when c.source = 'reused' then 2 when c.source = 'file' or c.file_references <> '[]' then 1 else 0 end)
    from dossiers.component c where c.dossier_id = d.id and c.provided) when 2 then 'reused' when 1 then 'digital' else 'paper' end as papers,
  case when d.fees = '[]' or not exists (select 1 from jsonb_array_elements(d.fees) f where (f->>'amountVnd')::bigint > 0) then 'free'
    else (select case when coalesce(sum(case m.kind when 'refunded' then -m.amount_vnd else m.amount_vnd end), 0) <= 0 then 'unpaid'
        when bool_or(m.kind = 'paid' and m.method = 'online') then 'online'
        when bool_or(m.kind = 'paid' and m.method <> 'cash') then 'cashless' else 'cash' end
      from dossiers.money_entry m where m.dossier_id = d.id and m.kind in ('paid', 'refunded')) end as payment,
  coalesce(d.result->'handOver'->>'method', 'none') as returned,
  case when d.assurance in ('loa2', 'loa3', 'loa4') then 'verified' else 'none' end as account
from dossiers.dossier d where d.received_at is not null;
comment on column dossiers.fact.payment is 'Phí, lệ phí: free = không phải nộp; unpaid = chưa nộp; cash = tiền mặt; cashless = có khoản chuyển khoản hoặc thẻ; online = có khoản trực tuyến trên nền tảng thanh toán';
comment on column dossiers.fact.account is 'Tài khoản của người nộp: verified = định danh điện tử đã xác thực (mức 2 trở lên); none = không có';

create or replace view metrics.fresh as
select d.id as dossier_id, d.decided_by_unit_id as unit_id, d.received_by_unit_id as received_unit_id, d.procedure_code, d.channel,
  d.received_day, case when d.ended_day is not null then greatest(d.ended_day, d.received_day) end as ended_day,
  case when d.ended_day is not null then d.punctuality end as class, d.outcome, d.due_current as due_at,
  case when d.ended_day is not null then case when d.ended_day > d.due_day then greatest(d.due_day, d.received_day) end
    when d.paused_since <= d.due_current then null
    when d.due_day is not null then greatest(d.due_day, d.received_day) end as late_from,
  case when d.asked_twice then d.received_day
    when d.ended_at is not null then case when d.ended_at > d.due_current then greatest(least(d.due_day + 1, d.ended_day), d.received_day) end
    when d.paused_since <= d.due_current then null
    when d.due_day is not null then greatest(d.due_day + 1, d.received_day) end as late766_from,
  case when d.ended_day is not null and d.punctuality = 'late' then d.lateness_minutes end as lateness_minutes,
  coalesce(a.answer, 'none') as answer,
  case when d.due_day is not null then greatest(d.due_day, d.received_day) end as due_day,
  case when d.ended_day is not null then ((w.worked - v.worked
    - case when d.clock_events is null then 0 else metrics.stopped_between(d.calendar_revision_id, d.clock_events, d.received_at, d.ended_at) end) / 60)::integer
  end as work_minutes,
  coalesce(p.online_level, 'none') as service_level, d.papers, d.payment, d.returned, d.code, d.account
from dossiers.fact d left join apologies.fact a on a.dossier_id = d.id
  left join procedures.fact p on p.id = d.procedure_revision_id
  left join metrics.work_day r on r.calendar_revision_id = d.calendar_revision_id and r.day = d.received_day and d.ended_at is not null
  left join metrics.work_day e on e.calendar_revision_id = d.calendar_revision_id and e.day = d.ended_day
  cross join lateral (select floor(date_part('epoch', (d.received_at at time zone 'Asia/Ho_Chi_Minh')::time))::integer s,
    floor(date_part('epoch', (d.ended_at at time zone 'Asia/Ho_Chi_Minh')::time))::integer t offset 0) i
  cross join lateral (select r.before_seconds + least(greatest(i.s - r.open1, 0), r.close1 - r.open1) + least(greatest(i.s - r.open2, 0), r.close2 - r.open2)
    + case when r.more is null then 0 else coalesce((select sum(least(greatest(i.s - r.more[n], 0), r.more[n + 1] - r.more[n])) from generate_series(1, cardinality(r.more), 2) n), 0) end as worked) v
  cross join lateral (select e.before_seconds + least(greatest(i.t - e.open1, 0), e.close1 - e.open1) + least(greatest(i.t - e.open2, 0), e.close2 - e.open2)
    + case when e.more is null then 0 else coalesce((select sum(least(greatest(i.t - e.more[n], 0), e.more[n + 1] - e.more[n])) from generate_series(1, cardinality(e.more), 2) n), 0) end as worked) w;

alter table metrics.fact add column account text;
comment on column metrics.fact.payment is 'Phí, lệ phí: free, unpaid, cash, cashless, online';
comment on column metrics.fact.account is 'Tài khoản của người nộp: verified = đã xác thực (mức 2 trở lên), none';
comment on column metrics.cell.bucket is 'Nhóm: received; served/<mức trực tuyến>/<giấy tờ>/<nộp phí>/<trả kết quả>/<tài khoản>; ended/<loại>/<kết quả>/<xin lỗi>; due/<loại>; late-from/<xin lỗi> và late-until/<xin lỗi> (bắt đầu, thôi là hồ sơ mở quá hạn); late766/<tháng tiếp nhận>';
delete from metrics.built;
