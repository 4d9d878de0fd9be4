-- Information systems of bodies, as they register them, and the state of their connection as the platform measures it.
create table source_system (
  id text primary key,
  organisation_id text not null references organisation (id),
  name text not null,
  -- Null where the system has no interface yet.
  url text,
  -- The token that the system asks for, sealed; never shown again.
  sealed_token text,
  -- Data older than this count as stale; null where nothing was said.
  limit_seconds int check (limit_seconds > 0),
  state text not null,
  stale boolean not null default false,
  checked_at timestamptz,
  ok_at timestamptz,
  -- When the data at the source last changed, as the system says.
  changed_at timestamptz,
  failure text,
  created_at timestamptz not null
);
create index source_system_by_organisation on source_system (organisation_id, id);

-- Entries that a system produces or holds.
create table source_system_entry (
  system_id text not null references source_system (id),
  entry_id text not null references entry (id),
  primary key (system_id, entry_id)
);

-- What each check found.
create table source_check (
  id text primary key,
  system_id text not null references source_system (id),
  at timestamptz not null,
  took_ms int not null,
  ok boolean not null,
  failure text,
  status int
);
create index source_check_by_system on source_check (system_id, at desc);
