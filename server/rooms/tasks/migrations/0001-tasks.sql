-- What is known of the aggregation of an entry beside the entry itself and its snapshots.
create table aggregation_task (
  entry_id text primary key references entry (id),
  -- The cycle that a recorded requirement orders, where one does; it takes the place of the entry's own.
  required_cycle text,
  requirement jsonb,
  -- What the source has, as its owner last reported it.
  source_rows bigint check (source_rows >= 0),
  source_changed_at timestamptz,
  source_reported_at timestamptz,
  -- The case that confirmed that a law keeps the data from being aggregated.
  exception_case_id text,
  -- The due moment whose passing the owner has been told of.
  told_due_at timestamptz
);

-- The first time that an entry reached each stage of its way.
create table aggregation_stage (
  entry_id text not null references entry (id),
  stage text not null,
  at timestamptz not null,
  organisation_id text not null,
  user_id text not null,
  rows bigint,
  source text,
  record_id text not null,
  primary key (entry_id, stage)
);
