create table notice (
  id text primary key,
  user_id text not null,
  at timestamptz not null,
  kind text not null,
  title_zh text not null, title_en text not null,
  body_zh text not null, body_en text not null,
  link text,
  read_at timestamptz
);
create index notice_user on notice (user_id, id desc);
create index notice_unread on notice (user_id) where read_at is null;
