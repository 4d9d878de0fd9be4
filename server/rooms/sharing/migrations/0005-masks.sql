-- Fields that the decision gives masked, with their mask; all others of the grant are given in clear.
alter table use_grant add column masks jsonb not null default '{}';
