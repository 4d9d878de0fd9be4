-- Each node writes logs of its own; the first node of an installation has no name. The keys stand here so that every
-- node can read the logs of the others, and so that a node whose key has gone astray is not taken for the same.
create table ledger_log (
  node             text primary key check (node ~ '^([a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?)?$'),
  verifier_key     text not null,
  -- Null where no SM3 tree is kept.
  sm2_verifier_key text
);

alter table log_position add column node text not null default '';
alter table log_position drop constraint log_position_pkey, add primary key (node, position);
alter table log_position alter column node drop default;
alter table record_group_waiting add column node text not null default '';
alter table record_group_waiting alter column node drop default;

-- The entry of a record in the SM3 tree: made when the record is given its place, or at the latest before its content
-- is erased.
create table record_sm3 (
  record_id uuid primary key,
  leaf      bytea not null check (length(leaf) = 32)
);

drop function append_records(json);
create function append_records(given json, of_node text) returns bigint language plpgsql as $$
begin
  with parsed as materialized (
    select * from json_to_recordset(given) as r(
      id uuid, at timestamptz, kind text, "userId" text, "organisationId" text, "entryId" text, "caseId" text,
      "grantId" text, "snapshotId" text, article text, outcome text, payload jsonb, salt text, leaf text)
  ), kept as (
    insert into record (id, at, kind, user_id, organisation_id, entry_id, case_id, grant_id, snapshot_id,
                        article, outcome, payload, salt, leaf)
    select id, at, kind, "userId", "organisationId", "entryId", "caseId", "grantId", "snapshotId",
           article, outcome, payload, decode(salt, 'hex'), decode(leaf, 'hex')
    from parsed
  )
  insert into record_group_waiting (record_ids, node) select array_agg(id order by at, id), of_node from parsed;
  return (select value from ledger_epoch);
end $$;
