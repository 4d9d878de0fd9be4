-- Files are small and few: in the database they stand or fall with their record, and every node has them.
create table case_paper (
  sha256 text primary key,
  bytes  bytea not null
);

-- `side` is the key of the party whose member wrote it (`o:…` an organisation, `u:…` a person).
create table case_attachment (
  id              text primary key,
  case_id         uuid not null references case_file,
  at              timestamptz not null,
  user_id         text not null,
  organisation_id text,
  side            text not null,
  audience        text not null check (audience in ('side', 'all')),
  note            text not null,
  file_name       text not null,
  size_bytes      int not null,
  sha256          text not null references case_paper,
  record_id       text not null
);
create index case_attachment_case on case_attachment (case_id, id);

create table case_comment (
  id              text primary key,
  case_id         uuid not null references case_file,
  at              timestamptz not null,
  user_id         text not null,
  organisation_id text,
  side            text not null,
  audience        text not null check (audience in ('side', 'all')),
  body            text not null,
  record_id       text not null
);
create index case_comment_case on case_comment (case_id, id);
