-- Under which person's number an access was made, by a keyed digest of the number alone. Apart from the record of the
-- access, which the log publishes a digest of and others read: by it nobody can tell two people's look-ups together.
create table subject_access (
  subject_digest bytea not null,
  record_id uuid not null,
  primary key (subject_digest, record_id)
);
