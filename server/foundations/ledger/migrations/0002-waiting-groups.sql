-- Records wait for their places in the groups in which they were inserted: one row a group instead of one a record,
-- written and deleted again. What waits is taken along.
create table record_group_waiting (
  id bigint generated always as identity primary key,
  -- In the order of their places.
  record_ids uuid[] not null
);
insert into record_group_waiting (record_ids)
select array_agg(id order by at, id) from record_waiting having count(*) > 0;
drop table record_waiting;

create or replace function append_records(given json) returns bigint language plpgsql as $$
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
  insert into record_group_waiting (record_ids) select array_agg(id order by at, id) from parsed;
  return (select value from ledger_epoch);
end $$;
