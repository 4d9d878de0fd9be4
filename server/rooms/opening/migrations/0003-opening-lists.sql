-- Lists of what is opened, in editions that are never changed.
create table opening_list (
  id text primary key,
  -- Key of the list in the rulebook.
  list text not null,
  owner_id text not null references organisation (id),
  -- Of a yearly list; 0 where the list is of no year.
  year int not null,
  edition int not null,
  kind text not null check (kind in ('list', 'plan')),
  note text not null,
  published_at timestamptz not null,
  published_by text not null,
  record_id text not null,
  unique (list, owner_id, year, edition)
);
create index opening_list_newest on opening_list (list, year, id desc);
create table opening_line (
  list_id text not null references opening_list (id),
  entry_id text not null references entry (id),
  -- As the entry was when the edition was published.
  line jsonb not null,
  -- Why a planned line was not opened, as its owner has said.
  not_opened_reason text,
  primary key (list_id, entry_id)
);
create table opening_change (
  list_id text not null references opening_list (id),
  entry_id text not null,
  change jsonb not null,
  primary key (list_id, entry_id)
);

-- Each look at a conditionally opened entry: whether its conditions are still needed.
create table opening_assessment (
  id text primary key,
  entry_id text not null references entry (id),
  finding text not null check (finding in ('keep', 'qualifies', 'converted')),
  reasons text not null,
  at timestamptz not null,
  by_user text not null,
  organisation_id text not null,
  record_id text not null
);
create index opening_assessment_entry on opening_assessment (entry_id, id desc);

-- What the city has set for itself, with the instrument it rests on. The newest holds.
create table opening_setting (
  id text primary key,
  reassess_every_months int not null,
  instrument text not null,
  set_at timestamptz not null,
  set_by text not null
);
