import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { settleHomes } from '#storage/homes.ts';
import { makeFeed } from '#storage/search-feeds.ts';
import { aFrame } from './circles.ts';
import { inDays } from './days.ts';
import { type SeededPerson, seedPerson } from './people.ts';
import { seedMention, seedSource } from './seed.ts';
import { seedAttention, seedInsideThread, seedReply } from './seed-inside.ts';
import { findTopic, keepSearch, makeDocuments, makeTopic } from './shared-world.ts';
import {
  type Chance,
  commonWords,
  type Hidden,
  hiddenName,
  hiddenWords,
  moment,
  type Shared,
  sentence,
  type World,
} from './worlds.ts';

const words = [...commonWords, ...hiddenWords, ...hiddenWords];

type Act = (person: SeededPerson, method: string, path: string, body?: object) => ReturnType<typeof answer>;
// biome-ignore lint/suspicious/noExplicitAny: whatever came
async function answer(world: World, ...[person, method, path, body]: Parameters<Act>): Promise<any> {
  const headers = { 'idempotency-key': randomUUID() };
  const told = await world.ask(person, { method, path, headers, ...(body ? { body } : {}) });
  if (!told.startsWith('2')) throw new Error(`${method} ${path}: ${told}`);
  const text = told.slice(told.indexOf('\n\n') + 2);
  return text === '' ? undefined : JSON.parse(text);
}

/**
 * Circles that nobody who asks is in, as people make them: with frames, invitations, a guest, talk of their own and about what everybody sees;
 * and what others keep to themselves.
 */
