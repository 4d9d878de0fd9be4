-- Where the rows of an entry lie that were never brought in: the system at their source which answers for them.
alter table entry add column held_at jsonb;
