-- Catalogues of others that are read, and whose entries what is read becomes.
create table harvest_source (
  id text primary key,
  organisation_id text not null references organisation (id),
  name text not null,
  kind text not null,
  url text not null,
  -- Null: only when somebody asks.
  every_hours int check (every_hours > 0),
  most_withdrawn_percent int not null check (most_withdrawn_percent between 0 and 100),
  enabled boolean not null default true,
  -- Read once without changing anything since the address last changed.
  tried boolean not null default false,
  -- Written to once: from then on the schedule holds.
  begun boolean not null default false,
  -- The run that may write. A run that was silent for too long finds another here and ends.
  current_run text,
  next_run_at timestamptz,
  version int not null default 1,
  registered_by text not null,
  registered_name text not null,
  created_at timestamptz not null
);
create index harvest_source_by_organisation on harvest_source (organisation_id, id);

create table harvest_run (
  id text primary key,
  source_id text not null references harvest_source (id),
  mode text not null,
  state text not null,
  accept_withdrawals boolean not null default false,
  asked_by text,
  asked_name text,
  created_at timestamptz not null,
  ended_at timestamptz,
  counts jsonb not null,
  failure text,
  failed_at text,
  examples jsonb not null,
  parity jsonb not null
);
create index harvest_run_by_source on harvest_run (source_id, id desc);
-- A source has at most one run that has not ended.
create unique index harvest_run_open on harvest_run (source_id) where ended_at is null;

-- What came from a source: which remote entry is which entry here, and what was taken.
create table harvested_entry (
  source_id text not null references harvest_source (id),
  remote_id text not null,
  entry_id text not null references entry (id),
  -- Of what was taken, or of what was last decided about.
  digest text not null,
  taken jsonb not null,
  -- Version of the entry as the harvester left it: another one means that people have worked on it.
  entry_version int not null,
  state text not null,
  -- What the source says now, where the department has yet to decide about it.
  waiting jsonb,
  waiting_digest text,
  seen_at timestamptz not null,
  primary key (source_id, remote_id)
);
create unique index harvested_entry_by_entry on harvested_entry (entry_id, source_id);
create index harvested_entry_by_state on harvested_entry (source_id, state, entry_id);

-- What a run has read. It is compared when all is read, and goes with the run.
create table harvest_reading (
  run_id text not null references harvest_run (id),
  remote_id text not null,
  digest text not null,
  -- Null where the digest is the one that is known.
  described jsonb,
  primary key (run_id, remote_id)
);
