-- Signs of life: one every five minutes while the platform runs.
create table system_beat (at timestamptz primary key);
create table system_maintenance (
  id text primary key,
  system text not null,
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at > from_at),
  note text not null,
  organisation_id text not null,
  user_id text not null
);
create index system_maintenance_newest on system_maintenance (system, id desc);
