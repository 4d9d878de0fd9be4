-- Which run of the job holds it: only that run may say how the job ended.
alter table job add column lease text;
