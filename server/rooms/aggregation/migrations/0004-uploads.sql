-- Files that are sent in parts: who sends which file for which entry, and until when the parts are kept.
create table upload (
  id text primary key,
  entry_id text not null,
  user_id text not null,
  file_name text not null,
  length bigint not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  batch_id text
);
create index upload_of_user on upload (user_id);
