-- On what ground an entry that is not open is opened: processed by law, or consented to. Each ground serves one change.
create table opening_ground (
  id text primary key,
  entry_id text not null references entry (id),
  trigger_key text not null,
  document text not null,
  note text not null,
  dated date not null,
  at timestamptz not null,
  by_user text not null,
  organisation_id text not null,
  record_id text not null,
  used_at timestamptz
);
create index opening_ground_entry on opening_ground (entry_id, id desc);
