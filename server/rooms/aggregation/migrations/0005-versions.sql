-- What keeps a version, and what became of it.
alter table snapshot add column pinned jsonb;
alter table snapshot add column cited_at timestamptz;
alter table snapshot add column destroyed_at timestamptz;
alter table snapshot add column destruction_record text;

-- How long earlier versions are kept: a rule of the provider, as no regulation states one.
create table snapshot_retention (
  entry_id text primary key references entry (id),
  keep_days int not null check (keep_days > 0),
  keep_least int not null check (keep_least > 0),
  user_id text not null,
  organisation_id text not null,
  set_at timestamptz not null,
  record_id text not null
);
