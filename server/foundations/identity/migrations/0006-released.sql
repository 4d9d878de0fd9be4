-- A credit code under which somebody registered who was not entitled to is free again once that registration is
-- released; the code of a body on the list stays its own for ever.
alter table organisation drop constraint organisation_credit_code_key;
create unique index organisation_credit_code on organisation (credit_code)
  where not (registered and dissolved_at is not null);
