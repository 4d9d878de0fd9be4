-- Checks before an entry is opened. `content` is the digest of what was looked at: another content needs another check.
create table publication_check (
  id text primary key,
  entry_id text not null references entry (id),
  kind text not null,
  passed boolean not null,
  note text not null,
  content text not null,
  user_id text not null,
  user_name text not null,
  organisation_id text not null,
  checked_at timestamptz not null,
  record_id text not null
);
create index publication_check_entry on publication_check (entry_id, id desc);

-- Restricted sharing types that were filed (备案), each with the authority of the provider's own level.
create table type_filing (
  id text primary key,
  number text not null unique,
  entry_id text not null references entry (id),
  sharing_type text not null,
  basis jsonb not null,
  provider_id text not null,
  authority_id text not null,
  user_id text not null,
  filed_at timestamptz not null,
  record_id text not null
);
create index type_filing_entry on type_filing (entry_id, id desc);
create index type_filing_authority on type_filing (authority_id, id desc);
create index type_filing_provider on type_filing (provider_id, id desc);
create sequence type_filing_number;

-- Who answers for a field whose data are to be opened first.
create table priority_field (
  field text primary key,
  organisation_id text not null,
  assigned_by text not null,
  assigned_at timestamptz not null
);
