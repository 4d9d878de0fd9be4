-- What the body that opens an entry says of its data. An older wording stays in the ledger.
create table entry_explanation (
  entry_id text primary key references entry (id),
  meaning text not null,
  source text not null,
  limits text not null,
  contact text not null,
  organisation_id text not null references organisation (id),
  user_id text not null,
  at timestamptz not null,
  record_id text not null
);
