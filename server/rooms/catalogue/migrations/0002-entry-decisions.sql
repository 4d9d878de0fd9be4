-- What a body above the provider has decided about an entry; the newest decision on each matter holds.
create table entry_decision (
  entry_id    text not null references entry (id),
  about       text not null,
  value       text not null,
  reference   text not null,
  article     text not null,
  case_id     text not null,
  case_number text not null,
  decided_at  timestamptz not null,
  primary key (case_id, about)
);
create index entry_decision_entry on entry_decision (entry_id, about, decided_at desc);
