-- When an administrator of the city released the registration; its digest is then nobody's, so that the number is free.
alter table registration add column released_at timestamptz;
