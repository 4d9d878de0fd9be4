-- Which district a body of district level belongs to (GB/T 2260); null for bodies of the city, or where it is not told.
alter table organisation add column division_code text;
