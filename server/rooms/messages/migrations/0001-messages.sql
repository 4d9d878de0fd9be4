-- The secret address of a user's calendar: its digest alone is kept.
create table calendar_feed (
  user_id text primary key,
  digest  bytea not null unique,
  made_at timestamptz not null
);

-- Where a user has notices mailed to, once the address has been confirmed by the code that was sent to it.
create table mail_channel (
  user_id      text primary key,
  address      text not null,
  confirmed_at timestamptz,
  sealed_code  text,
  code_until   timestamptz,
  wrong_codes  int not null default 0,
  codes_sent   int not null default 0,
  codes_since  timestamptz
);

create table hook_channel (
  id            text primary key,
  user_id       text not null,
  url           text not null,
  sealed_secret text not null,
  made_at       timestamptz not null
);
create index hook_channel_user on hook_channel (user_id, id);

-- One notice on its way to one receiver outside.
create table notice_delivery (
  id        text primary key,
  user_id   text not null,
  notice_id text not null,
  channel   text not null check (channel in ('mail', 'hook')),
  hook_id   text,
  receiver  text not null,
  made_at   timestamptz not null,
  state     text not null check (state in ('waiting', 'sent', 'failed')),
  attempts  int not null default 0,
  failure   text
);
create index notice_delivery_user on notice_delivery (user_id, id desc);
