-- Every version of the rulebook under which this installation has run: what each article's values were, and who has
-- taken note of what was amended. The newest row is the version in use.
create table law_version (
  sequence        integer generated always as identity primary key,
  rulebook_id     text not null,
  version         text not null,
  -- By article number; `0` holds what no article bears.
  digests         jsonb not null,
  amended         integer[] not null,
  at              timestamptz not null,
  -- Null for the first version, and where nothing that an article bears was amended.
  user_id         text,
  note            text not null,
  record_id       text
);

create function law_version_is_history() returns trigger language plpgsql as $$
begin
  raise exception 'versions of the rulebook are added, never changed or taken away';
end $$;
create trigger law_version_is_history before update or delete on law_version
  for each row execute function law_version_is_history();
