-- Who works on granted data for their holder, as the holder has declared.
create table grant_vendor (
  id text primary key,
  grant_id text not null references use_grant (id),
  name text not null,
  credit_code text not null,
  task text not null,
  declared_at timestamptz not null,
  withdrawn_at timestamptz
);
create unique index grant_vendor_declared on grant_vendor (grant_id, credit_code) where withdrawn_at is null;
