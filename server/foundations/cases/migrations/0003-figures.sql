-- One narrow row a case, for figures: what is counted, without its history. Who is counted and when it was opened
-- rarely change, and they alone are indexed, so that an act rewrites no index. Rows of older cases are written at the
-- next start, from their events.
create table case_figure (
  case_id          uuid primary key references case_file,
  procedure        text not null,
  -- The civil date in China.
  opened_on        date not null,
  applicant_id     text,
  provider_id      text,
  decider_id       text,
  outcome          text,
  -- The day of the first yes or no, and the working days that it took from the day of opening.
  answered_on      date,
  working_days     integer,
  -- Whether a statutory period with a number was ever counted.
  timed            boolean not null,
  -- Organisations that let a statutory date pass, and those of them whose date is running over now.
  late_owners      text[] not null,
  overdue_owners   text[] not null,
  -- A target that the city set itself was missed: never counted as late.
  missed_local     boolean not null,
  -- What the newest refusal rests on.
  basis_rank       text,
  basis_instrument text,
  basis_article    text
) with (fillfactor = 85);
create index case_figure_opened on case_figure (opened_on);
create index case_figure_provider on case_figure (provider_id, opened_on);
create index case_figure_decider on case_figure (decider_id, opened_on);
create index case_figure_applicant on case_figure (applicant_id, opened_on) where applicant_id is not null;
