import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { createIds } from '#api/ids.ts';
import { audit } from '#storage/audit-log.ts';
import { everyoneCircle } from '#storage/schema.ts';
import { type Asked, type TestApp, testApp } from './api-app.ts';
import { inDays } from './days.ts';
import { type SeededPerson, seedPerson } from './people.ts';
import { seedMention, seedSource } from './seed.ts';
import { seedCircle, seedInsideThread, seedReply } from './seed-inside.ts';

/** A word that stands in nothing that `others` may see. */
export const secret = 'Zwijgakkoord';

/** Ids by what they are of. */
export type IdsByKind = Record<string, string>;
export type ForeignWorld = {
  api: TestApp;
  /** Wrote what the others do not see. */
  writer: SeededPerson;
  /** One of each role; the first is host of a closed circle. */
  others: SeededPerson[];
  /** In that circle from outside, and nowhere else. */
  guest: SeededPerson;
  gone: SeededPerson;
  hosted: string;
  /** An internal circle. */
  wide: string;
  /** A move that asks the first of `others`. */
  asking: string;
  /** What everybody sees, and what never was. */
  open: IdsByKind;
  never: IdsByKind;
  /** Makes what only `writer` or nobody here may see: nothing of it is there before. */
  hide: () => Promise<IdsByKind>;
};

