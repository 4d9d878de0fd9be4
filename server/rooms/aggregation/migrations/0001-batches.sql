create table batch (
  id text primary key,
  entry_id text not null references entry (id),
  organisation_id text not null,
  user_id text not null,
  user_name text not null,
  number int not null,
  state text not null check (state in ('profiling', 'awaiting-acceptance', 'loading', 'live', 'failed', 'cancelled')),
  auto_accept boolean not null,
  file_name text not null,
  size_bytes bigint not null,
  sha256 text not null,
  -- Where the lake keeps the file, as the lake described it.
  staged jsonb not null,
  encoding text,
  delimiter text,
  progress jsonb,
  profile jsonb,
  acceptance jsonb,
  result jsonb,
  snapshot_id text,
  failure jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  finished_at timestamptz,
  unique (entry_id, number)
);
create index batch_organisation on batch (organisation_id, id desc);

create table snapshot (
  id text primary key,
  entry_id text not null references entry (id),
  batch_id text not null unique references batch (id),
  number int not null,
  live_at timestamptz not null,
  rows bigint not null,
  refused_rows bigint not null,
  size_bytes bigint not null,
  sha256 text not null,
  file_name text not null,
  quality jsonb not null,
  record_id text not null,
  unique (entry_id, number)
);
create index snapshot_entry on snapshot (entry_id, number desc);
