-- What is searched of an entry, apart from the entry: a load of data or an act on its case leaves the terms alone, and
-- counting what a search finds reads no content.
create table entry_index (
  entry_id text primary key references entry (id) on delete cascade,
  published boolean not null,
  provider_id text not null,
  theme text not null,
  sharing_type text not null,
  opening_type text not null,
  changed_at timestamptz not null,
  -- When its data were last brought in; the beginning of 1970 where there are none.
  data_at timestamptz not null,
  title text collate "C" not null default '',
  core text collate "C" not null default '',
  words text collate "C" not null default '',
  names text collate "C" not null default '',
  syllables text collate "C" not null default '',
  initials text collate "C" not null default '',
  terms tsvector not null default '',
  -- Version of the vocabulary by which it was cut into words; 0 where it has not been read yet.
  indexed_with int not null default 0
);
-- Without a list of pending entries, which every search would have to read through.
create index entry_index_terms on entry_index using gin (terms) with (fastupdate = off);
create index entry_index_data on entry_index (data_at desc, entry_id desc) where published;
create index entry_index_changed on entry_index (changed_at desc, entry_id desc) where published;
create index entry_index_title on entry_index (title, entry_id) where published;
create index entry_index_core on entry_index (core) where published;
create index entry_index_syllables on entry_index (syllables) where published;
create index entry_index_initials on entry_index (initials) where published;
create index entry_index_provider on entry_index (provider_id) where published;
create index entry_index_behind on entry_index (indexed_with, entry_id);

-- What the index has of an entry besides its words follows it in the same statement, whichever room wrote it.
create function entry_index_follow() returns trigger language plpgsql as $$
begin
  insert into entry_index (entry_id, published, provider_id, theme, sharing_type, opening_type, changed_at, data_at)
    values (new.id, new.published, new.provider_id, new.theme, new.sharing_type, new.opening_type, new.updated_at,
      coalesce(new.live_at, 'epoch'))
  on conflict (entry_id) do update set published = excluded.published, provider_id = excluded.provider_id,
    theme = excluded.theme, sharing_type = excluded.sharing_type, opening_type = excluded.opening_type,
    changed_at = excluded.changed_at, data_at = excluded.data_at
  where (entry_index.published, entry_index.provider_id, entry_index.theme, entry_index.sharing_type,
      entry_index.opening_type, entry_index.changed_at, entry_index.data_at)
    is distinct from (excluded.published, excluded.provider_id, excluded.theme, excluded.sharing_type,
      excluded.opening_type, excluded.changed_at, excluded.data_at);
  return null;
end $$;
create trigger entry_index_follow after insert
  or update of published, provider_id, theme, sharing_type, opening_type, updated_at, live_at
  on entry for each row execute function entry_index_follow();

insert into entry_index (entry_id, published, provider_id, theme, sharing_type, opening_type, changed_at, data_at)
  select id, published, provider_id, theme, sharing_type, opening_type, updated_at, coalesce(live_at, 'epoch') from entry;
alter table entry drop column search, drop column title_terms;
