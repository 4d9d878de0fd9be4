-- Results made with public data. Shown to everybody once the authority has looked at the entry in the register.
create table reuse_result (
  id text primary key,
  title text not null,
  kind text not null,
  summary text not null,
  url text,
  -- How the result itself names its sources.
  naming text not null,
  standing text not null check (standing in ('registered', 'shown', 'declined')),
  organisation_id text,
  user_id text not null,
  registered_at timestamptz not null,
  checked_at timestamptz,
  reasons text,
  record_id text not null
);
create table reuse_source (
  result_id text not null references reuse_result (id),
  entry_id text not null references entry (id),
  primary key (result_id, entry_id)
);
create index reuse_source_entry on reuse_source (entry_id, result_id desc);
create index reuse_result_standing on reuse_result (standing, id desc);

-- Data that somebody misses. Said again by others it is not a second demand but counted with the first.
create table data_demand (
  id text primary key,
  title text not null,
  -- Title without spaces and capitals, by which a like demand is known.
  plain_title text not null,
  detail text not null,
  -- Who holds the data, as far as known.
  addressee_id text references organisation (id),
  standing text not null check (standing in ('open', 'answered')),
  user_id text not null,
  filed_at timestamptz not null,
  answer_kind text,
  answer text,
  answer_entry_id text references entry (id),
  answered_by text,
  answered_at timestamptz
);
create index data_demand_open on data_demand (plain_title) where standing = 'open';
create index data_demand_addressee on data_demand (addressee_id, id desc);
create table data_demand_backer (
  demand_id text not null references data_demand (id),
  user_id text not null,
  at timestamptz not null,
  primary key (demand_id, user_id)
);
