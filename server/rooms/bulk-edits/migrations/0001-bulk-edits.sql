-- A sheet that came back: what it would change, what was done about it, and what has to be known to undo it.
create table bulk_edit (
  id text primary key,
  organisation_id text not null references organisation (id),
  user_id text not null,
  user_name text not null,
  file_name text not null,
  sha256 text not null,
  state text not null,
  created_at timestamptz not null,
  applied_at timestamptz,
  applied_by text,
  undone_at timestamptz,
  undone_by text
);
create index bulk_edit_by_organisation on bulk_edit (organisation_id, id desc);

create table bulk_edit_line (
  bulk_edit_id text not null references bulk_edit (id) on delete cascade,
  position int not null,
  -- As it stands in the sheet of entries, or in that of fields where the entry stands there alone.
  line int not null,
  entry_id text references entry (id),
  title text not null,
  outcome text not null,
  changes jsonb not null,
  errors jsonb not null,
  -- The version that was changed, and the content that it is to have.
  version int,
  after jsonb,
  -- What is to be put back, and the version that the act left: nobody has changed it while it still bears that.
  before jsonb,
  version_after int,
  primary key (bulk_edit_id, position)
);
create index bulk_edit_line_by_outcome on bulk_edit_line (bulk_edit_id, outcome, position);
