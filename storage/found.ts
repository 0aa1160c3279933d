import { sql } from 'kysely';
import { type PersonNamed, personNamed } from './badges.ts';
import type { Database } from './database.ts';
import { type ReferenceFacts, readReferences } from './reply-references.ts';
import type { CircleFacts, SourceFacts } from './stream-rows.ts';

/** A mention that a search found, as far as a line about it goes. */
export type FoundMention = {
  id: number;
  threadId: number;
  source: SourceFacts | null;
  author: string | null;
  title: string | null;
  text: string;
  language: string | null;
  at: Date;
};
/** A reply that a search found. */
export type FoundReply = {
  id: number;
  threadId: number;
  circle: CircleFacts;
  person: PersonNamed;
  /** Of the conversation that it begins. */
  title: string | null;
  text: string;
  references: ReferenceFacts[];
  at: Date;
};

/** Words further on than this are found, and not shown. */
const mostCharacters = 100_000;

/** Of these mentions, those that have words and whose thread stands in one of the circles now, by number. */
export async function readFoundMentions(
  db: Database,
  circles: readonly number[],
  ids: readonly number[],
): Promise<Map<number, FoundMention>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<FoundMention>`
    select m.id, m.thread_id as "threadId",
      case when s.id is null then null else json_build_object('id', s.id, 'label', s.label, 'kind', s.kind) end as source,
      coalesce(x.author_name, x.author_handle) as author, x.title, left(x.text, ${sql.lit(mostCharacters)}) as text,
      m.language, m.sort_at as at
    from unnest(${ids}::bigint[]) asked (id) join mentions m on m.id = asked.id
    join mention_texts x on x.mention_id = m.id and x.month = m.text_month and x.edition = 0
    left join sources s on s.id = m.source_id
    where exists (select from placements p where p.thread_id = m.thread_id and p.circle_id = any(${circles}::int[]))`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Of these replies, those that still say something and stand in one of the circles, by number. */
export async function readFoundReplies(
  db: Database,
  circles: readonly number[],
  ids: readonly number[],
): Promise<Map<number, FoundReply>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Omit<FoundReply, 'references'>>`
    select r.id, r.thread_id as "threadId", json_build_object('id', c.id, 'kind', c.kind, 'name', c.name) as circle,
      ${personNamed('p')} as person, case when r.id = (select min(f.id) from replies f where f.thread_id = r.thread_id) then t.title end as title, r.text, r.written_at as at
    from unnest(${ids}::bigint[]) asked (id) join replies r on r.id = asked.id
    join threads t on t.id = r.thread_id
    join circles c on c.id = r.circle_id join people p on p.id = r.person_id
    where r.circle_id = any(${circles}::int[]) and r.withdrawn_at is null and r.hidden_at is null`.execute(db);
  const references = Map.groupBy(
    await readReferences(
      db,
      circles,
      rows.map(({ id }) => id),
    ),
    ({ replyId }) => replyId,
  );
  return new Map(rows.map((row) => [row.id, { ...row, references: references.get(row.id) ?? [] }]));
}
