-- The data model of the design, section 8. Numbers are internal; what a client sees are opaque ids (api/ids.ts).

-- One row: the secret under which identities are hashed and public ids are made. A tombstone is a keyed hash.
create table installation (
  one_row boolean primary key default true check (one_row),
  secret bytea not null,
  created_at timestamptz not null default now()
);

-- Who may hear something. Circle 1 is the audience "all colleagues", in which the outside side of a thread stands.
create table circles (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('outside', 'internal', 'closed', 'public')),
  name text not null
);
insert into circles (kind, name) values ('outside', 'all colleagues');

create table sources (
  id bigint generated always as identity primary key,
  connector text not null,
  settings jsonb not null,
  -- What makes two sources the same place: connector and canonical address or handle.
  place text not null unique,
  label text not null,
  kind text not null default 'other',
  home_url text,
  folder text,
  keeps text not null default 'everything' check (keeps in ('everything', 'matched')),
  state text not null default 'active' check (state in ('active', 'paused', 'stopped')),
  -- Politeness key of sources.md 2.8; null for places an administrator allowed although private.
  host_key text,
  created_at timestamptz not null default now(),
  -- Schedule and retry state: the row is all there is, the queue remembers nothing.
  next_poll_at timestamptz not null default now(),
  interval_seconds integer not null default 900,
  lease uuid,
  leased_until timestamptz,
  -- Where the source was left, written in the transaction that stores what was read.
  cursor text,
  etag text,
  last_modified text,
  body_hash bytea,
  -- A permanent redirect is believed after two polls a day apart (sources.md 2.8).
  moved_to text,
  moved_seen_at timestamptz,
  -- Health.
  failures integer not null default 0,
  failing_since timestamptz,
  last_error jsonb,
  last_polled_at timestamptz,
  last_ok_at timestamptz,
  last_new_at timestamptz,
  -- Up to 50 newest publication times of its own items, newest first: rate and median gap come from these.
  recent timestamptz[] not null default '{}',
  version bigint not null default 1
);
create index sources_due on sources (next_poll_at) where state = 'active';

-- The gate: one request at a time and some seconds apart per politeness key.
create table hosts (
  host_key text primary key,
  free_at timestamptz not null default now(),
  busy_until timestamptz,
  failures integer not null default 0,
  blocked_until timestamptz,
  limited_at timestamptz
);

create table threads (
  id bigint generated always as identity primary key,
  born text not null check (born in ('outside', 'inside')),
  -- The mention whose title the thread bears; the first that arrived.
  origin_mention_id bigint,
  -- Of a thread born inside; an outside title belongs to its mention and goes with it.
  title text,
  mention_count integer not null default 0,
  merged_into bigint references threads (id),
  created_at timestamptz not null default now(),
  version bigint not null default 1
);

-- A thread's standing in one audience, with its own order and counts.
create table placements (
  thread_id bigint not null references threads (id),
  circle_id integer not null references circles (id),
  sort_at timestamptz not null,
  reply_count integer not null default 0,
  language text,
  tone smallint,
  primary key (thread_id, circle_id)
) with (fillfactor = 80);
create index placements_stream on placements (circle_id, sort_at desc, thread_id desc) include (language, tone);

-- The same standing once for each source the thread was seen in, so that one source's stream is one index.
create table placement_sources (
  thread_id bigint not null,
  circle_id integer not null,
  source_id bigint not null,
  sort_at timestamptz not null,
  primary key (thread_id, circle_id, source_id)
) with (fillfactor = 80);
create index placement_sources_stream on placement_sources (circle_id, source_id, sort_at desc, thread_id desc);

