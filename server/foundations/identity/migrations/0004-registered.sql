-- Companies that registered themselves are no part of the public list of bodies.
alter table organisation add column registered boolean not null default false;
-- Counts changes, so that other nodes ask for what is new and not for the whole list.
create sequence organisation_change;
alter table organisation add column changed bigint not null default nextval('organisation_change');
create index organisation_changed on organisation (changed);
