-- Identity providers (OpenID Connect) that sign people on. The secret of the client is sealed.
create table sign_on_provider (
  id text primary key,
  issuer text not null unique,
  client_id text not null,
  sealed_secret text,
  label_zh text not null, label_en text not null,
  claim text,
  mapping jsonb not null,
  enabled boolean not null,
  changed_at timestamptz not null
);

-- Somebody on the way to a provider and back. Of state and of the browser's cookie only digests are kept.
create table sign_on_attempt (
  state_digest text primary key,
  browser_digest text not null,
  provider_id text not null references sign_on_provider (id),
  nonce text not null,
  verifier text not null,
  linking_user_id text references auth_user ("id") on delete cascade,
  expires_at timestamptz not null
);

-- Who a provider's subject is here. A subject is one account, whatever its e-mail address says.
create table sign_on_link (
  provider_id text not null references sign_on_provider (id),
  subject text not null,
  user_id text not null references auth_user ("id") on delete cascade,
  by_mapping boolean not null,
  linked_at timestamptz not null,
  primary key (provider_id, subject),
  unique (user_id, provider_id)
);
