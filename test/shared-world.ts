import { sql } from 'kysely';
import { storeCircle } from '#storage/circle-opening.ts';
import type { Database } from '#storage/database.ts';
import { makeInvitation } from '#storage/invitations.ts';
import { enter } from '#storage/memberships.ts';
import { settleMentionCircles } from '#storage/mention-circles.ts';
import { remakeMentionDocuments, remakeReplyDocuments } from '#storage/search-documents.ts';
import { makeFeed } from '#storage/search-feeds.ts';
import { inDays } from './days.ts';
import { seedPerson } from './people.ts';
import { seedMention, seedSource } from './seed.ts';
import { seedInsideThread, seedReply } from './seed-inside.ts';
import { type Chance, commonWords, moment, type Shared, sentence } from './worlds.ts';

/** What all worlds have: what is said outside and inside, a closed circle with a guest, and somebody who left. */
export async function seedShared(db: Database, dice: Chance): Promise<Shared> {
  const viewers = {
    employee: await seedPerson(db, { name: 'Anna', role: 'employee' }),
    communication: await seedPerson(db, { name: 'Bram', role: 'communication' }),
    administrator: await seedPerson(db, { name: 'Chris', role: 'administrator' }),
    member: await seedPerson(db, { name: 'Dana', role: 'manager' }),
    guest: await seedPerson(db, { name: 'Gerda', relation: 'customer' }),
    alumnus: await seedPerson(db, { name: 'Alex', relation: 'alumnus' }),
    newcomer: await seedPerson(db, { name: 'Nora', role: 'employee' }),
  };
  const { employee, communication, administrator, member, guest, alumnus, newcomer } = viewers;
  const people = [employee, communication, administrator, member, newcomer];
  const others = [await seedPerson(db, { name: 'Otto' }), await seedPerson(db, { name: 'Petra' })];
  await sql`update people set own_threads_until = today() + 30 where id = ${alumnus.id}`.execute(db);
  const sources = [await seedSource(db, 'De Waardbode'), await seedSource(db, 'Forum Lindewaard', 'forum')];
  await sql`update source_polls set last_polled_at = now(), last_ok_at = now()`.execute(db);
  const shared: Shared = {
    viewers,
    desk: [communication, administrator],
    others,
    threads: [],
    mentions: [],
    replies: [],
    circles: [],
    invitations: [],
    searches: [],
    sources,
    tokens: new Map(),
    topics: [],
  };
  for (let n = 0; n < 120; n += 1) {
    const at = moment(dice);
    const { threadId, mentionId } = await seedMention(db, {
      sourceId: dice.of(sources),
      title: sentence(dice, commonWords, 4),
      text: sentence(dice, commonWords, 30),
      language: dice.of(['nl', 'nl', 'en']),
      tone: dice.of([-1, 0, 1, null]),
      authorName: dice.of([null, 'J. Jansen', 'P. de Vries']),
      publishedAt: at,
      fetchedAt: at,
    });
    shared.threads.push(threadId);
    shared.mentions.push(mentionId);
  }
  for (let n = 0; n < 20; n += 1)
    shared.threads.push(
      await seedInsideThread(db, {
        personId: dice.of(people).id,
        at: moment(dice).toISOString(),
        title: sentence(dice, commonWords, 3),
      }),
    );
  for (let n = 0; n < 80; n += 1) {
    const personId = dice.of(people).id;
    shared.replies.push(
      await seedReply(db, {
        threadId: dice.of(shared.threads),
        personId,
        at: moment(dice).toISOString(),
        text: sentence(dice, commonWords, 8),
      }),
    );
  }
  shared.circles = await openCircles(db, [member, communication], { guest, inDays });
  const [board] = shared.circles as [number];
  for (let n = 0; n < 10; n += 1) {
    const begun = { personId: member.id, at: moment(dice).toISOString(), circleId: board };
    shared.threads.push(await seedInsideThread(db, { ...begun, title: sentence(dice, commonWords, 3) }));
  }
  for (let n = 0; n < 30; n += 1) {
    const threadId = n < 15 ? dice.of(shared.threads.slice(0, 120)) : dice.of(shared.threads.slice(-10));
    const written = { threadId, at: moment(dice).toISOString(), circleId: board };
    const personId = dice.of([member, guest]).id;
    shared.replies.push(await seedReply(db, { ...written, personId, text: sentence(dice, commonWords, 6) }));
  }
  for (let n = 0; n < 6; n += 1) {
    const written = { threadId: dice.of(shared.threads.slice(0, 140)), at: moment(dice).toISOString() };
    shared.replies.push(
      await seedReply(db, { ...written, personId: alumnus.id, text: sentence(dice, commonWords, 6) }),
    );
  }
  for (const mentionId of [null, shared.mentions[0]!]) {
    const invited = { name: 'Iemand', relation: 'expert', reason: 'Weet ervan', until: inDays(60) } as const;
    const made = await db
      .transaction()
      .execute((trx) => makeInvitation(trx, { ...invited, circleId: board, mentionId, madeBy: member.id }));
    shared.invitations.push(made!.id);
  }
  for (const person of people) {
    const { id } = person;
    for (let n = 0; n < 3; n += 1)
      shared.searches.push(await keepSearch(db, id, `Vraag ${n} van ${id}`, dice.of(commonWords), n === 0));
    const token = await makeFeed(db, { searchId: shared.searches.at(-1)!, personId: id });
    shared.tokens.set(token!, person);
  }
  shared.topics.push(await makeTopic(db, 'Brug', 'brug', communication.id));
  await findTopic(db, shared.topics[0]!, shared.mentions.slice(0, 40));
  await makeDocuments(db, shared);
  await db.transaction().execute((trx) => settleMentionCircles(trx, shared.threads));
  return shared;
}

