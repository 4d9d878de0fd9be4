-- When a schema was given after the file; from then on a person accepts the batch.
alter table batch add column described_at timestamptz;
