import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { deskCircle, everyoneCircle, outsideCircle } from '#storage/schema.ts';
import { type TestApp, testApp } from './api-app.ts';
import { type Place, people, type Who } from './circle-model.ts';
import { type SeededPerson, seedPerson } from './people.ts';
import { seedMention, seedSource } from './seed.ts';
import { seedInsideThread, seedReply } from './seed-inside.ts';

const kinds = {
  anonymous: null,
  deactivated: {},
  stranger: { relation: 'customer' },
  guest: { relation: 'expert' },
  'guest-reading': { relation: 'customer' },
  'guest-gone': { relation: 'customer' },
  former: { relation: 'alumnus', role: 'administrator' },
  colleague: {},
  manager: { role: 'manager' },
  desk: { role: 'communication' },
  administrator: { role: 'administrator' },
  member: {},
  muted: {},
  host: {},
} as const satisfies Record<Who, object | null>;

const cellParts = ['circle', 'thread', 'reply', 'mention', 'move', 'invitation'] as const;
/** Ids of what stands in a place, by the name of a path's parameter. */
export type Cell = Record<`${(typeof cellParts)[number]}Id`, string>;

/** Circles that are there already. */
export const given: Partial<Record<Place, number>> = {
  outside: outsideCircle,
  'desk-outside': deskCircle,
  everyone: everyoneCircle,
  desk: deskCircle,
};
export const isStory = (place: Place) => place === 'outside' || place === 'desk-outside';

export type CircleWorld = {
  app: TestApp;
  /** By how they stand to what is asked about; null for nobody. */
  persons: Map<Who, SeededPerson | null>;
  /** Deputy of every circle. */
  second: SeededPerson;
  /** In none of them. */
  somebody: SeededPerson;
  /** Where all colleagues write: what a conversation may be moved to. */
  wide: number;
  topicId: number;
  never: Cell;
  /** Puts up what the model asks about; `isTheirs`: written by who asks. */
  stage: (who: Who, place: Place, isTheirs: boolean) => Promise<Cell>;
};

