-- Walks through what one provider has published, and through what is of one type.
create index entry_provider_published on entry (provider_id, id) where published;
create index entry_sharing_type on entry (sharing_type, id) where published;
create index entry_opening_type on entry (opening_type, id) where published;
