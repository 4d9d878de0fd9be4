-- A procedure as one version of a rulebook had it. Cases keep the edition under which they began.
create table case_procedure (
  rulebook_id      text not null,
  rulebook_version text not null,
  procedure        text not null,
  edition          jsonb not null,
  primary key (rulebook_id, rulebook_version, procedure)
);

-- The last number given out for each series, such as CQ-GX-2026.
create table case_number (
  series text primary key,
  last   integer not null
);

-- One row a case. State, outcome and dates are a projection of case_event, kept for lists.
create table case_file (
  id               uuid primary key,
  number           text not null unique,
  rulebook_id      text not null,
  rulebook_version text not null,
  procedure        text not null,
  entry_id         text not null,
  parties          jsonb not null,
  opened_at        timestamptz not null,
  state            text not null,
  outcome          text,
  waiting          jsonb not null,
  due_clock        text,
  due_at           timestamptz,
  overdue          boolean not null,
  updated_at       timestamptz not null,
  version          integer not null,
  foreign key (rulebook_id, rulebook_version, procedure) references case_procedure
);
create index case_file_entry on case_file (entry_id, id desc);
create index case_file_state on case_file (procedure, state, id desc);

-- The history: the only truth about a case. Its key admits one event in each place.
create table case_event (
  case_id  uuid not null references case_file,
  sequence integer not null check (sequence > 0),
  event    jsonb not null,
  primary key (case_id, sequence)
);

create function case_event_is_history() returns trigger language plpgsql as $$
begin
  raise exception 'events of a case are added, never changed or taken away';
end $$;
create trigger case_event_is_history before update or delete on case_event
  for each row execute function case_event_is_history();

-- Clocks by due date, for the job that marks what is overdue and for counting anew.
create table case_clock (
  case_id     uuid not null references case_file,
  clock       text not null,
  due_at      timestamptz,
  running     boolean not null,
  overdue     boolean not null,
  provisional boolean not null,
  primary key (case_id, clock)
);
create index case_clock_due on case_clock (due_at) where running and not overdue;
create index case_clock_provisional on case_clock (case_id) where running and provisional;

-- Who takes part: one row a party, whatever number of roles it has. `due_at` is the nearest date of a clock that
-- this party owns (`due_clock`), infinity where it owns none, so that an inbox is one walk along an index.
create table case_party (
  case_id   uuid not null references case_file,
  party     text not null,
  opened    boolean not null,
  waits     boolean not null,
  due_clock text,
  due_at    timestamptz not null,
  primary key (party, case_id)
);
create index case_party_inbox on case_party (party, due_at, case_id) where waits;
create index case_party_case on case_party (case_id);
