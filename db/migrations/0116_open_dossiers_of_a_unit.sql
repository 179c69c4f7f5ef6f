-- The dossiers a unit has open, the oldest first, are found without walking through all it ever had.
create index fact_open on metrics.fact (unit_id, received_day) where ended_day is null;
