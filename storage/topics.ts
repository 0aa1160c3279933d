import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { LegalBasis, RunFailure, RunState, TopicColour, TopicKind, TopicState } from '#domain/topic.ts';
import { type PersonNamed, personNamed } from './badges.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';
import type { SourceFacts } from './stream-rows.ts';

export type TopicRefFacts = { id: number; name: string; kind: TopicKind; colour: TopicColour };
export type TopicFacts = TopicRefFacts & {
  purpose: string;
  legalBasis: LegalBasis | null;
  audience: 'all' | 'desk';
  state: TopicState;
  version: number;
  owner: PersonNamed | null;
  createdBy: PersonNamed | null;
  createdAt: Date;
};

const named = (person: string): RawBuilder<unknown> =>
  sql`case when ${sql.ref(`${person}.id`)} is null then null else ${personNamed(person)} end`;

const columns = sql`t.id, t.name, t.kind, t.colour, t.purpose, t.legal_basis as "legalBasis", t.audience, t.state, t.version,
  ${named('owner')} as owner, ${named('maker')} as "createdBy", t.created_at as "createdAt"
  from topics t left join people owner on owner.id = t.owner_id left join people maker on maker.id = t.created_by
  where t.state <> 'removed'`;

/** Every topic that was not removed: those that collect first, then by name. */
export async function listTopics(db: Database): Promise<TopicFacts[]> {
  const { rows } = await sql<TopicFacts>`
    select ${columns} order by t.state <> 'active', lower(t.name), t.id`.execute(db);
  return rows;
}

/** One topic, or null. */
export async function readTopic(db: Database, id: number): Promise<TopicFacts | null> {
  const { rows } = await sql<TopicFacts>`select ${columns} and t.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Topics by their ids, for whoever names them; those that were removed are left out, and those of the desk unless `desk`. */
export async function topicNames(db: Kysely<Tables>, ids: readonly number[], desk = true): Promise<TopicRefFacts[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<TopicRefFacts>`
    select id, name, kind, colour from topics where id = any(${ids}::int[]) and state <> 'removed'
      and (audience = 'all' or ${desk}::boolean)`.execute(db);
  return rows;
}

export type VersionFacts = {
  version: number;
  query: string;
  /** null: every source. Those that were removed are named still. */
  sources: SourceFacts[] | null;
  note: string | null;
  madeBy: PersonNamed | null;
  madeAt: Date;
};

/** The versions of a topic, newest first. */
export async function readVersions(db: Database, topicId: number): Promise<VersionFacts[]> {
  const { rows } = await sql<VersionFacts>`
    select v.version, v.query, v.note, v.made_at as "madeAt", ${named('p')} as "madeBy",
      case when v.sources is null then null else coalesce((
        select json_agg(json_build_object('id', s.id, 'label', s.label, 'kind', s.kind) order by lower(s.label), s.id)
        from sources s where s.id = any(v.sources)), '[]') end as sources
    from topic_versions v left join people p on p.id = v.made_by
    where v.topic_id = ${topicId} order by v.version desc`.execute(db);
  return rows;
}

export type RunFacts = {
  id: number;
  topicId: number;
  version: number;
  days: number;
  state: RunState;
  failure: RunFailure | null;
  total: number | null;
  done: number;
  added: number;
  removed: number;
  madeBy: PersonNamed | null;
  madeAt: Date;
  doneAt: Date | null;
  /** No later one came over it. */
  isLast: boolean;
};

/** The last runs of a topic, newest first. */
export async function readRuns(db: Database, topicId: number, limit = 20): Promise<RunFacts[]> {
  const { rows } = await sql<RunFacts>`
    select r.id, r.topic_id as "topicId", r.version, r.days, r.state, r.failure, r.total, r.done, r.added, r.removed, ${named('p')} as "madeBy",
      r.made_at as "madeAt", r.done_at as "doneAt",
      not exists (select from topic_runs l where l.topic_id = r.topic_id and l.id > r.id) as "isLast"
    from topic_runs r left join people p on p.id = r.made_by
    where r.topic_id = ${topicId} order by r.id desc limit ${limit}`.execute(db);
  return rows;
}

/** A standing question as it is compiled. */
export type Question = { id: number; name: string; version: number; query: string; sources: number[] | null };

/** What topics ask now, each by its version that counts: of those that collect, or of all that may be named in a query. */
export async function readQuestions(db: Kysely<Tables>, which: 'active' | 'all'): Promise<Question[]> {
  const { rows } = await sql<Question>`
    select t.id, t.name, v.version, v.query, v.sources::float8[] as sources
    from topics t join topic_versions v on v.topic_id = t.id and v.version = t.version
    where ${which === 'active' ? sql`t.state = 'active'` : sql`t.state <> 'removed'`} order by t.id`.execute(db);
  return rows;
}
