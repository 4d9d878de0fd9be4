-- The grants of a body and of a person on an entry are looked up for every decision whose facts are read anew. The body
-- and the entry as one value: where one body holds half of all grants and one entry has the other half, two columns
-- taken as independent of each other make the planner expect a quarter of the table, and read all of it.
create index use_grant_body_on_entry on use_grant ((entry_id || ' ' || organisation_id));
create index use_grant_person on use_grant (entry_id, user_id) where user_id is not null;