export async function foreignWorld(): Promise<ForeignWorld> {
  const api = await testApp();
  const ids = (numbers: Record<string, number>): IdsByKind =>
    Object.fromEntries(Object.entries(numbers).map(([kind, id]) => [kind, api.ids.encode(kind as 'thread', id)]));
  const writer = await seedPerson(api.db, { name: 'Schrijver', role: 'administrator' });
  const others = await Promise.all(
    (['administrator', 'communication', 'manager', 'employee'] as const).map((role) => seedPerson(api.db, { role })),
  );
  const [first, second] = others as [SeededPerson, SeededPerson];
  const guest = await seedPerson(api.db, { name: 'Gast', relation: 'expert' });
  const gone = await seedPerson(api.db, { name: 'Vertrokken', role: 'administrator' });
  await sql`update people set deactivated_at = now() where id = ${gone.id}`.execute(api.db);
  const sourceId = await seedSource(api.db);
  const fetched = { sourceId, authorKey: Buffer.from('author'), publishedAt: new Date() };
  const { threadId, mentionId } = await seedMention(api.db, fetched);
  const at = '2026-11-21T09:00:00Z';
  const mine = await seedReply(api.db, { threadId, personId: first.id, at });
  const own = await seedCircle(api.db, 'Eigen kring');
  await sql`insert into memberships (circle_id, person_id, role, until) values (${own}, ${first.id}, 'host', null),
    (${own}, ${second.id}, 'deputy', null), (${own}, ${guest.id}, 'member', today() + 30)`.execute(api.db);
  const search = await seedSearch(first.id, true);
  const topic = await seedTopic('Onderwerp', mentionId);
  const run = await seedRun(topic);
  const deskTopic = await seedTopic('Balie', mentionId);
  await sql`update topics set audience = 'desk' where id = ${deskTopic}`.execute(api.db);
  // What they are of is there for some: see `isHiddenFrom`.
  const partly = { topic: deskTopic, run: await seedRun(deskTopic), person: gone.id, source: sourceId };
  const open = ids({
    thread: threadId,
    mention: mentionId,
    reply: mine,
    circle: everyoneCircle,
    person: second.id,
    source: sourceId,
    search,
    topic,
    run,
  });
  const asked = await seedReply(api.db, { threadId, personId: first.id, at, circleId: own });
  const asking = await seedMove(threadId, own, asked, first.id);
  const { rows } = await sql<{ id: number }>`
    insert into circles (kind, name) values ('internal', 'Weide') returning id`.execute(api.db);
  await audit(api.db, { personId: first.id, action: 'member.added', circleId: own, subjectId: second.id });
  return {
    api,
    writer,
    others,
    guest,
    gone,
    hosted: api.ids.encode('circle', own),
    wide: api.ids.encode('circle', rows[0]!.id),
    asking: api.ids.encode('move', asking),
    open,
    never: ids(Object.fromEntries(idKinds.map((kind) => [kind, 9e6]))),
    hide,
  };

  /** A move to all colleagues by `writer`, who asks somebody for a reply; answers its number. */
  async function seedMove(threadId: number, from: number, replyId: number, personId: number): Promise<number> {
    const { rows } = await sql<{ id: number }>`
      with move as (
        insert into thread_moves (thread_id, from_circle_id, to_circle_id, made_by, wider)
        values (${threadId}, ${from}, ${everyoneCircle}, ${writer.id}, true) returning id
      ) insert into thread_move_answers (move_id, reply_id, person_id, reply_version)
        select id, ${replyId}, ${personId}, 1 from move returning move_id as id`.execute(api.db);
    return rows[0]!.id;
  }

  async function seedSearch(personId: number, shared: boolean): Promise<number> {
    const { rows } = await sql<{ id: number }>`
      insert into saved_searches (owner_id, name, query, shared) values (${personId}, ${shared ? 'Brug' : secret}, 'brug', ${shared})
      returning id`.execute(api.db);
    return rows[0]!.id;
  }

  /** A topic that found a mention, in whatever circle its thread stands; answers its number. */
  async function seedTopic(name: string, mentionId: number, judged: boolean | null = null): Promise<number> {
    const { rows } = await sql<{ id: number }>`
      insert into topics (name, kind, colour, legal_basis, state, version) values (${name}, 'theme', 'teal', 'public-task', 'active', 1)
      on conflict (lower(name)) where state <> 'removed' do update set version = 1 returning id`.execute(api.db);
    const { id } = rows[0]!;
    await sql`insert into topic_versions (topic_id, version, query) values (${id}, 1, 'brug') on conflict do nothing`.execute(
      api.db,
    );
    await sql`insert into mention_topics (mention_id, topic_id, version, spans, judged, judged_at)
      values (${mentionId}, ${id}, 1, '{1,1}', ${judged}, ${judged === null ? null : new Date()})`.execute(api.db);
    await sql`insert into placement_topics (thread_id, circle_id, topic_id, sort_at)
      select p.thread_id, p.circle_id, ${id}::int, p.sort_at from placements p join mentions m on m.thread_id = p.thread_id
      where m.id = ${mentionId}`.execute(api.db);
    return id;
  }

  async function seedRun(topicId: number): Promise<number> {
    const { rows } = await sql<{ id: number }>`
      insert into topic_runs (topic_id, version, days, state) values (${topicId}, 1, 30, 'done') returning id`.execute(
      api.db,
    );
    return rows[0]!.id;
  }

  /** A conversation, a story and what was said about both in a circle that none of these people is in, and a tip of one. */
  async function hide(): Promise<IdsByKind> {
    const circle = await seedCircle(api.db, secret);
    await sql`insert into memberships (circle_id, person_id, role) values (${circle}, ${writer.id}, 'host')`.execute(
      api.db,
    );
    const at = '2026-11-22T09:00:00Z';
    const story = await seedMention(api.db, { title: secret, text: secret, language: 'en', tone: 1 });
    await sql`update placements set circle_id = ${circle} where thread_id = ${story.threadId}`.execute(api.db);
    await sql`update placement_sources set circle_id = ${circle} where thread_id = ${story.threadId}`.execute(api.db);
    await seedTopic('Onderwerp', story.mentionId, false);
    const thread = await seedInsideThread(api.db, { personId: writer.id, at, circleId: circle, title: secret });
    const reply = await seedReply(api.db, {
      threadId: thread,
      personId: writer.id,
      at,
      circleId: circle,
      text: secret,
    });
    // Under what everybody sees, too.
    await seedReply(api.db, { threadId, personId: writer.id, at, circleId: circle, text: secret });
    const { rows } = await sql<{ id: number }>`
      insert into tips (person_id, text) values (${writer.id}, ${secret}) returning id`.execute(api.db);
    const search = await seedSearch(writer.id, false);
    const made = await sql<{ id: number }>`
      insert into invitations (token_hash, circle_id, mention_id, name, relation, reason, until, made_by, expires_at)
      values (sha256('x'), ${circle}, ${mentionId}, ${secret}, 'expert', ${secret}, today() + 9, ${writer.id},
        now() + interval '1 day') returning id`.execute(api.db);
    const told = await sql<{ id: number }>`
      insert into notices (person_id, kind) values (${writer.id}, 'handed-over') returning id`.execute(api.db);
    const hidden = ids({
      ...partly,
      thread,
      mention: story.mentionId,
      reply,
      circle,
      tip: rows[0]!.id,
      search,
      invitation: made.rows[0]!.id,
      notice: told.rows[0]!.id,
      move: await seedMove(thread, circle, reply, writer.id),
    });
    return { ...hidden, story: api.ids.encode('thread', story.threadId) };
  }
}

