-- Electronic documents that were handed in and checked. The number itself is not kept: the record of the access has none.
create table certificate_check (
  id text primary key,
  entry_id text not null references entry (id),
  kind text not null,
  valid boolean not null,
  organisation_id text not null,
  user_id text not null,
  checked_at timestamptz not null,
  outcome text check (outcome in ('accepted', 'refused')),
  reason text not null default '',
  record_id text not null
);
create index certificate_check_organisation on certificate_check (organisation_id, id desc);
create index certificate_check_refused on certificate_check (id desc) where outcome = 'refused' and valid;
