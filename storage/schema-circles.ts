import type { ColumnType, Generated } from 'kysely';
import type { CircleKind, NoticeLevel } from '#domain/circle.ts';
import type { RelationKind } from '#domain/relation.ts';

/** A day, as YYYY-MM-DD. */
type Day = ColumnType<string, string, string>;
type DayOrNone = ColumnType<string | null, string | null, string | null>;
type Detail = ColumnType<Record<string, unknown>, string, string>;

/** The tables of circles, people's relations and what is written down of them (0005), as Kysely sees them. */
export type CircleTables = {
  circles: {
    id: Generated<number>;
    kind: CircleKind;
    name: string;
    audience_version: Generated<number>;
    created_by: number | null;
    created_at: Generated<Date>;
    only_thread_id: number | null;
    frame_version: Generated<number>;
    ends_on: DayOrNone;
    after_end: Generated<'read' | 'gone'>;
    archived_at: Date | null;
    archived_by: number | null;
    conclusion: string | null;
  };
  relations: { id: Generated<number>; person_id: number; kind: RelationKind; since: Day; until: DayOrNone };
  circle_frames: {
    circle_id: number;
    version: number;
    question: string;
    in_scope: string;
    out_of_scope: string;
    result: string;
    house_rule: string;
    ends_on: Day;
    after_end: 'read' | 'gone';
    note: string | null;
    made_by: number | null;
    made_at: Generated<Date>;
  };
  frame_acknowledgements: { circle_id: number; person_id: number; version: number; at: Generated<Date> };
  circle_states: { circle_id: number; version: number; text: string; made_by: number; made_at: Generated<Date> };
  memberships: {
    circle_id: number;
    person_id: number;
    role: Generated<'member' | 'host' | 'deputy'>;
    joined_at: Generated<Date>;
    until: DayOrNone;
    left_at: Date | null;
    added_by: number | null;
    reason: string | null;
    muted_at: Date | null;
    muted_by: number | null;
    muted_reason: string | null;
    off_boarded_at: Date | null;
    until_before: DayOrNone;
  };
  invitations: {
    id: Generated<number>;
    token_hash: Buffer;
    circle_id: number;
    mention_id: number | null;
    name: string;
    relation: RelationKind;
    reason: string;
    until: Day;
    made_by: number;
    made_at: Generated<Date>;
    expires_at: Date;
    used_at: Date | null;
    used_by: number | null;
    revoked_at: Date | null;
    revoked_by: number | null;
  };
  mention_authors: {
    circle_id: number;
    mention_id: number;
    person_id: number;
    how: 'confirmed-by-host';
    confirmed_by: number;
    at: Generated<Date>;
  };
  thread_moves: {
    id: Generated<number>;
    thread_id: number;
    from_circle_id: number;
    to_circle_id: number;
    state: Generated<'asking' | 'done' | 'cancelled'>;
    made_by: number;
    made_at: Generated<Date>;
    wider: boolean;
    title_agrees: boolean | null;
    title_audience_version: number | null;
    title_outsiders: number | null;
    done_at: Date | null;
  };
  thread_move_answers: {
    move_id: number;
    reply_id: number;
    person_id: number;
    reply_version: number;
    agrees: boolean | null;
    audience_version: number | null;
    outsiders: number | null;
    at: Date | null;
  };
  notices: {
    id: Generated<number>;
    person_id: number;
    kind: string;
    circle_id: number | null;
    thread_id: number | null;
    reply_id: number | null;
    by_person_id: number | null;
    detail: Detail;
    at: Generated<Date>;
    read_at: Date | null;
  };
  notice_levels: { person_id: number; circle_id: number; thread_id: Generated<number>; level: NoticeLevel };
  audit_log: {
    id: Generated<number>;
    at: Generated<Date>;
    person_id: number | null;
    action: string;
    circle_id: number | null;
    subject_id: number | null;
    detail: Detail;
  };
};
