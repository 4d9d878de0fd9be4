create table job (
  id text primary key,
  kind text not null,
  -- One open job for one thing: filing it again is the same job.
  subject text not null,
  due_at timestamptz not null,
  attempts int not null default 0,
  leased_until timestamptz,
  failed_at timestamptz,
  failure text,
  unique (kind, subject)
);
create index job_due on job (due_at) where failed_at is null;
