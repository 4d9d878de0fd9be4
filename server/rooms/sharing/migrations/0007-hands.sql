-- Of the receiver in all files under a grant, beside the mark of each file: both stand in the record of the access.
-- Files that were handed over before have none.
alter table delivery add column hand text;
create index delivery_hand on delivery (hand) where hand is not null;
create index delivery_grant on delivery (grant_id) where grant_id is not null;
