-- What administrators add to the words and synonyms that the platform comes with.
create table vocabulary_word (
  word text primary key,
  record_id text not null
);
create table vocabulary_synonyms (
  id text primary key,
  words text[] not null,
  record_id text not null
);
-- One row. Each change makes a new version; `indexed` is the version by which the whole catalogue has been cut into words.
create table vocabulary_version (
  value int not null,
  indexed int not null,
  changed_at timestamptz,
  changed_by text
);
insert into vocabulary_version (value, indexed) values (1, 1);
