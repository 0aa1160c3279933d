import type { ColumnType, Generated } from 'kysely';
import type { CircleKind } from '#domain/circle.ts';
import type { CircleTables } from './schema-circles.ts';
import type { InsideTables } from './schema-inside.ts';
import type { SearchTables } from './schema-search.ts';

/** The tables of storage/migrations, as Kysely sees them. bigint and integer are numbers (ids stay below 2^53), xid8 is text. */
export type Tables = {
  installation: {
    one_row: Generated<boolean>;
    secret: Buffer;
    created_at: Generated<Date>;
    organisation: string | null;
    time_zone: Generated<string>;
  };
  sources: SourcesTable;
  source_polls: SourcePollsTable;
  hosts: {
    host_key: string;
    free_at: Generated<Date>;
    holder: string | null;
    busy_until: Date | null;
    failures: Generated<number>;
    blocked_until: Date | null;
    limited_at: Date | null;
    limits: Generated<number>;
  };
  removals: { source_id: number; up_to: number; at: Generated<Date> };
  changes_horizon: { one_row: Generated<boolean>; xid: string; seq: number };
  threads: {
    id: Generated<number>;
    born: 'outside' | 'inside';
    origin_mention_id: number | null;
    title: string | null;
    mention_count: Generated<number>;
    merged_into: number | null;
    started_by: number | null;
    created_at: Generated<Date>;
    version: Generated<number>;
  };
  placements: {
    thread_id: number;
    circle_id: number;
    sort_at: Date;
    reply_count: Generated<number>;
    language: string | null;
    tone: number | null;
    news_at: Generated<Date>;
    home: Generated<boolean>;
    pinned_at: Date | null;
    closed_at: Date | null;
    closed_by: number | null;
  };
  placement_sources: { thread_id: number; circle_id: number; source_id: number; sort_at: Date };
  mentions: MentionsTable;
  mention_keys: { key: Buffer; mention_id: number | null };
  sightings: { mention_id: number; source_id: number; seen_at: Date; connector: string };
  mention_texts: MentionTextsTable;
  join_keys: {
    key: Buffer;
    thread_id: number;
    mention_id: number;
    source_id: number;
    at: Date;
    ambiguous: Generated<boolean>;
  };
  joined: { mention_id: number; thread_id: number; reason: string; by: string; version: string; at: Generated<Date> };
  never_together: { mention_a: number; mention_b: number; by: string; at: Generated<Date> };
  erased_authors: { author_key: Buffer; at: Generated<Date> };
  changes: {
    seq: Generated<number>;
    xid: Generated<string>;
    kind: number;
    ref: number;
    at: Generated<Date>;
    circle_id: number | null;
  };
} & CircleTables &
  InsideTables &
  SearchTables;

export type SourcesTable = {
  id: Generated<number>;
  connector: string;
  settings: ColumnType<Record<string, unknown>, string, string>;
  place: string;
  label: string;
  kind: Generated<string>;
  home_url: string | null;
  folder: string | null;
  keeps: Generated<'everything' | 'matched'>;
  desk: Generated<boolean>;
  /** A removed source keeps its row: what it brought still bears its name, and it is the same source when it is added again. */
  state: Generated<'active' | 'paused' | 'stopped' | 'removed'>;
  created_at: Generated<Date>;
  cursor: string | null;
  etag: string | null;
  last_modified: string | null;
  body_hash: Buffer | null;
  moved_to: string | null;
  moved_seen_at: Date | null;
  failures: Generated<number>;
  failing_since: Date | null;
  last_error: ColumnType<SourceLastError | null, string | null, string | null>;
  last_new_at: Date | null;
  /** Epoch milliseconds, newest first. */
  recent: Generated<number[]>;
  new_on: string | null;
  new_count: Generated<number>;
  version: Generated<number>;
};

export type SourcePollsTable = {
  source_id: number;
  host_key: string | null;
  /** Null: the source is not active. */
  next_poll_at: Generated<Date | null>;
  interval_seconds: Generated<number>;
  lease: string | null;
  leased_until: Date | null;
  last_polled_at: Date | null;
  last_ok_at: Date | null;
};

/** The last failure as facts (ingest/errors.ts), for the health sentence. */
export type SourceLastError = { kind: string; reason?: string; status?: number; hostname?: string; encoding?: string };

export type MentionsTable = {
  id: Generated<number>;
  namespace: string | null;
  external_id: string | null;
  source_id: number;
  thread_id: number;
  kind: string;
  canonical_url: string | null;
  published_at: Date;
  published_by: string;
  fetched_at: Date;
  sort_at: Date;
  edited_at: Date | null;
  content_hash: Buffer | null;
  fingerprint: Buffer | null;
  language: string | null;
  language_by: string | null;
  tone: number | null;
  sentiment_score: number | null;
  sentiment_confidence: number | null;
  sentiment_method: string | null;
  rating_value: number | null;
  rating_best: number | null;
  text_month: ColumnType<string, string, string>;
  state: Generated<'live' | 'withdrawn' | 'erased' | 'expired' | 'removed'>;
  state_at: Date | null;
  checked_at: Date | null;
  gone_seen_at: Date | null;
  recheck_at: Date | null;
  second_hand: Generated<boolean>;
  connector: string;
  version: Generated<number>;
};

export type MentionTextsTable = {
  mention_id: number;
  month: ColumnType<string, string, string>;
  edition: Generated<number>;
  title: string | null;
  html: string | null;
  text: string;
  author_name: string | null;
  author_handle: string | null;
  author_url: string | null;
  author_key: Buffer | null;
  in_reply_to: string | null;
  media: ColumnType<unknown, string | null, string | null>;
  written_at: Date;
  expires_at: Date;
};

/** The audience "all colleagues", in which the outside side of a thread stands; row 1 of `circles`. */
export const outsideCircle = 1;
/** The circle of all colleagues; row 2 of `circles`. */
export const everyoneCircle = 2;
/** Who answers the outside; row 3 of `circles`. The outside of a thread that only they may see stands here. */
export const deskCircle = 3;
export type { CircleKind };

/** `person`: what one person has read or follows; only they hear of it. */
export const changeKinds = {
  thread: 1,
  mention: 2,
  source: 3,
  person: 4,
  reply: 5,
  topic: 6,
  circle: 7,
  members: 8,
} as const;
/** Tone as stored: null is "unclear". */
export const toneNumbers = { negative: -1, neutral: 0, positive: 1 } as const;
