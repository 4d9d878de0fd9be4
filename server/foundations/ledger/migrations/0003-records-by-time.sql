-- For what is counted over a month. Records come in nearly the order of time, so an index of ranges is enough and costs
-- their insertion next to nothing.
create index record_by_time on record using brin (at);
