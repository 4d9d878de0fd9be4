-- The system that a key belongs to, and the addresses from which it may be used; none: from anywhere.
alter table api_key add column system text;
alter table api_key add column addresses text[] not null default '{}';
