-- What was taken under a grant that has limits: of the last day (of China) and the last minute in which anything was.
create table grant_use (
  grant_id text primary key,
  day date not null,
  rows bigint not null,
  minute bigint not null,
  requests integer not null
);