/** Somebody of every kind, and circles of every kind with something in them as they are asked for. */
export async function circleWorld(): Promise<CircleWorld> {
  const app = await testApp();
  const persons: CircleWorld['persons'] = new Map();
  const [keeper, second, somebody] = [await seedPerson(app.db), await seedPerson(app.db), await seedPerson(app.db)];
  for (const who of people) {
    const kind = kinds[who];
    persons.set(who, kind && (await seedPerson(app.db, kind)));
  }
  await sql`update people set deactivated_at = now() where id = ${persons.get('deactivated')!.id}`.execute(app.db);
  const elsewhere = await circle('closed');
  await enter(elsewhere, persons.get('stranger')!.id, { until: 30 });
  const sourceId = await seedSource(app.db);
  const wide = await circle('internal');
  const topicId = await one(sql`insert into topics (name, kind, colour, legal_basis, state, version)
    values ('Brug', 'theme', 'teal', 'public-task', 'active', 1) returning id`);
  await sql`insert into topic_versions (topic_id, version, query) values (${topicId}, 1, 'brug')`.execute(app.db);
  return { app, persons, second, somebody, wide, topicId, never: cellOf({}), stage };

  function cellOf(numbers: Partial<Record<(typeof cellParts)[number], number>>): Cell {
    return Object.fromEntries(
      cellParts.map((part) => [`${part}Id`, app.ids.encode(part, numbers[part] ?? 999_999)]),
    ) as Cell;
  }

  async function one(query: ReturnType<typeof sql<{ id: number }>>): Promise<number> {
    return (await query.execute(app.db)).rows[0]!.id;
  }

  async function circle(kind: 'internal' | 'closed' | 'public', afterEnd = 'gone'): Promise<number> {
    const id = await one(sql`insert into circles (kind, name, after_end, frame_version, ends_on)
      values (${kind}, ${randomUUID()}, ${afterEnd}, 1, today() + 30) returning id`);
    await sql`insert into circle_frames (circle_id, version, question, in_scope, out_of_scope, result, house_rule, ends_on, after_end, made_by)
      values (${id}, 1, 'Wat?', 'Dit', 'Dat', 'Een advies', 'Geen namen', today() + 30, ${afterEnd}, ${keeper.id})`.execute(
      app.db,
    );
    await enter(id, keeper.id, { role: 'host' });
    await enter(id, second.id, { role: 'deputy' });
    return id;
  }

  async function enter(
    circleId: number,
    personId: number,
    given: { role?: string; until?: number; muted?: boolean } = {},
  ) {
    const { role = 'member', until = null, muted = false } = given;
    await sql`insert into memberships (circle_id, person_id, role, until, muted_at, muted_reason)
      values (${circleId}, ${personId}, ${role}, today() + ${until}::int, ${muted ? sql`now()` : null}, ${muted ? 'rust' : null})`.execute(
      app.db,
    );
    await sql`insert into frame_acknowledgements (circle_id, person_id, version) values (${circleId}, ${personId}, 1)`.execute(
      app.db,
    );
  }

  /** Lets somebody stand to a circle as the model says. */
  async function stand(who: Who, circleId: number): Promise<void> {
    const id = persons.get(who)?.id;
    if (who === 'guest') await enter(circleId, id!, { until: 30 });
    if (who === 'guest-reading' || who === 'guest-gone') await enter(circleId, id!, { until: -1 });
    // Who left had been in, and nothing was agreed.
    if (who === 'former') await enter(circleId, id!);
    if (who === 'member' || who === 'host') await enter(circleId, id!, { role: who });
    if (who === 'muted') await enter(circleId, id!, { muted: true });
  }

  /** A conversation with a reply, a story beside it, a link and somebody who wants to move it all, where the model says. */
  async function stage(who: Who, place: Place, isTheirs: boolean): Promise<Cell> {
    let circleId = given[place];
    if (circleId === undefined) {
      const kind = place === 'internal' || place === 'public' ? place : 'closed';
      circleId = await circle(kind, who === 'guest-reading' ? 'read' : 'gone');
      await stand(who, circleId);
    }
    const story = await seedMention(app.db, { sourceId, authorKey: Buffer.from('author') });
    await sql`insert into mention_topics (mention_id, topic_id, version, spans)
      values (${story.mentionId}, ${topicId}, 1, '{}')`.execute(app.db);
    if (isStory(place)) {
      await sql`update placements set circle_id = ${circleId} where thread_id = ${story.threadId}`.execute(app.db);
      return cellOf({ circle: circleId, thread: story.threadId, mention: story.mentionId });
    }
    await sql`insert into placements (thread_id, circle_id, sort_at, news_at, language)
      values (${story.threadId}, ${circleId}, now(), now(), 'nl')`.execute(app.db);
    const at = new Date().toISOString();
    const threadId = await seedInsideThread(app.db, { personId: keeper.id, at, circleId });
    const writer = (isTheirs && persons.get(who)) || second;
    const replyId = await seedReply(app.db, { threadId, personId: writer.id, at, circleId, text: 'Dat wist ik.' });
    const moveId = await one(sql`
      insert into thread_moves (thread_id, from_circle_id, to_circle_id, made_by, wider)
      values (${threadId}, ${circleId}, ${wide}, ${keeper.id}, true) returning id`);
    await sql`insert into thread_move_answers (move_id, reply_id, person_id, reply_version)
      values (${moveId}, ${replyId}, ${writer.id}, 1)`.execute(app.db);
    const invitationId = await one(sql`
      insert into invitations (token_hash, circle_id, name, relation, reason, until, made_by, expires_at)
      values (sha256(${randomUUID()}::text::bytea), ${circleId}, 'Anouk', 'expert', 'Een vraag', today() + 30, ${keeper.id},
        now() + interval '1 day') returning id`);
    if (place === 'one-thread')
      await sql`update circles set only_thread_id = ${threadId} where id = ${circleId}`.execute(app.db);
    if (place === 'archived')
      await sql`update circles set archived_at = now(), archived_by = ${keeper.id}, conclusion = 'Klaar.'
        where id = ${circleId}`.execute(app.db);
    return cellOf({
      circle: circleId,
      thread: threadId,
      reply: replyId,
      mention: story.mentionId,
      move: moveId,
      invitation: invitationId,
    });
  }
}
