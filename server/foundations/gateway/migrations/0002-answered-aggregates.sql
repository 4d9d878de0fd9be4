-- Aggregates of guarded fields that a holder was given of a snapshot: laid over each other they must never tell few
-- rows apart. `answer` has the filters, the grouping, and the groups shown with their sizes; it is read by nobody but
-- the rule itself. The number keeps two questions that come together from being judged without each other.
create table answered_aggregate (
  holder text not null,
  entry_id text not null,
  snapshot_id text not null,
  number int not null,
  answer jsonb not null,
  primary key (holder, entry_id, snapshot_id, number)
);
