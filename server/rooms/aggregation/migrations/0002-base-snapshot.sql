-- The snapshot from which a batch was made, where it was made from one: it becomes live only while that one is.
alter table batch add column base_snapshot_id text;
