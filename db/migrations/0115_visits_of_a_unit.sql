-- The visits behind a figure of one unit are found without walking through those of the whole province.
create index task_left on dossiers.task (unit_id, ended_at) where ended_at is not null;
