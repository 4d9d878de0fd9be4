-- The message after which none came in time, of which those concerned were told.
alter table stream add column silence_told_of timestamptz;
