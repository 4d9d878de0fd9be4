-- Files made in the background, each for one user. `caller` and `request`: who asked for what, for the time when it is
-- made; `plan`: under what it was made, to be compared when it is collected.
create table export_file (
  id text primary key,
  entry_id text not null references entry (id),
  user_id text not null,
  organisation_id text,
  caller jsonb not null,
  request jsonb not null,
  grant_id text,
  state text not null check (state in ('waiting', 'making', 'ready', 'refused', 'failed')),
  refusal jsonb,
  plan jsonb,
  snapshot_id text,
  record_id text,
  rows bigint,
  size_bytes bigint,
  sha256 text,
  asked_at timestamptz not null,
  ready_at timestamptz,
  expires_at timestamptz
);
create index export_file_user on export_file (user_id, asked_at desc);
