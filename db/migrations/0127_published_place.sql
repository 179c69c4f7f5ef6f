-- Where a unit only knows its own place in an index somebody else published, the place is entered as it was published.
alter table indices.sheet add column published_rank integer, add column published_population integer, add column place_source text,
  add constraint sheet_place check (num_nonnulls(published_rank, published_population, place_source) in (0, 3)
    and (published_rank is null or published_rank between 1 and published_population));
comment on column indices.sheet.published_rank is 'Hạng như cơ quan khác đã công bố: chỉ của bộ chỉ số nhập kết quả';
comment on column indices.sheet.published_population is 'Số đơn vị được cơ quan ấy xếp hạng';
comment on column indices.sheet.place_source is 'Nơi đã công bố hạng';
