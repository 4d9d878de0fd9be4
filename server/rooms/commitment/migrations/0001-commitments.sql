-- Versions of the commitment's wording. What was signed is never rewritten, so a version is never changed.
create table commitment_text (
  version int primary key,
  body text not null,
  organisation_id text not null,
  published_at timestamptz not null
);
-- What a holder signed before data were delivered: under a grant, or for freely shared data where grant_id is null.
create table commitment (
  id text primary key,
  entry_id text not null references entry (id),
  grant_id text references use_grant (id),
  case_id text,
  provider_id text not null,
  organisation_id text,
  user_id text,
  text_version int not null references commitment_text (version),
  signed_by text not null,
  signed_by_name text not null,
  signed_at timestamptz not null,
  record_id text not null,
  broken_at timestamptz,
  breach_reasons text,
  lifted_at timestamptz,
  check (organisation_id is not null or user_id is not null)
);
create index commitment_holder on commitment (entry_id, organisation_id, user_id);
create index commitment_organisation on commitment (organisation_id, id desc);
create index commitment_provider on commitment (provider_id, id desc);
-- One that stands, signed or broken, for each holder and ground.
create unique index commitment_standing on commitment
  (entry_id, coalesce(grant_id, ''), coalesce(organisation_id, ''), coalesce(user_id, '')) where lifted_at is null;
