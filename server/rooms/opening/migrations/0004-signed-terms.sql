-- What both sides sign is one text, known by its digest, and each signature has a record of its own.
alter table agreement add column terms text;
alter table agreement add column terms_sha256 text;
alter table agreement add column offered_record_id text;
alter table agreement add column accepted_record_id text;

-- What a side has signed stays what it has signed.
create function agreement_terms_are_fixed() returns trigger language plpgsql as $$
begin
  if (old.terms is not null and (new.terms, new.terms_sha256, new.offered_record_id)
      is distinct from (old.terms, old.terms_sha256, old.offered_record_id))
    or (old.accepted_record_id is not null and new.accepted_record_id is distinct from old.accepted_record_id) then
    raise exception 'signed terms cannot be changed';
  end if;
  return new;
end $$;
create trigger agreement_terms_fixed before update on agreement
  for each row execute function agreement_terms_are_fixed();
