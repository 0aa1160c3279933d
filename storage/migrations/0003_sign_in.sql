-- Signing in. The tables in schema auth are better-auth's, as its version 1.7 expects them (api/auth.integration.test.ts holds them
-- against it); nothing but sign-in (api/auth-engine.ts) and storage/{accounts,people*,person-links}.ts touches them.
create schema auth;

create table auth."user" (
  "id" text primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);

create table auth."session" (
  "id" text primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references auth."user" ("id") on delete cascade
);
create index "session_userId_idx" on auth."session" ("userId");

create table auth."account" (
  "id" text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null
);
create index "account_userId_idx" on auth."account" ("userId");

create table auth."verification" (
  "id" text primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);
create index "verification_identifier_idx" on auth."verification" ("identifier");

alter table people add foreign key (user_id) references auth."user" ("id");
-- The day, no more: this is no time clock.
alter table people add last_seen_on date;

-- Single-use links: to come in, or to choose another password. Only a hash of the token is kept.
create table person_links (
  token_hash bytea primary key,
  person_id bigint not null references people (id),
  purpose text not null check (purpose in ('invite', 'reset')),
  made_by bigint references people (id),
  made_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  -- A later link of the same person takes its place.
  replaced_at timestamptz
);
create index person_links_person on person_links (person_id);

-- Passwords that were tried, by a keyed hash of the address they were tried for (and of where they came from).
create table sign_in_attempts (
  key bytea not null,
  at timestamptz not null default clock_timestamp()
);
create index sign_in_attempts_key on sign_in_attempts (key, at);
