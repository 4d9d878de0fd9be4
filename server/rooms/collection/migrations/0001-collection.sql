-- What a body plans to collect, field by field, with the exceptions it claims.
create table collection_plan (
  id text primary key,
  organisation_id text not null references organisation (id),
  user_id text not null,
  content jsonb not null,
  addressees text[] not null,
  state text not null,
  version int not null default 1,
  created_at timestamptz not null,
  registered_at timestamptz
);
create index collection_plan_organisation on collection_plan (organisation_id, id);
create index collection_plan_addressees on collection_plan using gin (addressees);

create table plan_objection (
  plan_id text not null references collection_plan (id),
  organisation_id text not null references organisation (id),
  user_id text not null,
  reasons text not null,
  at timestamptz not null,
  primary key (plan_id, organisation_id)
);

-- Each data item is collected by one body; the item goes by the name that its synonyms share.
create table collection_duty (
  element text primary key,
  organisation_id text not null references organisation (id),
  since timestamptz not null
);

create table collection_conflict (
  id text primary key,
  element text not null,
  holder_id text not null references organisation (id),
  claimant_id text not null references organisation (id),
  entry_id text not null references entry (id),
  opened_at timestamptz not null,
  assigned_id text references organisation (id),
  reasons text,
  decided_by text,
  decided_at timestamptz,
  unique (element, entry_id)
);
create index collection_conflict_open on collection_conflict (id) where decided_at is null;
