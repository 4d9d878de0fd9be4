-- Entries whose rows lie somewhere have a geometry, or degrees: the list of feature collections walks both.
create index entry_placed on entry (id)
  where published and (content->'fields' @> '[{"type": "longitude"}]' or content->'fields' @> '[{"type": "geometry"}]');
drop index entry_located;
