-- Amounts that the provincial people's council sets (mức thu do HĐND cấp tỉnh quyết định): data of the installation,
-- dated, with the decision they rest on. The procedure's own amount is only the default.
create table procedures.local_fee (
  id uuid primary key,
  procedure_code text not null,
  fee_id text not null,
  amount_vnd bigint not null check (amount_vnd >= 0),
  valid_from date not null,
  valid_to date,
  decision text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  exclude using gist (procedure_code with =, fee_id with =, daterange(valid_from, valid_to, '[]') with &&)
);
comment on table procedures.local_fee is 'Mức phí, lệ phí do Hội đồng nhân dân cấp tỉnh quyết định, theo ngày';
comment on column procedures.local_fee.fee_id is 'Khoản thu trong bản thủ tục';
comment on column procedures.local_fee.amount_vnd is 'Số tiền, đồng';
comment on column procedures.local_fee.decision is 'Nghị quyết làm căn cứ';
