-- Conditions that the entry stated when a request for it was filed: what is decided by is what the applicant read.
create table request_terms (
  case_id text primary key,
  entry_id text not null references entry (id),
  requirements text not null,
  at timestamptz not null
);
