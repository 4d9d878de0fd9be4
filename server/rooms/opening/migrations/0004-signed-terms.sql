-- What both sides sign is one text, known by its digest, and each signature has a record of its own.
alter table agreement add column terms text;
alter table agreement add column terms_sha256 text;
alter table agreement add column offered_record_id text;
alter table agreement add column accepted_record_id text;
