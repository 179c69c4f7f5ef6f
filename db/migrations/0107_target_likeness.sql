-- A unit is given the same target once: the same indicator, measured against the same kind of goal, by the same decision, in
-- periods that overlap. What an installation has twice already stays and is told apart (`doubled`).
create function targets.likeness(terms jsonb) returns text language sql immutable parallel safe strict as $$
  select md5(
    coalesce(terms ->> 'unit', '') || E'\n' ||
    case when terms -> 'value' ? 'manual' then lower(btrim(regexp_replace(terms ->> 'name', '\s+', ' ', 'g')))
      when terms -> 'value' ? 'metric' then ('{"roll": "tree", "authority": false}'::jsonb || (terms -> 'value'))::text
      else (terms -> 'value')::text end || E'\n' ||
    case when terms -> 'goal' ? 'notBelow' then 'below ' || (terms #> '{goal,notBelow}')::text
      when terms -> 'goal' ? 'notAbove' then 'above ' || (terms #> '{goal,notAbove}')::text
      else 'fixed' end || E'\n' ||
    coalesce(terms #>> '{source,date}', '') || E'\n' ||
    case when btrim(coalesce(terms #>> '{source,number}', '')) <> ''
      then 'number ' || upper(regexp_replace(terms #>> '{source,number}', '\s', '', 'g'))
      else 'text ' || lower(btrim(regexp_replace(coalesce(terms #>> '{source,text}', ''), '\s+', ' ', 'g'))) end)
$$;
comment on function targets.likeness(jsonb) is
  'Hai chỉ tiêu trùng nhau có cùng giá trị: cùng chỉ số (nguồn số liệu, hoặc tên khi nhập tay), cùng đơn vị tính, cùng kiểu mức phải đạt (cố định, hoặc so với cùng một nơi), cùng văn bản giao';

alter table targets.target add column likeness text generated always as (targets.likeness(terms)) stored,
  add column doubled boolean not null default false;
comment on column targets.target.likeness is 'Dấu nhận ra chỉ tiêu trùng, tính từ nội dung (targets.likeness)';
comment on column targets.target.doubled is 'Đã giao trùng từ trước khi hệ thống từ chối giao trùng: giữ nguyên';

update targets.target t set doubled = true
where t.ended_at is null and exists (
  select 1 from targets.target e
  where e.unit_id = t.unit_id and e.likeness = t.likeness and e.ended_at is null and e.id < t.id
    and daterange(e.from_day, e.to_day, '[]') && daterange(t.from_day, t.to_day, '[]'));

alter table targets.target add constraint target_once exclude using gist
  (unit_id with =, likeness with =, daterange(from_day, to_day, '[]') with &&) where (ended_at is null and not doubled);
