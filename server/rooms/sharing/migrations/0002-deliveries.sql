-- Files handed over to somebody in particular, each known by the mark in it and, once whole, by its digest.
create table delivery (
  mark text primary key,
  record_id text not null,
  entry_id text not null references entry (id),
  snapshot_id text not null,
  basis text not null,
  grant_id text,
  organisation_id text,
  user_id text,
  scenario text,
  fields text[] not null,
  at timestamptz not null,
  sha256 text
);
create index delivery_digest on delivery (sha256) where sha256 is not null;
create index delivery_organisation on delivery (organisation_id, entry_id);

-- Somebody used, or tried to use, data against what was granted: told once a day for each kind.
create table use_alert (
  entry_id text not null,
  party text not null,
  code text not null,
  day date not null,
  primary key (entry_id, party, code, day)
);
