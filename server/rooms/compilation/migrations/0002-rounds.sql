-- A round of compiling: who has the task, what was handed in, what was proposed.
create table compiling_round (
  id text primary key,
  kind text not null,
  title text not null,
  sector text not null,
  opener_id text not null references organisation (id),
  opened_at timestamptz not null,
  closed_at timestamptz,
  due_on text,
  instrument text
);

create table round_participant (
  round_id text not null references compiling_round (id),
  organisation_id text not null references organisation (id),
  part text not null,
  primary key (round_id, organisation_id)
);
create index round_participant_organisation on round_participant (organisation_id, round_id);

create table round_entry (
  round_id text not null references compiling_round (id),
  entry_id text not null references entry (id),
  faults jsonb not null,
  at timestamptz not null,
  primary key (round_id, entry_id)
);

create table round_proposal (
  id text primary key,
  round_id text not null references compiling_round (id),
  proposer_id text not null references organisation (id),
  provider_id text not null references organisation (id),
  title text not null,
  need text not null,
  -- [{organisationId, userId, at}]
  confirmations jsonb not null,
  entry_id text,
  at timestamptz not null
);
create index round_proposal_round on round_proposal (round_id, id);

-- Data obtained under an entrustment or a purchase; open until an entry catalogues them.
create table obtained_data (
  id text primary key,
  organisation_id text not null references organisation (id),
  source_class text not null,
  title text not null,
  reference text not null,
  delivered_on text not null,
  recorded_at timestamptz not null,
  entry_id text,
  closed_at timestamptz
);
create index obtained_data_organisation on obtained_data (organisation_id, id);
