-- Which record of the ledger proves which event of a case.
create table case_record (
  case_id text not null,
  sequence int not null,
  record_id text not null,
  primary key (case_id, sequence)
);
