-- A system may give its database instead of an interface: then it has a user, and each entry its table.
alter table source_system add column user_name text;

-- Where the rows of the entry lie: {schema, name, columns, changedColumn}; null for a system with an interface.
alter table source_system_entry add column source_table jsonb;
-- What the platform found there when it last looked.
alter table source_system_entry add column measured_rows bigint;
alter table source_system_entry add column measured_changed_at timestamptz;
alter table source_system_entry add column measured_at timestamptz;
alter table source_system_entry add column measure_failure text;
-- The data at the source are older than the update cycle of the entry allows.
alter table source_system_entry add column stale boolean not null default false;
create index source_system_entry_by_entry on source_system_entry (entry_id);
