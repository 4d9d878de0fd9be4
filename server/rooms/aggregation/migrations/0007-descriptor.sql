-- What a sender says of the tables of its file: Table Schema or Data Package, as it was checked on arrival.
alter table batch add column descriptor jsonb;
