import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PreparedMention } from '#domain/mention.ts';
import { createLog } from '#platform/log.ts';
import { createElasticsearchEngine } from '#search/elasticsearch/engine.ts';
import type { Hit, Place, Scope, SearchEngine } from '#search/engine.ts';
import type { Plain } from '#search/plain.ts';
import { createPostgresEngine } from '#search/postgres/engine.ts';
import { actOnCase } from '#storage/case-acts.ts';
import { readDocuments } from '#storage/read-documents.ts';
import { withdraw } from '#storage/reply-writes.ts';
import { withdrawMentions } from '#storage/retention.ts';
import { everyoneCircle, outsideCircle } from '#storage/schema.ts';
import { buildIndex } from '#workers/build-index.ts';
import { anyQuery, vocabulary } from './any-query.ts';
import { aMention } from './builders.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';
import { differences, elasticsearchUrl, type FreshIndices, freshIndices } from './elasticsearch.ts';
import { aPoll, saved } from './saving.ts';
import { type SearchWorld, searchWorld } from './search-world.ts';
import { seedSource } from './seed.ts';
import { seedCircle } from './seed-inside.ts';

/** One world, written as the product writes it, and the same questions to every engine there is. */
const seed = 20_261_123;
const questions = process.env.FULL ? 3_000 : 150;
/** Later than anything is said: what is nearly as old scores the same in single precision, and then the newest is first. */
const now = Date.now() + 3_600_000;