-- Identity, keys, times, judgement and, after a withdrawal, the tombstone. Never deleted.
create table mentions (
  id bigint generated always as identity primary key,
  -- HMAC(installation secret, namespace and external id): identity, and all that a tombstone keeps of it.
  key bytea not null unique,
  -- The id at the source, needed to ask whether it still exists; erased with the text.
  namespace text,
  external_id text,
  source_id bigint not null,
  thread_id bigint not null references threads (id),
  kind text not null,
  canonical_url text,
  published_at timestamptz not null,
  published_by text not null,
  fetched_at timestamptz not null,
  -- The earlier of the two above; a source's date decides nothing else.
  sort_at timestamptz not null,
  edited_at timestamptz,
  content_hash bytea,
  fingerprint bytea,
  language text,
  language_by text,
  tone smallint,
  sentiment_score real,
  sentiment_confidence real,
  sentiment_method text,
  rating_value real,
  rating_best real,
  -- Month of the partition that holds the text; joins to mention_texts always name it.
  text_month date not null,
  state text not null default 'live' check (state in ('live', 'withdrawn', 'erased', 'expired')),
  state_at timestamptz,
  -- Whether its own page still exists: when asked last, and how often in a row it was gone.
  checked_at timestamptz,
  gone_seen_at timestamptz,
  -- Set when a thread is opened for the first time in a day: ask soon whether the mention still exists.
  recheck_at timestamptz,
  -- Provenance (S-27): what fetched it.
  connector text not null,
  -- Counter of this row: the version of its search document.
  version bigint not null default 1
) with (fillfactor = 90);
create index mentions_thread on mentions (thread_id, sort_at, id);
create index mentions_source on mentions (source_id, id);
create index mentions_recheck on mentions (recheck_at) where recheck_at is not null;

-- Second keys against unstable ids: HMAC of an alternative identity inside the namespace.
create table mention_alt_keys (
  key bytea primary key,
  mention_id bigint not null
);

-- Further sources that delivered the same mention; the first stands on the mention itself.
create table sightings (
  mention_id bigint not null,
  source_id bigint not null,
  seen_at timestamptz not null,
  connector text not null,
  primary key (mention_id, source_id)
);
create index sightings_source on sightings (source_id);

-- What people wrote. edition 0 is the present text, 1 and up are earlier ones, the oldest first. Each row has an expiry.
create table mention_texts (
  mention_id bigint not null,
  month date not null,
  edition smallint not null default 0,
  title text,
  html text,
  text text not null,
  author_name text,
  author_handle text,
  author_url text,
  -- HMAC(installation secret, namespace and author identity): finds all of one author's texts without keeping a profile.
  author_key bytea,
  in_reply_to text,
  media jsonb,
  written_at timestamptz not null,
  expires_at timestamptz not null,
  -- Our own tokens (domain/tokens.ts) with positions; null for earlier editions.
  tok tsvector,
  inexact boolean not null default false,
  primary key (mention_id, month, edition)
) partition by range (month);
create index mention_texts_tok on mention_texts using gin (tok);
create index mention_texts_author on mention_texts (author_key) where author_key is not null;
create index mention_texts_expiry on mention_texts (expires_at);
-- Texts kept beyond their month because they were discussed move here, so that a month can be dropped whole.
create table mention_texts_kept partition of mention_texts for values from (minvalue) to ('2000-01-01');

-- Under which keys copies meet: the row decides, whichever worker comes first. A key that one source gave to several
-- mentions says nothing and joins nothing (ambiguous).
create table join_keys (
  key bytea primary key,
  thread_id bigint not null,
  mention_id bigint not null,
  source_id bigint not null,
  at timestamptz not null,
  ambiguous boolean not null default false
);
create index join_keys_mention on join_keys (mention_id);

-- Why a mention stands in its thread: every mention but the first of a thread has a row; who and which method did it.
create table joined (
  mention_id bigint not null,
  thread_id bigint not null,
  reason text not null,
  by text not null,
  version text not null,
  at timestamptz not null default now(),
  primary key (mention_id, at)
);
create table never_together (
  mention_a bigint not null,
  mention_b bigint not null,
  by text not null,
  at timestamptz not null default now(),
  primary key (mention_a, mention_b),
  check (mention_a < mention_b)
);

-- Authors who were erased: their words do not come back (HMAC as in mention_texts.author_key).
create table erased_authors (
  author_key bytea primary key,
  at timestamptz not null default now()
);

-- What changed, in commit order for those who read below the snapshot's xmin (design section 8). kind: 1 thread, 2 mention, 3 source.
create table changes (
  seq bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  kind smallint not null,
  ref bigint not null,
  at timestamptz not null default clock_timestamp(),
  primary key (xid, seq)
);
