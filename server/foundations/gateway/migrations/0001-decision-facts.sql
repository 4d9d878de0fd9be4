-- What decisions were made on, each content once, under its own digest: records of accesses name the digest, so that
-- an access can be explained by what was known then. Rows are only added. A row that was altered no longer gives its
-- digest.
create table decision_facts (
  -- SHA-256 of the content in UTF-8, base64url.
  digest text primary key,
  content text not null
);
