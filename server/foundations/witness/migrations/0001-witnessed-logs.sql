-- What this installation has cosigned of the logs of others: the last head of each, kept before it is signed for.
create table witnessed_log (
  origin text primary key,
  size   bigint not null check (size >= 0),
  root   bytea not null check (length(root) = 32),
  at     timestamptz not null
);

-- Heads that a log has signed against one that was cosigned: proof of a fork, by its own key.
create table witnessed_fork (
  origin text not null,
  size   bigint not null,
  root   bytea not null,
  primary key (origin, size, root)
);
