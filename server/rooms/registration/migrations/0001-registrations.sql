-- Who registered: the number itself is not kept, only a keyed digest by which a second registration is found.
create table registration (
  subject_digest bytea primary key,
  kind text not null check (kind in ('natural-person', 'legal-person', 'unincorporated-organisation')),
  claimed_at timestamptz not null,
  user_id text unique references auth_user ("id") on delete cascade,
  organisation_id text references organisation (id),
  checked_by text check (checked_by in ('form', 'service')),
  registered_at timestamptz
);
create index registration_organisation on registration (organisation_id);
