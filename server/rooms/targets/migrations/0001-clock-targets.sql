-- Targets that the city sets itself where the regulation has no number; the newest of a clock holds, null lifts it.
create table clock_target (
  id text primary key,
  procedure text not null,
  clock text not null,
  working_days int,
  instrument_zh text not null,
  instrument_en text not null,
  organisation_id text not null,
  user_id text not null,
  set_at timestamptz not null
);
create index clock_target_newest on clock_target (procedure, clock, id desc);
