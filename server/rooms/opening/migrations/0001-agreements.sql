-- Model texts of the agreement, by version; the newest that has come into force is in force.
create table agreement_model (
  version int primary key,
  in_force_on date not null,
  -- Wording of each matter that the model has, by its key.
  clauses jsonb not null,
  -- The bodies that took part in making it, besides the one that keeps it.
  bodies text[] not null,
  note text not null,
  made_at timestamptz not null,
  made_by text not null,
  organisation_id text not null references organisation (id)
);

-- An agreement between the authority and whoever uses the data. Each offer is a row of its own.
create table agreement (
  id text primary key,
  number text not null unique,
  case_id text not null,
  entry_id text not null references entry (id),
  provider_id text not null references organisation (id),
  authority_id text not null references organisation (id),
  organisation_id text,
  user_id text,
  model_version int references agreement_model (version),
  standing text not null check (standing in ('offered', 'superseded', 'lapsed', 'in-force', 'expired', 'ended')),
  matters jsonb not null,
  offered jsonb not null,
  accepted jsonb,
  -- The signed text, byte for byte as it was hashed.
  document text,
  sha256 text,
  record_id text,
  grant_id text unique,
  until_on date not null,
  ending jsonb,
  ended_at timestamptz,
  created_at timestamptz not null,
  check (organisation_id is not null or user_id is not null)
);
create index agreement_case on agreement (case_id, id desc);
create index agreement_organisation on agreement (organisation_id, id desc);
create index agreement_user on agreement (user_id, id desc);
create index agreement_authority on agreement (authority_id, id desc);
create index agreement_provider on agreement (provider_id, id desc);

-- What was signed stays as it was signed: only the standing moves on.
create function agreement_is_fixed() returns trigger language plpgsql as $$
begin
  if old.document is not null and (new.document, new.sha256, new.matters::text, new.offered::text, new.accepted::text,
      new.number, new.case_id, new.until_on, new.grant_id, new.organisation_id, new.user_id)
    is distinct from (old.document, old.sha256, old.matters::text, old.offered::text, old.accepted::text,
      old.number, old.case_id, old.until_on, old.grant_id, old.organisation_id, old.user_id) then
    raise exception 'a signed agreement cannot be changed';
  end if;
  return new;
end $$;
create trigger agreement_fixed before update on agreement for each row execute function agreement_is_fixed();

-- The copy that the provider has, and when one of its members first opened it.
create table agreement_copy (
  agreement_id text primary key references agreement (id),
  organisation_id text not null references organisation (id),
  delivered_at timestamptz not null,
  opened_at timestamptz
);
create index agreement_copy_organisation on agreement_copy (organisation_id, agreement_id desc);

-- What the user of the data owes under an agreement: feedback on its dates, each measure, disposal at the end.
create table agreement_task (
  id text primary key,
  agreement_id text not null references agreement (id),
  kind text not null check (kind in ('feedback', 'measure', 'disposal')),
  -- The measure or the matter in the agreement's own words.
  subject text not null,
  due_on date,
  opened_at timestamptz not null,
  missed_at timestamptz,
  filed_at timestamptz,
  filed_by text,
  content jsonb,
  record_id text
);
create index agreement_task_agreement on agreement_task (agreement_id, id);
create index agreement_task_open on agreement_task (due_on) where filed_at is null;