describe('search engines', () => {
  let fresh: FreshDatabase;
  let indices: FreshIndices | null = null;
  const engines: SearchEngine[] = [];
  let scopes: Scope[] = [];

  beforeAll(async () => {
    fresh = await freshDatabase();
    const { db } = fresh;
    const closedCircle = await seedCircle(db, 'Juristen');
    const all = [outsideCircle, everyoneCircle, closedCircle];
    scopes = [[outsideCircle], [outsideCircle, everyoneCircle], all, [closedCircle], []].map((circles) => ({
      circles,
    }));
    const world = await searchWorld(db);
    await sql`insert into memberships (circle_id, person_id) values (${closedCircle}, ${world.person.id})`.execute(db);
    await fill(world, closedCircle);
    engines.push(
      createPostgresEngine(
        db,
        (refs) => readDocuments(db, refs),
        () => now,
      ),
    );
    if (!elasticsearchUrl) return;
    indices = freshIndices();
    const { client, prefix } = indices;
    await buildIndex({ db, client, prefix, log: createLog('silent') });
    expect(await differences(db, client, prefix)).toEqual([]);
    engines.push(createElasticsearchEngine({ client, prefix, now: () => now }));
  });
  afterAll(async () => {
    await indices?.drop();
    await fresh?.drop();
  });

  const fixed: Plain[] = [
    { kind: 'all' },
    { kind: 'status', status: 'open' },
    { kind: 'status', status: 'taken' },
    { kind: 'status', status: 'discussed' },
    { kind: 'not', of: { kind: 'status', status: 'discussed' } },
    { kind: 'topic', id: 1 },
    { kind: 'term', term: 'has:title' },
    { kind: 'phrase', words: [word('brug'), word('sluis')] },
    { kind: 'near', first: word('a'), second: word('a'), most: 0, ordered: false },
    { kind: 'near', first: word('brug', true), second: word('brug'), most: 2, ordered: false },
    { kind: 'phrase', words: [word('de'), word('kl', true)] },
  ];
  const asked = () => [...fixed, ...fc.sample(anyQuery, { seed, numRuns: questions })];

  test('the world has something of everything', async () => {
    const { total, facets } = await engines[0]!.facets({ kind: 'all' }, scopes[2]!);
    expect(total).toBeGreaterThan(150);
    for (const [name, values] of Object.entries(facets)) expect(values.length, name).toBeGreaterThan(1);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from search_documents where inexact`.execute(
      fresh.db,
    );
    expect(rows[0]!.n).toBeGreaterThan(0);
  });

  test('nobody finds what stands in a circle of others', async () => {
    for (const engine of engines) {
      for (const scope of scopes) {
        const hits = await engine.newest({ kind: 'all' }, scope, null, 1_000);
        // What was said outside is found wherever its thread is talked about.
        const said = hits.filter(({ kind }) => kind === 'reply').map(({ circleId }) => circleId);
        expect([...new Set(said)].sort(), engine.name).toEqual(scope.circles.filter((id) => id !== outsideCircle));
        expect(hits.length > said.length, engine.name).toBe(scope.circles.some((id) => id !== everyoneCircle));
        const { facets } = await engine.facets({ kind: 'all' }, scope);
        expect(facets.circle.map(({ value }) => Number(value)).sort(), engine.name).toEqual([...scope.circles]);
      }
    }
  });

  describe.skipIf(!elasticsearchUrl)('PostgreSQL and Elasticsearch (needs ELASTICSEARCH_URL)', () => {
    const both = async <Answer>(question: (engine: SearchEngine) => Promise<Answer>) => {
      const [ours, theirs] = await Promise.all(engines.map(question));
      return { ours: ours!, theirs: theirs! };
    };

    test(`find the same, in the same order, page by page (seed ${seed})`, async () => {
      let hitCount = 0;
      for (const query of asked()) {
        for (const scope of scopes.slice(0, 4)) {
          const { ours, theirs } = await both((engine) => everything(engine, query, scope));
          expect(theirs, `${JSON.stringify(query)} in ${scope.circles}`).toEqual(ours);
          hitCount += ours.length;
        }
      }
      expect(hitCount).toBeGreaterThan(1_000);
    });

    test('count the same', async () => {
      for (const query of asked().slice(0, 60)) {
        for (const scope of scopes.slice(0, 4)) {
          const { ours, theirs } = await both((engine) => engine.facets(query, scope));
          expect(theirs, `${JSON.stringify(query)} in ${scope.circles}`).toEqual(ours);
        }
      }
    });

    test('put the same forward, best first', async () => {
      for (const query of asked().slice(0, 60)) {
        const { ours, theirs } = await both((engine) => engine.best(query, scopes[1]!, 30));
        expect(theirs, JSON.stringify(query)).toEqual(ours);
      }
    });

    test('know the same threads of an earlier page', async () => {
      for (const query of asked().slice(0, 60)) {
        const hits = await engines[0]!.newest(query, scopes[1]!, null, 400);
        const above = hits[Math.floor(hits.length / 2)];
        if (!above) continue;
        const threadIds = [...new Set(hits.map(({ threadId }) => threadId))];
        const { ours, theirs } = await both((engine) => engine.seenBefore(query, scopes[1]!, threadIds, above));
        expect(theirs.sort(byNumber), JSON.stringify(query)).toEqual(ours.sort(byNumber));
      }
    });
  });
});

function word(text: string, prefix = false) {
  return { text, prefix };
}
const byNumber = (a: number, b: number) => a - b;

/** All of an answer, in pages. */
async function everything(engine: SearchEngine, query: Plain, scope: Scope): Promise<Hit[]> {
  const hits: Hit[] = [];
  for (let after: Place | null = null; ; after = hits.at(-1)!) {
    const page = await engine.newest(query, scope, after, 90);
    hits.push(...page);
    if (page.length < 90) return hits;
  }
}

/** Mentions of two sources, some waiting at the desk, some with a topic, edited, withdrawn or too long; replies in two circles. */
async function fill(world: SearchWorld, closedCircle: number): Promise<void> {
  const { db, keys } = world;
  const deskId = await seedSource(db, 'Klachtenlijn', 'review');
  await sql`update sources set desk = true where id = ${deskId}`.execute(db);
  await sql`
    insert into topics (name, kind, colour, version, state, legal_basis)
    select name, 'theme', 'blue', 1, 'active', 'public-task' from unnest(array['a', 'b', 'c']) name`.execute(db);
  const given = fc.sample(anyMention, { seed, numRuns: 140 }).map((one) => aMention(one));
  given.push(aMention({ title: 'de klacht', text: `${'de '.repeat(300)}brug sluis ${'a '.repeat(16_100)}brug sluis` }));
  for (const [index, sourceId] of [world.sourceId, deskId].entries()) {
    const theirs = given.filter((_, at) => at % 2 === index);
    const arrivals = aPoll(keys, sourceId, theirs).arrivals.map((arrival, at) => ({
      ...arrival,
      topics: at % 5 === 0 ? [{ topicId: 1 + (at % 3), version: 1, spans: [1, 1] }] : [],
    }));
    await saved(db, keys, sourceId, theirs, { arrivals });
  }
  const { rows: mentions } = await sql<{ id: number; threadId: number; externalId: string }>`
    select id, thread_id as "threadId", external_id as "externalId" from mentions order by id`.execute(db);
  const texts = fc.sample(anyText, { seed, numRuns: 60 });
  for (const [index, text] of texts.entries()) {
    const circleId = index % 3 === 0 ? closedCircle : everyoneCircle;
    const replyId = await world.reply(mentions[(index * 7) % 90]!.threadId, circleId, text || 'a');
    if (index % 11 === 0) await withdraw(db, replyId);
  }
  const reader = { personId: world.person.id, circles: [outsideCircle, everyoneCircle] };
  for (const { threadId } of mentions.slice(80, 90)) {
    await actOnCase(db, reader, threadId, { action: 'take', version: 1 });
    await actOnCase(db, reader, threadId, { action: 'take', version: 0 });
  }
  const edited = given[4]!;
  await saved(db, keys, world.sourceId, [
    { ...edited, text: 'brug over het sluis', fingerprint: Buffer.alloc(16, 9), contentHash: Buffer.alloc(32, 9) },
  ]);
  await withdrawMentions(db, [mentions[10]!.id, mentions[11]!.id]);
}

const anyText = fc.array(fc.constantFrom(...vocabulary), { maxLength: 30 }).map((words) => words.join(' '));
const anyMention: fc.Arbitrary<Partial<PreparedMention>> = fc.record({
  title: fc.option(
    fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')),
  ),
  text: anyText,
  kind: fc.constantFrom('article', 'review'),
  language: fc.constantFrom('nl', 'en', null),
  author: fc.option(fc.constant({ name: 'P. Jansen', handle: null, url: null, id: null })),
  rating: fc.option(fc.constant({ value: 2, best: 5 })),
  sentiment: fc.constantFrom('negative', 'neutral', 'positive', 'unclear').map((tone) => ({
    score: 0,
    confidence: 0.5,
    tone,
    method: 'test-1',
  })),
  publishedAt: fc.constantFrom(0, 1, 2, 3, 4, 5).map((more) => new Date(1_700_000_000_000 + more * more * 1_000_000)),
}) as fc.Arbitrary<Partial<PreparedMention>>;
