-- A grant can stand still for a while, and one can follow another in time.
alter table use_grant add column suspended_at timestamptz;
alter table use_grant add column suspension jsonb;
alter table use_grant add column renews text references use_grant (id);
create index use_grant_renews on use_grant (renews) where renews is not null;

-- Requests by which a grant is to go on; what such a case gives renews the grant.
create table grant_renewal (
  case_id text primary key,
  grant_id text not null references use_grant (id)
);
create index grant_renewal_grant on grant_renewal (grant_id);

-- Grants that were given before are told of as well.
insert into job (id, kind, subject, due_at)
select gen_random_uuid()::text, 'grant.expiring', id, valid_until - interval '15 days' from use_grant
where revoked_at is null and valid_until > now() + interval '15 days'
on conflict do nothing;
insert into job (id, kind, subject, due_at)
select gen_random_uuid()::text, 'grant.expired', id, valid_until + interval '1 millisecond' from use_grant
where revoked_at is null and valid_until > now()
on conflict do nothing;
