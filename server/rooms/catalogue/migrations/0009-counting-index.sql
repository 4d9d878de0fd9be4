-- Lists without words are counted from the index alone: it is a tenth of the table. It serves lists of a provider too.
create index entry_index_counted on entry_index (provider_id, theme, sharing_type, opening_type) where published;
drop index entry_index_provider;
