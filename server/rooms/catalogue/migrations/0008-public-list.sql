-- What harvesters ask for: what has changed since, whether by its description or by its data; and what has coordinates.
create index entry_modified on entry (greatest(updated_at, live_at), id) where published;
create index entry_located on entry (id) where published and content->'fields' @> '[{"type": "longitude"}]';
