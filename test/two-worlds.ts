import { sql } from 'kysely';
import { inject } from 'vitest';
import { createApp } from '#api/app.ts';
import type { Deps } from '#api/env.ts';
import { createIds, type Seal } from '#api/ids.ts';
import { readFeed } from '#ingest/feed/read.ts';
import { prepareMentions } from '#ingest/prepare.ts';
import { parseFetchAllow, parseProxies } from '#platform/address.ts';
import { createLog } from '#platform/log.ts';
import { type Database, openDatabase } from '#storage/database.ts';
import { installationSecret } from '#storage/installation.ts';
import { createKeys } from '#storage/keys.ts';
import { remakeMentionDocuments, remakeReplyDocuments } from '#storage/search-documents.ts';
import { makeFeed } from '#storage/search-feeds.ts';
import { refreshSearchWords } from '#storage/search-words.ts';
import { administer, freshDatabase, withDatabase } from './database.ts';
import { authByHeader, personHeader, type SeededPerson, seedPerson } from './people.ts';
import { seedMention, seedSource } from './seed.ts';
import { seedAttention, seedCircle, seedInsideThread, seedReply } from './seed-inside.ts';

/** What a world has that can be asked for by number. */
export type Shared = {
  people: SeededPerson[];
  threads: number[];
  mentions: number[];
  replies: number[];
  searches: number[];
  tokens: string[];
  topics: number[];
};
/** What only the second world has. */
export type Hidden = {
  threads: number[];
  mentions: number[];
  replies: number[];
  circles: number[];
  searches: number[];
  tokens: string[];
};

export type World = {
  db: Database;
  url: string;
  /** Status, headers but the date, and every byte of the body but the moment of counting. */
  ask: (person: SeededPerson | null, path: string, headers?: Record<string, string>) => Promise<string>;
  encode: (kind: 'thread' | 'mention' | 'reply' | 'circle' | 'search' | 'source' | 'topic', id: number) => string;
  close: () => Promise<void>;
};

/** Words of both worlds, and those that stand in hidden things only. */
export const commonWords = [
  'brug',
  'sluis',
  'dicht',
  'klachten',
  'gemeente',
  'fiets',
  'verkeer',
  'omleiding',
  'wethouder',
  'bruggen',
];
export const hiddenWords = ['zwijgakkoord', 'reorganisatie', 'brugdossier', 'klachtenlek'];
export const hiddenName = 'Directieberaad';

/** Always the same numbers for one seed (mulberry32). */
export function chance(seed: number): { below: (most: number) => number; of: <T>(list: readonly T[]) => T } {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number) => Math.floor(next() * most);
  return { below, of: (list) => list[below(list.length)]! };
}

type Chance = ReturnType<typeof chance>;
const sentence = (dice: Chance, words: readonly string[], length: number) =>
  Array.from({ length }, () => dice.of(words)).join(' ');
const moment = (dice: Chance) => new Date(Date.parse('2026-11-23T12:00:00Z') - dice.below(20 * 86_400_000));

/** Two databases: one a copy of the other, and in the copy what nobody who asks may see. */
export async function twoWorlds(
  seed: number,
  searchFor: (db: Database, name: string) => Promise<{ search: Deps['search']; close: () => Promise<void> }>,
): Promise<{ plain: World; more: World; shared: Shared; hidden: Hidden; close: () => Promise<void> }> {
  const first = await freshDatabase();
  const shared = await seedShared(first.db, chance(seed));
  await first.db.destroy();
  const name = new URL(first.url.replace(/^([a-z]+):\/\/[^/?]*/, '$1://x')).pathname.slice(1);
  await administer(inject('postgresUrl'), `create database ${name}_more template ${name}`);
  const opened = [name, `${name}_more`].map((database) => {
    const url = withDatabase(inject('postgresUrl'), database);
    return { url, db: openDatabase(url, { max: 5, name: database, onError: () => undefined }).db };
  }) as [Opened, Opened];
  const hidden = await seedHidden(opened[1].db, chance(seed + 1), shared);
  for (const { db } of opened) {
    await refreshSearchWords(db);
    await sql`analyze`.execute(db);
  }
  const [plain, more] = await Promise.all(opened.map((one) => world(one, searchFor)));
  const close = async () => {
    await plain!.close();
    await more!.close();
    for (const database of [name, `${name}_more`])
      await administer(inject('postgresUrl'), `drop database if exists ${database} with (force)`);
  };
  return { plain: plain!, more: more!, shared, hidden, close };
}
type Opened = { url: string; db: Database };

/** Writes what it seals for all to read: the same in both worlds when it seals the same, and different when it does not. */
const openSeal: Seal = {
  close: (viewerKey, purpose, numbers) =>
    Buffer.from(JSON.stringify([viewerKey, purpose, numbers.map(String)])).toString('base64url'),
  open: (viewerKey, purpose, text) => {
    const said = JSON.parse(Buffer.from(text, 'base64url').toString() || 'null');
    if (!Array.isArray(said) || said[0] !== viewerKey || said[1] !== purpose) return null;
    return said[2].map(BigInt);
  },
};

