-- Why no entry of the source could be taken in: article, condition and remedy.
alter table harvest_run add column refusal jsonb;
