-- Messages that are heard from a broker, and those that were kept and are in no batch yet.
create table stream (
  id text primary key,
  entry_id text not null references entry (id),
  -- On whose word: batches are that person's.
  user_id text not null,
  user_name text not null,
  url text not null,
  topic text not null,
  broker_user text,
  sealed_password text,
  mapping jsonb not null,
  mode text not null,
  every_messages int not null check (every_messages > 0),
  every_seconds int not null check (every_seconds > 0),
  state text not null,
  failure jsonb,
  heard_at timestamptz,
  heard bigint not null default 0,
  malformed bigint not null default 0,
  -- The last batch, and up to which message it goes as long as nothing is known of its end.
  batch_id text,
  batch_up_to bigint not null default 0,
  -- The node that hears it, and until when that is so unless it says so again; by the system's time.
  holder text,
  held_until timestamptz,
  created_at timestamptz not null
);
create index stream_of_entry on stream (entry_id);
create table stream_message (
  number bigint generated always as identity primary key,
  stream_id text not null references stream (id) on delete cascade,
  -- One JSON object of fields, or what came in its place as a JSON text.
  line text not null,
  well_formed boolean not null
);
create index stream_message_of_stream on stream_message (stream_id, number);
