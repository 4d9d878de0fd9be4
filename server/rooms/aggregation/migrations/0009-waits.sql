-- Why a batch that was to go in by itself waits for a person; null where none has to be asked.
alter table batch add column waits jsonb;