const idKinds = [
  ...['thread', 'mention', 'reply', 'circle', 'person', 'tip', 'search', 'source', 'topic', 'run', 'invitation'],
  ...['notice', 'move'],
];

/** Ids that never were this installation's, of a kind: of another one, and of what is there under the letter of another kind. */
export function elsewhere({ open, never }: ForeignWorld, kind: string): string[] {
  const another = createIds(randomBytes(32)).encode(kind as 'thread', 1);
  return [another, `${never[kind]![0]}${open[otherKind(kind)]!.slice(1)}`];
}

/** A kind that is not this one. */
export const otherKind = (kind: string): 'person' | 'thread' => (kind === 'person' ? 'thread' : 'person');

export type Operation = { method: string; path: string; name: string; body: unknown; slots: Slot[] };
/** A place in the address for an id, in the path or a query, by what its kind is. */
export type Slot = { in: 'path' | 'query'; name: string; kind: string };
type Told = { requestBody?: unknown; parameters?: { in: string; name: string; schema?: { pattern?: string } }[] };

/** Every route of the document with every id its address takes; an id of a kind that is not known here is an error. */
export function operations({ api, never }: ForeignWorld): Operation[] {
  const slotsOf = ({ parameters = [] }: Told) =>
    parameters.flatMap(({ in: place, name, schema }): Slot[] => {
      const letter = /^\^([a-z])_/.exec(schema?.pattern ?? '')?.[1];
      if (letter === undefined || place === 'header') return [];
      const kind = Object.keys(never).find((one) => never[one]!.startsWith(`${letter}_`));
      if (!kind) throw new Error(`No id that begins with ${letter} is known here: ${name}`);
      return [{ in: place as Slot['in'], name, kind }];
    });
  return Object.entries(api.document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Told>).map(([method, told]) => ({
      method: method.toUpperCase(),
      path,
      name: `${method.toUpperCase()} ${path}`,
      body: told.requestBody,
      slots: slotsOf(told),
    })),
  );
}

/** Status, headers and words of an answer, without what is sealed anew each time. */
export const answered = ({ status, headers, text }: Asked): string => {
  const told = text.replaceAll(/"(cursor|token|audience|earlier|undo|madeAt|countedAt)": ?"[^"]*"/g, '"$1":"…"');
  return JSON.stringify([status, [...headers].filter(([name]) => name !== 'date'), told]);
};

/** An audience the person is shown. */
export async function audience(
  { api }: ForeignWorld,
  person: SeededPerson,
): Promise<{ circle: string; audience: string }> {
  const { audiences } = (await api.as(person)('GET', '/api/audiences')).json;
  return { circle: audiences[0].circle.id, audience: audiences[0].token };
}

/** Where a move comes from and goes, with who was shown to read there. */
export async function moved(
  { api, open, wide }: ForeignWorld,
  person: SeededPerson,
): Promise<{ from: string; to: string; audience: string }> {
  const { audiences } = (await api.as(person)('GET', '/api/audiences')).json;
  const heard = audiences.find((one: { circle: { id: string } }) => one.circle.id === wide);
  return { from: open.circle!, to: wide, audience: heard?.token ?? 'none' };
}

export const anInvitation = () => ({ name: 'Fatima', relation: 'expert', reason: 'Een vraag', until: inDays(30) });
