-- Which body leads a sector: the entries of a theme, whoever provides them.
create table sector_lead (
  theme text primary key,
  organisation_id text not null references organisation (id),
  set_at timestamptz not null,
  record_id text not null
);
