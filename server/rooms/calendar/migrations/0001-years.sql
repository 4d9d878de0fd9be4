-- Years that an officer has loaded before the packaged calendar knows them, each with the notice it rests on.
create table calendar_notice (
  id          uuid primary key,
  file_name   text not null,
  sha256      text not null,
  bytes       bytea not null,
  uploaded_at timestamptz not null,
  user_id     text not null
);

-- A corrected year is a new row: the newest of a year holds, the others are its history.
create table calendar_year (
  sequence     integer generated always as identity primary key,
  year         integer not null,
  announced    jsonb not null,
  title        text not null,
  number       text not null,
  published_on text not null,
  notice_id    uuid not null references calendar_notice (id),
  loaded_at    timestamptz not null,
  user_id      text not null,
  record_id    text not null
);
create index calendar_year_year on calendar_year (year, sequence desc);
