import { sql } from 'kysely';
import type { TopicColour, TopicKind } from '#domain/topic.ts';
import { type PersonNamed, personNamed } from './badges.ts';
import type { Database } from './database.ts';
import { settle } from './topic-runs.ts';

/** Why a mention is in a topic, as it is stored. */
export type MatchFacts = {
  mentionId: number;
  id: number;
  name: string;
  kind: TopicKind;
  colour: TopicColour;
  version: number;
  query: string;
  isCurrent: boolean;
  at: Date;
  byRun: boolean;
  spans: number[];
  judged: boolean | null;
  judgedBy: PersonNamed | null;
  judgedAt: Date | null;
};

/** Of mentions that may be seen: the topics that found each, by name; those for the desk only where `desk`. */
export async function readMatches(db: Database, mentionIds: readonly number[], desk: boolean): Promise<MatchFacts[]> {
  const { rows } = await sql<MatchFacts>`
    select mt.mention_id as "mentionId", t.id, t.name, t.kind, t.colour, mt.version, v.query, mt.version = t.version as "isCurrent", mt.at,
      mt.run_id is not null as "byRun", mt.spans, mt.judged, mt.judged_at as "judgedAt",
      case when p.id is null then null else ${personNamed('p')} end as "judgedBy"
    from mention_topics mt
    join topics t on t.id = mt.topic_id and t.state <> 'removed'
    join topic_versions v on v.topic_id = mt.topic_id and v.version = mt.version
    left join people p on p.id = mt.judged_by
    where mt.mention_id = any(${mentionIds}::bigint[]) and (t.audience = 'all' or ${desk}::boolean) order by lower(t.name), t.id`.execute(
    db,
  );
  return rows;
}

/** Says whether a mention is about us, or takes back what was said. False: the topic did not find it. */
export async function judge(
  db: Database,
  { mentionId, topicId, about, by }: { mentionId: number; topicId: number; about: boolean | null; by: number },
): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    await sql`select from mentions where id = ${mentionId} for update`.execute(trx);
    const { rows } = await sql<{ was: boolean | null }>`
      select mt.judged as was from mention_topics mt join topics t on t.id = mt.topic_id and t.state <> 'removed'
      where mt.mention_id = ${mentionId} and mt.topic_id = ${topicId} for update of mt`.execute(trx);
    if (!rows[0]) return false;
    if (rows[0].was === about) return true;
    const isSaid = about !== null;
    await sql`
      update mention_topics set judged = ${about}::boolean, judged_by = case when ${isSaid} then ${by}::bigint end,
        judged_at = case when ${isSaid} then now() end
      where mention_id = ${mentionId} and topic_id = ${topicId}`.execute(trx);
    await settle(trx, [mentionId]);
    return true;
  });
}
