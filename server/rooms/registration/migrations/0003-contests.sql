-- Registrations that whoever says to be the rightful holder of the number contests. The number is not kept here either;
-- how they are reached is forgotten once it is decided.
create table registration_contest (
  id uuid primary key,
  kind text not null,
  -- Whose registration it is: of an organisation, who registered it.
  user_id text not null references auth_user ("id") on delete cascade,
  organisation_id text references organisation (id),
  name text not null,
  contact text,
  statement text not null,
  filed_at timestamptz not null,
  outcome text check (outcome in ('released', 'kept')),
  reasons text,
  decided_by text,
  decided_at timestamptz
);
create unique index registration_contest_open on registration_contest (user_id) where decided_at is null;
create index registration_contest_order on registration_contest ((decided_at is null) desc, id desc);
