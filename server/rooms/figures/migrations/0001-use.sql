-- What was used, by day, provider and user; an empty text stands for persons and the public together, whose use is
-- counted and never told apart. Made from the records of the log, each of which is counted once, in its order.
create table figure_use (
  on_day          date not null,
  provider_id     text not null,
  organisation_id text not null,
  calls           integer not null,
  row_count       bigint not null,
  primary key (on_day, provider_id, organisation_id)
);

-- The place of the first record of the log that is not counted yet.
create table figure_use_mark (
  singleton boolean primary key default true check (singleton),
  position  bigint not null
);
insert into figure_use_mark (position) values (0);
