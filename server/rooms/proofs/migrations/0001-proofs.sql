-- A file that was delivered whole, with the digest of its bytes; who received it is not in here.
create table delivery_proof (
  code text primary key,
  entry_id text not null references entry (id),
  title text not null,
  provider_id text not null,
  snapshot_id text not null,
  snapshot_number int not null,
  article text not null,
  sha256 text not null,
  size_bytes bigint not null,
  issued_at timestamptz not null,
  record_id text not null
);
