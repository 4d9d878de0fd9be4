-- How the rows of a batch meet those that are live, and what each snapshot was made of.
alter table batch add column mode text not null default 'replace'
  check (mode in ('replace', 'append', 'upsert', 'delete'));
alter table snapshot add column mode text not null default 'replace'
  check (mode in ('replace', 'append', 'upsert', 'delete', 'restore'));
-- The snapshot that was changed; of one that is restored, the one that it equals.
alter table snapshot add column base_snapshot_id text;
alter table snapshot add column changes jsonb;
-- What is restored comes of no file.
alter table snapshot alter column batch_id drop not null;
