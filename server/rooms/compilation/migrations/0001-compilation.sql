-- Versions of the uniform specification; the one in force is the newest that has taken effect.
create table specification (
  version int primary key,
  title text not null,
  note text not null,
  items jsonb not null,
  cosigners text[] not null,
  organisation_id text not null references organisation (id),
  user_id text not null,
  published_at timestamptz not null,
  effective_at timestamptz not null,
  record_id text not null
);

-- The version that an entry met when it was last handed in.
create table entry_specification (
  entry_id text primary key references entry (id),
  version int not null,
  at timestamptz not null
);

-- Every content that was ever published, with what is said of it.
create table entry_version (
  entry_id text not null references entry (id),
  number int not null,
  content jsonb not null,
  note text not null,
  user_id text,
  published_at timestamptz not null,
  primary key (entry_id, number)
);

-- Dated editions of a catalogue: of the city where no organisation is named, else of that body.
create table edition (
  id text primary key,
  catalogue text not null,
  organisation_id text references organisation (id),
  number int not null,
  publisher_id text not null references organisation (id),
  user_id text not null,
  published_at timestamptz not null,
  note text not null,
  entries int not null,
  added int not null,
  changed int not null,
  withdrawn int not null,
  record_id text not null,
  unique nulls not distinct (catalogue, organisation_id, number)
);

create table edition_entry (
  edition_id text not null references edition (id),
  entry_id text not null,
  version int not null,
  primary key (edition_id, entry_id),
  foreign key (entry_id, version) references entry_version (entry_id, number)
);
create index edition_entry_entry on edition_entry (entry_id);

create table entry_review (
  id text primary key,
  entry_id text not null references entry (id),
  user_id text not null,
  organisation_id text not null,
  note text not null,
  at timestamptz not null,
  record_id text not null
);
create index entry_review_entry on entry_review (entry_id, at desc);

-- Targets that the city has set itself (非法定), each with its instrument.
create table local_target (
  key text primary key,
  months int not null,
  instrument text not null,
  set_at timestamptz not null,
  user_id text not null,
  record_id text not null
);

-- Who was reminded of what, so that each lapse is told once.
create table local_reminder (
  key text not null,
  subject text not null,
  due_on text not null,
  sent_at timestamptz not null,
  primary key (key, subject, due_on)
);

-- Pieces of business (powers, services, functions) of a body, to which its data answer.
create table business_item (
  id text primary key,
  organisation_id text not null references organisation (id),
  name text not null,
  kind text not null,
  basis text not null,
  version int not null default 1,
  updated_at timestamptz not null
);
create index business_item_organisation on business_item (organisation_id, id);
