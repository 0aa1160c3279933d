import type { ColumnType, Generated } from 'kysely';
import type { CaseState, NoAnswerReason } from '#domain/desk.ts';
import type { Role } from '#domain/person.ts';
import type { SourceLastError } from './schema.ts';

/** The tables of the inside (0002), as Kysely sees them. */
export type InsideTables = {
  people: {
    id: Generated<number>;
    user_id: string;
    name: string;
    role: Generated<Role>;
    language: 'nl' | 'en' | null;
    theme: 'light' | 'dark' | null;
    department: string | null;
    own_threads_until: string | null;
    inbox_read_up_to: Date | null;
    joined_at: Generated<Date>;
    deactivated_at: Date | null;
    last_seen_on: string | null;
    version: Generated<number>;
  };
  replies: {
    id: Generated<number>;
    thread_id: number;
    circle_id: number;
    person_id: number;
    text: string;
    written_at: Generated<Date>;
    edited_at: Date | null;
    withdrawn_at: Date | null;
    frame_version: Generated<number>;
    hidden_at: Date | null;
    hidden_by: number | null;
    hidden_reason: string | null;
    moved_from: number | null;
    version: Generated<number>;
  };
  reply_references: {
    reply_id: number;
    position: number;
    kind: 'person' | 'thread' | 'mention' | 'quote';
    person_id: number | null;
    thread_id: number | null;
    mention_id: number | null;
    from_char: number | null;
    to_char: number | null;
    digest: Buffer | null;
  };
  attention: {
    person_id: number;
    thread_id: number;
    circle_id: number;
    read_at: Date | null;
    follows: Generated<boolean>;
    mentioned_at: Date | null;
  };
  circle_readings: { person_id: number; circle_id: number; read_up_to: Date };
  accepted_requests: {
    person_id: number;
    key: string;
    digest: Buffer;
    kind: string;
    ref: number;
    at: Generated<Date>;
  };
  cases: {
    thread_id: number;
    state: Generated<CaseState>;
    waiting_since: Date;
    holder_id: number | null;
    taken_at: Date | null;
    closed_at: Date | null;
    closed_by: number | null;
    answer_url: string | null;
    answer_text: string | null;
    reason: NoAnswerReason | null;
    note: string | null;
    version: Generated<number>;
  };
  thread_events: {
    id: Generated<number>;
    thread_id: number;
    circle_id: number;
    kind: string;
    person_id: number | null;
    detail: ColumnType<Record<string, unknown>, string, string>;
    at: Generated<Date>;
  };
  tips: {
    id: Generated<number>;
    person_id: number;
    address: string | null;
    text: string | null;
    note: string | null;
    state: Generated<'waiting' | 'new' | 'joined' | 'known' | 'refused'>;
    error: ColumnType<SourceLastError | null, string | null, string | null>;
    mention_id: number | null;
    thread_id: number | null;
    made_at: Generated<Date>;
    done_at: Date | null;
    tries: Generated<number>;
    leased_until: Date | null;
  };
};
