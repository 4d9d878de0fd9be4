-- Tables of databases, read on the same schedule as files: whole, or what has risen above a kept value.
alter table pull add column db_user text;
alter table pull add column source_table jsonb;
alter table pull add column rising_column text;
-- Up to where rows are live, and up to where the last batch reads while nothing is known of its end.
alter table pull add column mark jsonb;
alter table pull add column pending_mark jsonb;
