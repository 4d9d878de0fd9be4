-- Technical work on the data of an entry: who ran it, which steps, and the batch that brings its outcome in.
create table processing_run (
  id text primary key,
  entry_id text not null references entry (id),
  -- The snapshot whose rows were worked on.
  snapshot_id text not null,
  batch_id text not null,
  steps jsonb not null,
  changed_cells bigint not null,
  organisation_id text not null references organisation (id),
  user_id text not null,
  at timestamptz not null,
  record_id text not null
);
create index processing_run_entry on processing_run (entry_id, id desc);
