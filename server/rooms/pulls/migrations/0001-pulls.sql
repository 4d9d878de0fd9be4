-- Files that are fetched on a schedule, and what the server of each said of it when it was last fetched.
create table pull (
  id text primary key,
  entry_id text not null references entry (id),
  -- On whose word: batches are that person's.
  user_id text not null,
  user_name text not null,
  url text not null,
  sealed_token text,
  every_minutes int not null check (every_minutes > 0),
  mode text not null,
  state text not null,
  failure jsonb,
  asked_at timestamptz,
  changed_at timestamptz,
  next_at timestamptz not null,
  etag text,
  last_modified text,
  sha256 text,
  batch_id text,
  created_at timestamptz not null
);
create index pull_of_entry on pull (entry_id);
