-- Whether the platform counted at the source itself, or its owner reported it. A source need not say when it changed.
alter table aggregation_task add column source_measured boolean not null default false;
