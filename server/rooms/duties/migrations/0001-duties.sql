-- What organisations owe under the regulation. The duties themselves are the register's; here stands who answers for
-- them, by when the city wants them done, what was filed, and what was done about them.

-- Named by the authority; a duty without rows here falls to the bearers that the text names by kind.
create table duty_owner (
  obligation_id   text not null,
  organisation_id text not null references organisation (id),
  primary key (obligation_id, organisation_id)
);

-- The city's own target (非法定) and the instrument it rests on. Dates are civil dates in China.
create table duty_target (
  obligation_id text primary key,
  first_due_on  text not null,
  every_months  integer check (every_months > 0),
  instrument_zh text not null,
  instrument_en text not null
);

-- Files of evidence are small and few: in the database they stand or fall with their record, and every node has them.
create table duty_file (
  sha256 text primary key,
  bytes  bytea not null
);

create table duty_evidence (
  id              uuid primary key,
  obligation_id   text not null,
  organisation_id text not null references organisation (id),
  at              timestamptz not null,
  user_id         text not null,
  note            text not null,
  for_due_on      text,
  file_name       text not null,
  size_bytes      integer not null,
  sha256          text not null references duty_file (sha256)
);
create index duty_evidence_duty on duty_evidence (obligation_id, organisation_id, id desc);

create table duty_event (
  id              uuid primary key,
  obligation_id   text not null,
  organisation_id text,
  at              timestamptz not null,
  user_id         text not null,
  act             text not null,
  note            text not null,
  record_id       text not null
);
create index duty_event_duty on duty_event (obligation_id, id desc);
