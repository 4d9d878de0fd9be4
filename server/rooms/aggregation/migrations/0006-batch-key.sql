-- What a sender calls its rows, so that sending them once more after an answer that was lost makes no second batch.
alter table batch add column batch_key text;
create unique index batch_by_key on batch (entry_id, batch_key) where batch_key is not null;
