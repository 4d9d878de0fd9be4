-- Replies that an organisation keeps, to be filled into forms.
create table saved_reply (
  id              text primary key,
  organisation_id text not null references organisation,
  title           text not null,
  body            text not null,
  procedure       text,
  kept_by         text not null,
  changed_at      timestamptz not null
);
create index saved_reply_organisation on saved_reply (organisation_id, title);

-- Whose cases a colleague takes on, from the first to the last of these days in China.
create table hand_over (
  id              text primary key,
  organisation_id text not null references organisation,
  from_user       text not null,
  to_user         text not null,
  from_on         text not null,
  until_on        text not null,
  note            text not null,
  made_at         timestamptz not null,
  record_id       text not null,
  ended_at        timestamptz
);
create index hand_over_to on hand_over (to_user, until_on) where ended_at is null;
create index hand_over_from on hand_over (from_user, until_on) where ended_at is null;
create index hand_over_organisation on hand_over (organisation_id, id desc);
