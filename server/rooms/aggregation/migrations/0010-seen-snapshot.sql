-- The number of the newest snapshot of the entry when the batch came, or when somebody accepted it; 0 where there was none.
alter table batch add column seen_snapshot int not null default 0;
update batch set seen_snapshot = coalesce(
  (select max(number) from snapshot where snapshot.entry_id = batch.entry_id and live_at <= batch.created_at), 0)
where state in ('profiling', 'awaiting-acceptance', 'loading');
