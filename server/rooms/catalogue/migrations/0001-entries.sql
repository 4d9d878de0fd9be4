create sequence entry_number;

create table entry (
  id text primary key,
  number text not null unique,
  provider_id text not null references organisation (id),
  -- Set in the transaction that inserts the entry: the case is opened for it.
  case_id text,
  -- State of the cataloguing case, as its procedure names it.
  status text not null,
  published boolean not null default false,
  -- The content that holds. While a published entry is being revised, the revision waits in `pending`.
  content jsonb not null,
  pending jsonb,
  title text not null,
  theme text not null,
  sharing_type text not null,
  opening_type text not null,
  search text[] not null,
  title_terms text[] not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  published_at timestamptz,
  -- The live snapshot at a glance; the snapshots themselves belong to aggregation.
  snapshot_id text,
  rows bigint,
  live_at timestamptz
);
create index entry_search on entry using gin (search);
create index entry_published on entry (updated_at desc, id desc) where published;
create index entry_provider on entry (provider_id, updated_at desc, id desc);
create index entry_case on entry (case_id);
create index entry_status on entry (status, updated_at desc) where not published or pending is not null;
