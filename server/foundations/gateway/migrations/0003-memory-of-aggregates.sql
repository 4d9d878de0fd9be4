-- Answers are judged together whatever snapshot they are of, so their numbers go through all of a holder's of an entry.
-- They are kept for a time, and a refusal for a group that is too small is counted, since it tells something too.
alter table answered_aggregate drop constraint answered_aggregate_pkey;
update answered_aggregate a set number = b.place
  from (select holder, entry_id, snapshot_id, number,
          row_number() over (partition by holder, entry_id order by snapshot_id, number) as place
        from answered_aggregate) b
  where a.holder = b.holder and a.entry_id = b.entry_id and a.snapshot_id = b.snapshot_id and a.number = b.number;
alter table answered_aggregate add primary key (holder, entry_id, number);
alter table answered_aggregate add column answered_at timestamptz not null default now();
create index answered_aggregate_by_age on answered_aggregate (answered_at);

create table refused_aggregate (
  holder text not null,
  entry_id text not null,
  -- The civil day in China that is counted; an earlier one is of no use any more.
  day date not null,
  times int not null,
  primary key (holder, entry_id)
);