async function world({ db, url }: Opened, searchFor: Parameters<typeof twoWorlds>[1]): Promise<World> {
  const secret = await installationSecret(db);
  const ids = createIds(secret);
  const { search, close } = await searchFor(db, url);
  const never = () => Promise.reject(new Error('Not here'));
  const app = createApp({
    db,
    ids,
    seal: openSeal,
    keys: createKeys(secret),
    http: { request: never },
    readFeed,
    prepare: prepareMentions,
    live: {} as Deps['live'],
    auth: authByHeader(db),
    search,
    timeZone: 'Europe/Amsterdam',
    log: createLog('silent'),
    contact: true,
    publicUrl: 'https://buitenwacht.example',
    allow: parseFetchAllow(''),
    proxies: parseProxies(''),
    version: '0.0.0',
    dashboard: null,
  });
  return {
    db,
    url,
    ask: async (person, path, headers = {}) => {
      const answer = await app.request(`https://buitenwacht.example${path}`, {
        headers: { ...(person ? { [personHeader]: String(person.id) } : {}), host: 'buitenwacht.example', ...headers },
      });
      const told = [...answer.headers]
        .filter(([header]) => header !== 'date')
        .map(([header, value]) => `${header}: ${value}`);
      // The two are asked some milliseconds apart.
      const body = (await answer.text()).replace(/"countedAt":"[^"]*"/, '"countedAt":"now"');
      return `${answer.status}\n${told.sort().join('\n')}\n\n${body}`;
    },
    encode: (kind, id) => ids.encode(kind, id),
    close: async () => {
      await close();
      await db.destroy();
    },
  };
}

async function seedShared(db: Database, dice: Chance): Promise<Shared> {
  const people = [
    await seedPerson(db, { name: 'Anna', role: 'employee' }),
    await seedPerson(db, { name: 'Bram', role: 'communication' }),
    await seedPerson(db, { name: 'Chris', role: 'administrator' }),
  ];
  const sources = [await seedSource(db, 'De Waardbode'), await seedSource(db, 'Forum Lindewaard', 'forum')];
  const shared: Shared = { people, threads: [], mentions: [], replies: [], searches: [], tokens: [], topics: [] };
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
  for (const { id } of people) {
    for (let n = 0; n < 3; n += 1)
      shared.searches.push(await keepSearch(db, id, `Vraag ${n} van ${id}`, dice.of(commonWords), n === 0));
    const token = await makeFeed(db, { searchId: shared.searches.at(-1)!, personId: id });
    shared.tokens.push(token!);
  }
  shared.topics.push(await makeTopic(db, 'Brug', 'brug', people[1]!.id));
  await findTopic(db, shared.topics[0]!, shared.mentions.slice(0, 40));
  await makeDocuments(db, shared);
  return shared;
}

/** A circle that nobody who asks is in, with stories and conversations of its own and replies under what everybody sees; and what others keep to themselves. */
async function seedHidden(db: Database, dice: Chance, { people, threads, topics }: Shared): Promise<Hidden> {
  const words = [...commonWords, ...hiddenWords, ...hiddenWords];
  const circleId = await seedCircle(db, hiddenName);
  const hidden: Hidden = { threads: [], mentions: [], replies: [], circles: [circleId], searches: [], tokens: [] };
  const by = () => dice.of(people).id;
  for (let n = 0; n < 15; n += 1) {
    const at = moment(dice).toISOString();
    hidden.threads.push(await seedInsideThread(db, { personId: by(), at, circleId, title: sentence(dice, words, 3) }));
  }
  for (let n = 0; n < 15; n += 1) {
    const at = moment(dice);
    const seeded = await seedMention(db, {
      title: sentence(dice, words, 4),
      text: sentence(dice, words, 30),
      publishedAt: at,
      fetchedAt: at,
    });
    for (const table of ['placements', 'placement_sources'])
      await sql`update ${sql.table(table)} set circle_id = ${circleId} where thread_id = ${seeded.threadId}`.execute(
        db,
      );
    hidden.threads.push(seeded.threadId);
    hidden.mentions.push(seeded.mentionId);
  }
  for (let n = 0; n < 60; n += 1) {
    const threadId = dice.of([...threads, ...hidden.threads]);
    const reply = {
      threadId,
      personId: by(),
      at: moment(dice).toISOString(),
      circleId,
      text: sentence(dice, words, 8),
    };
    hidden.replies.push(await seedReply(db, reply));
    if (n % 5 === 0)
      await seedAttention(db, { personId: by(), threadId, circleId, follows: true }).catch(() => undefined);
  }
  // Somebody who has gone since: what they kept to themselves, and what they handed in.
  const left = await seedPerson(db, { name: 'Vertrokken' });
  await sql`update people set deactivated_at = now() where id = ${left.id}`.execute(db);
  for (const name of ['Brug', 'Zwijgakkoord', hiddenName])
    hidden.searches.push(await keepSearch(db, left.id, name, 'zwijgakkoord', false));
  hidden.tokens.push((await makeFeed(db, { searchId: hidden.searches[0]!, personId: left.id }))!);
  await sql`insert into tips (person_id, text) values (${left.id}, 'zwijgakkoord')`.execute(db);
  await findTopic(db, topics[0]!, hidden.mentions);
  await makeDocuments(db, hidden);
  await sql`update search_documents set circle_id = ${circleId} where kind = 1 and ref = any(${hidden.mentions}::bigint[])`.execute(
    db,
  );
  return hidden;
}

async function makeTopic(db: Database, name: string, query: string, ownerId: number): Promise<number> {
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
async function findTopic(db: Database, topicId: number, mentions: readonly number[]): Promise<void> {
  await sql`insert into mention_topics (mention_id, topic_id, version, spans)
    select id, ${topicId}, 1, '{1,1}' from unnest(${mentions}::bigint[]) id`.execute(db);
  await sql`insert into placement_topics (thread_id, circle_id, topic_id, sort_at)
    select p.thread_id, p.circle_id, ${topicId}, p.sort_at from placements p join mentions m on m.thread_id = p.thread_id
    where m.id = any(${mentions}::bigint[]) on conflict do nothing`.execute(db);
}

async function makeDocuments(db: Database, { mentions, replies }: Pick<Shared, 'mentions' | 'replies'>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await remakeMentionDocuments(trx, mentions);
    await remakeReplyDocuments(trx, replies);
  });
}

async function keepSearch(
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
