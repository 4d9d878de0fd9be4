-- The indexes that were signed, to the byte: their files lie in a folder that can be lost, and an index is signed once.
create table ledger_index (
  number integer primary key check (number > 0),
  note   text not null
);