export async function hideCircles(world: World, dice: Chance, shared: Shared): Promise<Hidden> {
  const { db, encode } = world;
  const [otto, petra] = shared.others as [SeededPerson, SeededPerson];
  const { employee, communication, guest, alumnus } = shared.viewers;
  const act: Act = (...asked) => answer(world, ...asked);
  const hanna = await seedPerson(db, { name: 'Hanna', relation: 'expert' });
  const circles = [hiddenName, 'Brug'].map(async (name) => {
    const [hosts, deputies] = [[otto], [petra]].map((people) => people.map(({ id }) => encode('person', id)));
    const members = [encode('person', employee.id), encode('person', communication.id)];
    const made = await act(otto, 'POST', '/api/circles', {
      kind: 'closed',
      name,
      frame: aFrame,
      hosts,
      deputies,
      members,
    });
    return made.id as string;
  });
  const [circle, over] = (await Promise.all(circles)) as [string, string];
  const circleId = world.ids.decode('circle', circle)!;
  const hidden: Hidden = {
    circles: [circleId, world.ids.decode('circle', over)!],
    threads: [],
    mentions: [],
    replies: [],
    invitations: [],
    searches: [],
    tokens: [],
    topics: [],
  };
  await act(petra, 'POST', `/api/circles/${circle}/frame/acknowledge`, { version: 1 });
  const audienceOf = async (person: SeededPerson) => {
    const { audiences } = await act(person, 'GET', '/api/audiences');
    const { token } = audiences.find((one: { circle: { id: string } }) => one.circle.id === circle);
    return { circle, audience: token };
  };
  const say = async (person: SeededPerson, thread: string, references: object[] = []) => {
    const text = `${sentence(dice, words, 6)}${references.map(() => ' \uFFFC').join('')}`;
    const told = await act(person, 'POST', `/api/threads/${thread}/replies`, {
      ...(await audienceOf(person)),
      text,
      references,
    });
    hidden.replies.push(world.ids.decode('reply', told.id)!);
    return told.id as string;
  };
  const begin = async (person: SeededPerson) => {
    const said = { title: sentence(dice, words, 3), text: sentence(dice, words, 6) };
    const { id } = await act(person, 'POST', '/api/threads', { ...(await audienceOf(person)), ...said });
    hidden.threads.push(world.ids.decode('thread', id)!);
    return id as string;
  };
  // Stories that everybody sees, talked about and placed here: nothing of it shows on them.
  for (let n = 0; n < 12; n += 1) {
    const thread = encode('thread', shared.threads[dice.below(120)]!);
    if (n % 2) await act(otto, 'PUT', `/api/circles/${circle}/threads/${thread}`, {});
    else await say(dice.of([otto, petra]), thread);
    if (n % 4 === 0) await act(otto, 'PUT', `/api/circles/${circle}/threads/${thread}`, { pinned: true });
    await act(petra, 'PUT', `/api/threads/${thread}/attention`, { follows: true });
  }
  const begun = await begin(otto);
  await begin(petra);
  const named = [
    { kind: 'thread', id: encode('thread', shared.threads[0]!) },
    { kind: 'mention', id: encode('mention', shared.mentions[1]!) },
    { kind: 'person', id: encode('person', employee.id) },
  ];
  await say(otto, begun, named);
  await act(petra, 'POST', `/api/replies/${await say(petra, begun)}/hide`, { reason: 'Een naam.' });
  await act(otto, 'PUT', `/api/circles/${circle}/state`, { after: 0, text: sentence(dice, words, 9) });
  await act(otto, 'PUT', `/api/circles/${circle}/frame`, { after: 1, ...aFrame, question: sentence(dice, words, 5) });
  await invite();
  // Who was in it and is not any more is told no more than who never was.
  for (const { id } of [employee, communication])
    for (const one of [circle, over]) await act(otto, 'DELETE', `/api/circles/${one}/members/${encode('person', id)}`);
  await remember();
  await seedMore();
  await act(otto, 'POST', `/api/circles/${over}/archive`, { conclusion: sentence(dice, words, 5) });
  return hidden;

  /** A link that waits, one that was used, and the author of what everybody sees, let into a circle about that alone. */
  async function invite(): Promise<void> {
    const given = { name: 'Hanna', relation: 'expert', reason: 'Weet ervan', until: inDays(40) };
    const mention = encode('mention', shared.mentions[0]!);
    const into = { kind: 'circle', id: circle };
    const frame = { inScope: 'Dit', outOfScope: 'Dat', result: 'Advies', houseRule: 'Rust' };
    const alone = { kind: 'thread', deputy: encode('person', petra.id), question: hiddenName, ...frame };
    for (const [path, body] of [
      [`/api/circles/${circle}/invitations`, given],
      [`/api/mentions/${mention}/invitations`, { ...given, into }],
      [`/api/mentions/${mention}/invitations`, { ...given, into: alone }],
    ] as const) {
      const { invitation } = await act(otto, 'POST', path, body);
      hidden.invitations.push(world.ids.decode('invitation', invitation.id)!);
    }
    const { link } = await act(otto, 'POST', `/api/mentions/${mention}/invitations`, { ...given, into });
    await sql`update invitations set used_at = now(), used_by = ${hanna.id}
      where token_hash = sha256(${new URL(link.url).pathname.split('/').at(-1)}::text::bytea)`.execute(db);
    await sql`insert into memberships (circle_id, person_id, until) values (${circleId}, ${hanna.id}, today() + 30)`.execute(
      db,
    );
    await act(otto, 'POST', `/api/circles/${circle}/authors`, { mention, person: encode('person', hanna.id) });
    for (const person of [otto, petra, hanna])
      await act(person, 'POST', `/api/circles/${circle}/frame/acknowledge`, { version: 2 });
    await say(hanna, encode('thread', shared.threads[0]!));
  }

  /** What is kept of those who ask, from when they were in: marks, levels, news, their own words, a guest's last day that is over. */
  async function remember(): Promise<void> {
    const was = [employee, communication, shared.viewers.administrator, shared.viewers.member];
    const threadId = hidden.threads[1]!;
    for (const { id } of [...was, shared.viewers.newcomer])
      await seedAttention(db, { personId: id, threadId, circleId, follows: true, mentionedAt: '2026-11-20T09:00:00Z' });
    for (const { id } of was) {
      await sql`insert into notice_levels (person_id, circle_id, level) values (${id}, ${circleId}, 'all')`.execute(db);
      await sql`insert into notices (person_id, kind, circle_id, thread_id, by_person_id, detail)
        values (${id}, 'frame', ${circleId}, null, ${otto.id}, '{}'), (${id}, 'hidden', ${circleId}, ${threadId}, ${otto.id}, '{"reason":"x"}')`.execute(
        db,
      );
      for (let n = 0; n < 4; n += 1) {
        const at = moment(dice).toISOString();
        const text = sentence(dice, words, 6);
        const under = dice.of([...shared.threads.slice(0, 120), ...hidden.threads]);
        hidden.replies.push(await seedReply(db, { threadId: under, personId: id, at, circleId, text }));
      }
    }
    for (const { id } of [guest, alumnus])
      await sql`insert into memberships (circle_id, person_id, until) values (${circleId}, ${id}, today() - 1)`.execute(
        db,
      );
  }

  /** Stories that stand here alone, and somebody who has gone since: what they kept to themselves, and what they handed in. */
  async function seedMore(): Promise<void> {
    // What is brought from outside stands before the desk at least: these were brought by nothing that is followed.
    const sourceId = await seedSource(db, hiddenName);
    await sql`update sources set state = 'removed' where id = ${sourceId}`.execute(db);
    for (let n = 0; n < 15; n += 1) {
      const at = moment(dice);
      const begins = { personId: otto.id, at: at.toISOString(), circleId, title: sentence(dice, words, 3) };
      hidden.threads.push(await seedInsideThread(db, begins));
      const said = { title: sentence(dice, words, 4), text: sentence(dice, words, 30), publishedAt: at, fetchedAt: at };
      const seeded = await seedMention(db, { ...said, sourceId });
      for (const table of ['placements', 'placement_sources'])
        await sql`update ${sql.table(table)} set circle_id = ${circleId} where thread_id = ${seeded.threadId}`.execute(
          db,
        );
      hidden.threads.push(seeded.threadId);
      hidden.mentions.push(seeded.mentionId);
    }
    const left = await seedPerson(db, { name: 'Vertrokken' });
    await sql`update people set deactivated_at = now() where id = ${left.id}`.execute(db);
    for (const name of ['Brug', 'Zwijgakkoord', hiddenName])
      hidden.searches.push(await keepSearch(db, left.id, name, 'zwijgakkoord', false));
    hidden.tokens.push((await makeFeed(db, { searchId: hidden.searches[0]!, personId: left.id }))!);
    await sql`insert into tips (person_id, text) values (${left.id}, 'zwijgakkoord')`.execute(db);
    await findTopic(db, shared.topics[0]!, hidden.mentions);
    await makeDocuments(db, { mentions: hidden.mentions, replies: hidden.replies });
    await sql`update search_documents set circle_id = ${circleId} where kind = 1 and ref = any(${hidden.mentions}::bigint[])`.execute(
      db,
    );
  }
}

