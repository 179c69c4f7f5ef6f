-- Dossiers: due dates that move by decision (re-appointment, calendar change), and lateness against the first promise.
alter table dossiers.dossier
  add column reappointments smallint not null default 0,
  add column reappointed_at timestamptz,
  add column reappointed_from timestamptz,
  add column reappointed_due timestamptz,
  add column reappointed_after smallint,
  add column late_original boolean,
  add column lateness_original_minutes integer;
comment on column dossiers.dossier.reappointments is 'Số lần đã hẹn lại ngày trả kết quả; chỉ được hẹn lại một lần';
comment on column dossiers.dossier.reappointed_at is 'Lúc quyết định hẹn lại';
comment on column dossiers.dossier.reappointed_from is 'Hạn trả ngay trước khi hẹn lại';
comment on column dossiers.dossier.reappointed_due is 'Ngày hẹn lại đã quyết định, chưa kể tạm dừng sau đó; null: chưa hẹn lại';
comment on column dossiers.dossier.reappointed_after is 'Số sự kiện đồng hồ đã có khi hẹn lại: tạm dừng sau đó mới dời ngày hẹn lại';
comment on column dossiers.dossier.late_original is 'Trễ so với hạn ban đầu (kể cả tạm dừng hợp lệ, không kể hẹn lại); null: chưa kết thúc, hoặc kết thúc trước khi có cột này, khi đó như punctuality';
comment on column dossiers.dossier.lateness_original_minutes is 'Số phút làm việc trễ so với hạn ban đầu, không kể hẹn lại';
