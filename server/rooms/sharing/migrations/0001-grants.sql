-- What a case has granted: who may use which fields of which entry, for which scenario, until when.
create table use_grant (
  id text primary key,
  entry_id text not null references entry (id),
  case_id text not null unique,
  case_number text not null,
  provider_id text not null,
  organisation_id text,
  user_id text,
  fields text[] not null,
  scenario text not null,
  article text not null,
  valid_from timestamptz not null,
  valid_until timestamptz,
  revoked_at timestamptz,
  revocation jsonb,
  check (organisation_id is not null or user_id is not null)
);
create index use_grant_holder on use_grant (entry_id, organisation_id, user_id);
create index use_grant_organisation on use_grant (organisation_id, id desc);
create index use_grant_user on use_grant (user_id, id desc);
create index use_grant_provider on use_grant (provider_id, id desc);
