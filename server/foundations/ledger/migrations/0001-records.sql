-- What happened, who did it and on what ground. Rows are only added; afterwards payload and salt can be emptied. The
-- leaf stays, and with it every proof.
create table record (
  id uuid primary key,
  at timestamptz not null,
  kind text not null,
  user_id text,
  organisation_id text,
  entry_id text,
  case_id text,
  grant_id text,
  snapshot_id text,
  article text,
  outcome text,
  payload jsonb,
  salt bytea check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  erased_at timestamptz
);

create index record_by_entry on record (entry_id, id) where entry_id is not null;
create index record_by_case on record (case_id, id) where case_id is not null;
create index record_by_grant on record (grant_id, id) where grant_id is not null;
-- Whoever acts for an organisation is found by that; this is for persons who act for themselves.
create index record_by_person on record (user_id, id) where user_id is not null and organisation_id is null;
create index record_by_organisation on record (organisation_id, id) where organisation_id is not null;

-- The place of each record in the log, from 0 without gaps. Apart from the record, whose row would else be written
-- twice, with all its indexes.
create table log_position (
  position bigint primary key check (position >= 0),
  record_id uuid not null unique
);

-- Records that have no place yet.
create table record_waiting (
  at timestamptz not null,
  id uuid not null,
  primary key (at, id)
);

-- Rises whenever facts change on which answers rest; read by the statement that inserts records. A row and not a
-- sequence: a sequence would be seen to rise before the change itself can be seen.
create table ledger_epoch (
  singleton boolean primary key default true check (singleton),
  value bigint not null
);
insert into ledger_epoch (value) values (1);

-- Inserts records and puts them in line for their places; gives the epoch that holds then. A function, because its
-- plan is made once: planning the three statements anew took longer than inserting a few dozen rows. All rows travel as
-- one JSON text.
create function append_records(given json) returns bigint language plpgsql as $$
begin
  insert into record (id, at, kind, user_id, organisation_id, entry_id, case_id, grant_id, snapshot_id,
                      article, outcome, payload, salt, leaf)
  select id, at, kind, "userId", "organisationId", "entryId", "caseId", "grantId", "snapshotId",
         article, outcome, payload, decode(salt, 'hex'), decode(leaf, 'hex')
  from json_to_recordset(given) as r(
    id uuid, at timestamptz, kind text, "userId" text, "organisationId" text, "entryId" text, "caseId" text,
    "grantId" text, "snapshotId" text, article text, outcome text, payload jsonb, salt text, leaf text);
  insert into record_waiting (at, id) select at, id from json_to_recordset(given) as r(at timestamptz, id uuid);
  return (select value from ledger_epoch);
end $$;