/** Stories found by a topic that is for the desk only, on the desk, and what the desk says among itself; adds their numbers to `hidden`. */
export async function hideDesk(world: World, dice: Chance, shared: Shared, hidden: Hidden): Promise<void> {
  const { db, encode } = world;
  const { communication } = shared.viewers;
  const topic = await makeTopic(db, hiddenName, 'zwijgakkoord bron:"De Waardbode"', communication.id);
  await sql`update topics set audience = 'desk' where id = ${topic}`.execute(db);
  hidden.topics.push(topic);
  const stories: { threadId: number; mentionId: number }[] = [];
  for (let n = 0; n < 15; n += 1) {
    const at = moment(dice);
    const said = { title: sentence(dice, words, 4), text: sentence(dice, words, 30), publishedAt: at, fetchedAt: at };
    stories.push(await seedMention(db, { ...said, sourceId: dice.of(shared.sources), tone: dice.of([-1, 0, 1]) }));
  }
  const [threads, mentions] = [stories.map(({ threadId }) => threadId), stories.map(({ mentionId }) => mentionId)];
  // As their polls left the sources.
  await sql`update sources set recent = array[${Date.now() - 60_000}]::bigint[] || recent, last_new_at = now(), new_on = today(), new_count = 7`.execute(
    db,
  );
  await sql`update source_polls set interval_seconds = 450, next_poll_at = now() + interval '7 minutes'`.execute(db);
  await findTopic(db, topic, mentions);
  await makeDocuments(db, { mentions, replies: [] });
  await db.transaction().execute((trx) => settleHomes(trx, threads));
  hidden.threads.push(...threads);
  hidden.mentions.push(...mentions);
  await answer(world, communication, 'POST', `/api/threads/${encode('thread', threads[0]!)}/case/take`, { version: 0 });
  const { audiences } = await answer(world, communication, 'GET', '/api/audiences');
  const desk = audiences.find((one: { circle: { kind: string } }) => one.circle.kind === 'desk');
  for (const threadId of [...threads.slice(0, 5), ...shared.threads.slice(0, 5)]) {
    const said = { circle: desk.circle.id, audience: desk.token, text: sentence(dice, words, 6) };
    const told = await answer(world, communication, 'POST', `/api/threads/${encode('thread', threadId)}/replies`, said);
    hidden.replies.push(world.ids.decode('reply', told.id)!);
  }
}
