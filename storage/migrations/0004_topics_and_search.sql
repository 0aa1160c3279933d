-- One row for each mention and reply that has words: what the query language asks about (domain/search-document.ts). Written in the
-- transaction that writes the words, and gone in the one that takes them.
create table search_documents (
  -- 1 mention, 2 reply.
  kind smallint not null,
  ref bigint not null,
  thread_id bigint not null,
  -- Who may see it: circles, never persons.
  circle_id integer not null,
  -- Further circles in which the outside of its thread is read (storage/mention-circles.ts); mostly none.
  also integer[],
  sort_at timestamptz not null,
  source_id bigint,
  type text not null,
  language text,
  tone smallint,
  topics integer[] not null default '{}',
  -- Our own words with positions (those of the title have weight A); terms of fields (:lang:nl), stems (~fiets) and more without
  -- (storage/document-vector.ts). Long ones lie beside the row, as they are: each look at one would unpack it.
  words tsvector not null,
  inexact boolean not null default false,
  -- Version of the Elasticsearch document: a counter of the mention's or the reply's own row.
  version bigint not null,
  -- Without the version: a row of which only that changes is written in place, and no word is indexed anew.
  primary key (kind, ref)
) with (fillfactor = 90);
alter table search_documents alter column words set storage external;
create index search_documents_words on search_documents using gin (words);
create index search_documents_newest on search_documents (sort_at desc, kind desc, ref desc) include (circle_id, also, thread_id);
create index search_documents_thread on search_documents (thread_id);

-- Few threads are talked about: which of those found are, is read here rather than at each of them.
create index placements_discussed on placements (thread_id, circle_id) where reply_count > 0;

-- How far a search index has read the change table; one row for each index.
create table search_indexes (
  name text primary key,
  xid xid8 not null,
  seq bigint not null,
  made_at timestamptz not null default now(),
  -- While it is being made: the last document sent, and how many of how many.
  building jsonb,
  compared_at timestamptz,
  -- Of the last comparison: how many documents were missing, old or too many.
  report jsonb
);

-- A standing question about the outside.
create table topics (
  id integer generated always as identity primary key,
  name text not null,
  kind text not null check (kind in ('ourselves', 'product', 'competitor', 'theme')),
  colour text not null,
  purpose text not null default '',
  -- Why we may keep what it finds (GDPR article 6); nothing is collected without.
  legal_basis text check (legal_basis in ('public-task', 'legitimate-interest', 'consent', 'contract', 'legal-obligation', 'vital-interest')),
  owner_id bigint references people (id),
  audience text not null default 'all' check (audience in ('all', 'desk')),
  state text not null default 'draft' check (state in ('draft', 'active', 'paused', 'removed')),
  -- The version that counts; 0 while there is none.
  version integer not null default 0,
  created_by bigint references people (id),
  created_at timestamptz not null default now(),
  check (state <> 'active' or (legal_basis is not null and version > 0))
);
create unique index topics_name on topics (lower(name)) where state <> 'removed';

create table topic_versions (
  topic_id integer not null references topics (id),
  version integer not null,
  query text not null,
  -- null: all sources.
  sources bigint[],
  note text,
  made_by bigint references people (id),
  made_at timestamptz not null default now(),
  primary key (topic_id, version)
);

-- Which mentions a topic found, by which version, and with which words: pairs of positions (first, last), domain/tokens.ts.
create table mention_topics (
  mention_id bigint not null,
  -- Topics are never deleted; a reference would cost a look at each mention that comes in.
  topic_id integer not null,
  version integer not null,
  spans integer[] not null,
  at timestamptz not null default now(),
  -- The run that found it afterwards; null: when it came in.
  run_id bigint,
  -- What somebody said about it: true is "about us".
  judged boolean,
  judged_by bigint references people (id),
  judged_at timestamptz,
  primary key (mention_id, topic_id)
);
create index mention_topics_topic on mention_topics (topic_id, mention_id desc);
create index mention_topics_judged on mention_topics (topic_id, judged_at desc) where judged is not null;

-- A thread's standing once for each topic, beside its placements and in their order.
create table placement_topics (
  thread_id bigint not null,
  circle_id integer not null,
  topic_id integer not null,
  sort_at timestamptz not null,
  primary key (thread_id, circle_id, topic_id)
) with (fillfactor = 80);
create index placement_topics_stream on placement_topics (circle_id, topic_id, sort_at desc, thread_id desc);

-- A version applied to what was there already; the row is the state of the work, and of undoing it.
create table topic_runs (
  id bigint generated always as identity primary key,
  topic_id integer not null references topics (id),
  version integer not null,
  days integer not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'undoing', 'undone', 'failed')),
  total integer,
  done integer not null default 0,
  added integer not null default 0,
  removed integer not null default 0,
  -- Where it goes on: the last mention looked at.
  after_id bigint,
  made_by bigint references people (id),
  made_at timestamptz not null default now(),
  done_at timestamptz,
  -- How often in a row it broke off, and when it is tried again; meanwhile others go on.
  attempts smallint not null default 0,
  try_at timestamptz,
  -- Why it failed: what it asks cannot be asked any more, or it broke at each attempt.
  failure text check (failure in ('query', 'broke'))
);
-- What a run took away, or found anew with another version, as it was: undoing puts it back.
create table topic_run_removed (
  run_id bigint not null references topic_runs (id),
  mention_id bigint not null,
  -- Whether nothing took its place.
  gone boolean not null,
  version integer not null,
  spans integer[] not null,
  at timestamptz not null,
  by_run bigint,
  judged boolean,
  judged_by bigint,
  judged_at timestamptz,
  primary key (run_id, mention_id)
);
create index topic_run_removed_mention on topic_run_removed (mention_id);

-- What a source that keeps only what a topic matches has looked at and not kept: a keyed hash of the source, the item and its
-- words (storage/keys.ts), so that it is not worked on at each poll. An edit has another.
create table not_kept (
  key bytea primary key,
  seen_on date not null default current_date
);
create index not_kept_seen on not_kept (seen_on);

-- Questions kept: one's own, or for all colleagues.
create table saved_searches (
  id bigint generated always as identity primary key,
  owner_id bigint not null references people (id),
  name text not null,
  query text not null,
  sort text not null default 'newest' check (sort in ('newest', 'best')),
  shared boolean not null default false,
  created_at timestamptz not null default now(),
  version integer not null default 1
);
-- A query names a search: of one person two of a name would leave open which is meant.
create unique index saved_searches_name on saved_searches (owner_id, lower(name));

-- The private address of a search as a feed: only a hash of its token is kept. It sees what its person may see.
create table search_feeds (
  token_hash bytea primary key,
  search_id bigint not null references saved_searches (id) on delete cascade,
  person_id bigint not null references people (id),
  made_at timestamptz not null default now(),
  read_on date,
  unique (search_id, person_id)
);

-- Words that are used, for suggestions and "did you mean": only of what every colleague may read, and only words that stand in several
-- mentions or replies. Made anew each hour, so that words that were wiped go from here too.
create table search_words (
  word text collate "C" primary key,
  documents integer not null
);
