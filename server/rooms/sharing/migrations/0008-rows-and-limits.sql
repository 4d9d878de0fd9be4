-- Which rows a grant covers, every row where there is no condition; and how much may be taken under it.
alter table use_grant add column row_filter jsonb not null default '[]';
alter table use_grant add column limits jsonb not null default '{}';
