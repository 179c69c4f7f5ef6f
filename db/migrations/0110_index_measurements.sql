-- Figures of a sheet are measured when it is sent and again once the year of the round is over.
alter table indices.sheet add column measured_at timestamptz;
comment on column indices.sheet.measured_at is 'Lúc tính các số liệu chấm tự động của phiếu lần gần nhất: khi gửi phiếu hoặc khi đo lại; null: chưa gửi';
update indices.sheet s set measured_at = a.at
from (select sheet_id, max(at) at from indices.act where act = 'submit' and sheet_id is not null group by sheet_id) a
where a.sheet_id = s.id;

alter table indices.criterion_score add column confirm_since timestamptz;
comment on column indices.criterion_score.confirm_since is 'Từ lúc nào điểm thẩm định chờ xác nhận: số liệu đã đo lại khác số đã thẩm định; null: không chờ';

alter table indices.act add column figures jsonb;
comment on column indices.act.figures is 'Số liệu trước và sau khi đo lại, điểm trước và sau, điểm thẩm định có chờ xác nhận không; null: việc khác';
