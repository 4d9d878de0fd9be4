-- What is to be forgotten of a record: proposed by one person, carried out by another.
create table record_erasure (
  record_id    uuid primary key,
  reason       text not null,
  article      text,
  proposed_by  text not null,
  proposed_at  timestamptz not null,
  confirmed_by text,
  confirmed_at timestamptz,
  check ((confirmed_by is null) = (confirmed_at is null))
);
create index record_erasure_by_time on record_erasure (proposed_at);
