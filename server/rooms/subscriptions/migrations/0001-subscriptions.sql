-- What somebody wants to be told of: an entry, the entries of an organisation, or what a search finds.
create table subscription (
  id text primary key,
  user_id text not null,
  -- Kind and target in one text, so that nobody subscribes to the same twice.
  key text not null,
  entry_id text references entry (id),
  organisation_id text references organisation (id),
  search jsonb,
  created_at timestamptz not null,
  -- Changes up to then have been told of, or were not for this subscription.
  heard_until timestamptz not null,
  told_at timestamptz,
  unique (user_id, key)
);
create index subscription_due on subscription (told_at nulls first, id);

-- What happened to published entries, until every subscription has heard of it.
create table entry_change (
  id text primary key,
  entry_id text not null references entry (id) on delete cascade,
  provider_id text not null,
  kind text not null,
  -- The title under which everybody could see it at that time.
  title text not null,
  at timestamptz not null
);
create index entry_change_by_time on entry_change (at, id);
