-- A case may be about no entry of the catalogue; what it is about is then said in the words of whoever opened it.
alter table case_file alter column entry_id drop not null;
alter table case_file add column subject jsonb;
