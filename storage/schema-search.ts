import type { ColumnType, Generated } from 'kysely';

type Numbers = ColumnType<number[], number[] | string, number[] | string>;

/** The tables of topics and search (0004), as Kysely sees them. */
export type SearchTables = {
  search_documents: {
    kind: number;
    ref: number;
    thread_id: number;
    circle_id: number;
    sort_at: Date;
    source_id: number | null;
    type: string;
    language: string | null;
    tone: number | null;
    topics: Generated<number[]>;
    words: string;
    inexact: Generated<boolean>;
    version: number;
  };
  search_indexes: {
    name: string;
    xid: string;
    seq: number;
    made_at: Generated<Date>;
    building: unknown;
    compared_at: Date | null;
    report: unknown;
  };
  topics: {
    id: Generated<number>;
    name: string;
    kind: 'ourselves' | 'product' | 'competitor' | 'theme';
    colour: string;
    purpose: Generated<string>;
    legal_basis: string | null;
    owner_id: number | null;
    audience: Generated<'all' | 'desk'>;
    homes_after: number | null;
    state: Generated<'draft' | 'active' | 'paused' | 'removed'>;
    version: Generated<number>;
    created_by: number | null;
    created_at: Generated<Date>;
  };
  topic_versions: {
    topic_id: number;
    version: number;
    query: string;
    sources: Numbers | null;
    note: string | null;
    made_by: number | null;
    made_at: Generated<Date>;
  };
  mention_topics: {
    mention_id: number;
    topic_id: number;
    version: number;
    spans: Numbers;
    at: Generated<Date>;
    run_id: number | null;
    judged: boolean | null;
    judged_by: number | null;
    judged_at: Date | null;
  };
  placement_topics: { thread_id: number; circle_id: number; topic_id: number; sort_at: Date };
  topic_runs: {
    id: Generated<number>;
    topic_id: number;
    version: number;
    days: number;
    state: Generated<'waiting' | 'running' | 'done' | 'undoing' | 'undone' | 'failed'>;
    total: number | null;
    done: Generated<number>;
    added: Generated<number>;
    removed: Generated<number>;
    after_id: number | null;
    made_by: number | null;
    made_at: Generated<Date>;
    done_at: Date | null;
    attempts: Generated<number>;
    try_at: Date | null;
    failure: 'query' | 'broke' | null;
  };
  topic_run_removed: {
    run_id: number;
    mention_id: number;
    gone: boolean;
    version: number;
    spans: Numbers;
    at: Date;
    by_run: number | null;
    judged: boolean | null;
    judged_by: number | null;
    judged_at: Date | null;
  };
  not_kept: { key: Buffer; seen_on: Generated<Date> };
  saved_searches: {
    id: Generated<number>;
    owner_id: number;
    name: string;
    query: string;
    sort: Generated<'newest' | 'best'>;
    shared: Generated<boolean>;
    created_at: Generated<Date>;
    version: Generated<number>;
  };
  search_feeds: {
    token_hash: Buffer;
    search_id: number;
    person_id: number;
    made_at: Generated<Date>;
    read_on: string | null;
  };
};
