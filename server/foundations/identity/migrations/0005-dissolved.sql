-- A body that was dissolved stays on record, and with it the body that took its place.
alter table organisation add column dissolved_at timestamptz;
alter table organisation add column successor_id text references organisation (id);