/** A closed circle with a guest, an internal one, and a closed one that is over. */
async function openCircles(
  db: Database,
  [host, deputy]: [{ id: number }, { id: number }],
  { guest, inDays }: { guest: { id: number }; inDays: (days: number) => string },
): Promise<number[]> {
  const frame = { question: 'Hoe verder?', inScope: 'Dit', outOfScope: 'Dat', result: 'Advies', houseRule: 'Rust' };
  const people = [
    { personId: host.id, role: 'host' },
    { personId: deputy.id, role: 'deputy' },
  ] as const;
  return await db.transaction().execute(async (trx) => {
    const open = (kind: 'closed' | 'internal', name: string) =>
      storeCircle(trx, { kind, name, frame: { ...frame, endsOn: inDays(90), afterEnd: 'read' }, people, by: host.id });
    const circles = [
      await open('closed', 'Klankbord'),
      await open('internal', 'Werkgroep'),
      await open('closed', 'Klaar'),
    ];
    const entering = { circle: { id: circles[0]!, kind: 'closed' }, by: host.id, until: inDays(60) } as const;
    await enter(trx, { ...entering, people: [guest.id] });
    await sql`insert into frame_acknowledgements (circle_id, person_id, version) values (${circles[0]}, ${guest.id}, 1)`.execute(
      trx,
    );
    await sql`update circles set archived_at = now(), archived_by = ${host.id}, conclusion = 'Klaar' where id = ${circles[2]}`.execute(
      trx,
    );
    return circles;
  });
}

export async function makeTopic(db: Database, name: string, query: string, ownerId: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into topics (name, kind, colour, legal_basis, owner_id, state, version)
    values (${name}, 'theme', 'blue', 'public-task', ${ownerId}, 'active', 1) returning id`.execute(db);
  const id = rows[0]!.id;
  await sql`insert into topic_versions (topic_id, version, query, made_by) values (${id}, 1, ${query}, ${ownerId})`.execute(
    db,
  );
  return id;
}

/** As if a topic had found these mentions when they came in. */
export async function findTopic(db: Database, topicId: number, mentions: readonly number[]): Promise<void> {
  await sql`insert into mention_topics (mention_id, topic_id, version, spans)
    select id, ${topicId}, 1, '{1,1}' from unnest(${mentions}::bigint[]) id`.execute(db);
  await sql`insert into placement_topics (thread_id, circle_id, topic_id, sort_at)
    select p.thread_id, p.circle_id, ${topicId}, p.sort_at from placements p join mentions m on m.thread_id = p.thread_id
    where m.id = any(${mentions}::bigint[]) on conflict do nothing`.execute(db);
}

export async function makeDocuments(
  db: Database,
  { mentions, replies }: Pick<Shared, 'mentions' | 'replies'>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await remakeMentionDocuments(trx, mentions);
    await remakeReplyDocuments(trx, replies);
  });
}

export async function keepSearch(
  db: Database,
  personId: number,
  name: string,
  query: string,
  shared: boolean,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into saved_searches (owner_id, name, query, shared) values (${personId}, ${name}, ${query}, ${shared}) returning id`.execute(
    db,
  );
  return rows[0]!.id;
}
