-- An account that an administrator closed, and a password that somebody else gave and its owner has yet to change.
alter table member add column disabled_at timestamptz, add column password_given_at timestamptz;

-- The second factor of a user: a secret for one-time codes (RFC 6238), sealed. `last_step` is the step of the last code
-- that was taken, so that none is taken twice. Of backup codes only keyed digests are kept.
create table second_factor (
  user_id text primary key references auth_user ("id") on delete cascade,
  sealed_secret text not null,
  begun_at timestamptz not null,
  verified_at timestamptz,
  last_step bigint not null default 0,
  backup_digests text[] not null default '{}'
);

-- A sign-in whose first step is done: whoever holds the cookie of this digest has to give a code.
create table sign_in_step (
  digest text primary key,
  user_id text not null references auth_user ("id") on delete cascade,
  method text not null,
  attempts integer not null default 0,
  expires_at timestamptz not null
);

-- Attempts to sign in under a name from an address, or ('*') from all addresses that are not known to be the user's.
-- Names are kept as keyed digests: people type passwords where names belong.
create table sign_in_attempt (
  subject text not null,
  address text not null,
  attempts integer not null,
  ends_at timestamptz not null,
  primary key (subject, address)
);
create index sign_in_attempt_ends on sign_in_attempt (ends_at);

-- What happened to accounts: for their users and for those who watch over them. Each line has its record in the ledger.
create table account_event (
  id text primary key,
  at timestamptz not null,
  kind text not null,
  user_id text,
  by_user_id text,
  address text,
  agent text,
  details jsonb not null default '{}',
  record_id text not null
);
create index account_event_user on account_event (user_id, id);
create index account_event_from on account_event (user_id, (details->>'from')) where kind = 'signed-in';

-- What the installation asks of sign-in; no line: nothing beyond the password.
create table sign_in_setting (
  one boolean primary key default true check (one),
  second_factor_for text[] not null
);

-- A key may be kept to some entries.
alter table api_key add column entry_ids text[];
