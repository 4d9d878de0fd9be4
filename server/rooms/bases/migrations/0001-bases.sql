-- What the city settles about its base databases. Those that the regulation names have no title here.
create table base_database (
  key text primary key,
  title_zh text,
  title_en text,
  identifier text,
  lead_id text references organisation (id)
);

create table base_entry (
  base_key text not null references base_database (key),
  entry_id text not null references entry (id),
  key_field text not null,
  at timestamptz not null,
  primary key (base_key, entry_id)
);
