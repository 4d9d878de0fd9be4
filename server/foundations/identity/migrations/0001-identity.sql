-- Tables of the sign-in library (better-auth), as its own migration tool states them.
create table auth_user (
  "id" text primary key, "name" text not null, "email" text not null unique, "emailVerified" boolean not null, "image" text,
  "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now(),
  "username" text unique, "displayUsername" text
);
create table auth_session (
  "id" text primary key, "expiresAt" timestamptz not null, "token" text not null unique, "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null, "ipAddress" text, "userAgent" text, "userId" text not null references auth_user ("id") on delete cascade
);
create table auth_account (
  "id" text primary key, "accountId" text not null, "providerId" text not null, "userId" text not null references auth_user ("id") on delete cascade,
  "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz,
  "scope" text, "password" text, "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null
);
create table auth_verification (
  "id" text primary key, "identifier" text not null, "value" text not null, "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now()
);
create index auth_session_user on auth_session ("userId");
create index auth_account_user on auth_account ("userId");
create index auth_verification_identifier on auth_verification ("identifier");

create table organisation (
  id text primary key,
  name_zh text not null, name_en text not null,
  kind text not null check (kind in ('authority', 'department', 'public-service', 'company')),
  level text not null check (level in ('city', 'district')),
  credit_code text not null unique,
  roles text[] not null default '{}',
  budget_funded boolean not null default true
);

-- A person works for one organisation or, as a citizen, for none.
create table member (
  user_id text primary key references auth_user ("id") on delete cascade,
  organisation_id text references organisation (id),
  powers text[] not null default '{}'
);
create index member_organisation on member (organisation_id);

-- Only the digest of a key is kept.
create table api_key (
  id text primary key,
  user_id text not null references auth_user ("id") on delete cascade,
  name text not null,
  prefix text not null,
  sha256 bytea not null unique,
  grant_id text,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz
);
create index api_key_user on api_key (user_id, id);
