import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { remakeMentionDocuments, remakeReplyDocuments } from '#storage/search-documents.ts';
import { refreshSearchWords } from '#storage/search-words.ts';
import { type TestApp, testApp } from '#test/api-app.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { type SeedMention, seedMention, seedSource } from '#test/seed.ts';
import { seedCircle, seedInsideThread, seedReply } from '#test/seed-inside.ts';

let api: TestApp;
let anna: SeededPerson;
let bode: number;
let closed: number;
beforeAll(async () => {
  api = await testApp();
  anna = await seedPerson(api.db, { name: 'Anna' });
  bode = await seedSource(api.db, 'De Waardbode');
  closed = await seedCircle(api.db, 'Directieberaad');
});
afterAll(() => api.drop());

const ask = (path: string, headers?: Record<string, string>) => api.as(anna)('GET', path, undefined, headers);
const search = (q: string, more = '') => ask(`/api/search?q=${encodeURIComponent(q)}${more}`);

async function told(seed: SeedMention): Promise<{ threadId: number; mentionId: number }> {
  const seeded = await seedMention(api.db, { sourceId: bode, ...seed });
  await api.db.transaction().execute((trx) => remakeMentionDocuments(trx, [seeded.mentionId]));
  return seeded;
}
async function replied(reply: Omit<Parameters<typeof seedReply>[1], 'personId'>): Promise<number> {
  const id = await seedReply(api.db, { personId: anna.id, ...reply });
  await api.db.transaction().execute((trx) => remakeReplyDocuments(trx, [id]));
  return id;
}

describe('searching', () => {
  test('finds what was said outside and inside, once for each thread, with the words marked where they stand', async () => {
    const { threadId, mentionId } = await told({
      title: 'Zwaluwklacht blijft dicht',
      text: 'De gemeente houdt de Zwaluwklacht dicht.',
      authorName: 'J. Jansen',
      publishedAt: new Date('2026-11-20T09:00:00Z'),
    });
    const reply = await replied({
      threadId,
      at: '2026-11-21T09:00:00Z',
      text: 'Wie weet iets over de zwaluwklachten?',
    });
    const { status, json } = await search('zwaluwklacht');
    expect(status).toBe(200);
    expect(json).toMatchObject({ total: 2, cursor: null, engine: 'postgres', fellBack: false });
    expect(json.threads).toHaveLength(1);
    const [{ thread, hits, moreHits }] = json.threads;
    expect([thread.id, thread.title, moreHits]).toEqual([
      api.ids.encode('thread', threadId),
      'Zwaluwklacht blijft dicht',
      false,
    ]);
    expect(hits.map((hit: { id: string }) => hit.id)).toEqual([
      api.ids.encode('reply', reply),
      api.ids.encode('mention', mentionId),
    ]);
    expect(hits[0]).toMatchObject({ person: { name: 'Anna' }, circle: { name: 'everyone' }, title: null });
    expect(hits[1]).toMatchObject({ author: 'J. Jansen', source: { label: 'De Waardbode' } });
    const marked = hits.map((hit: Marked) =>
      hit.highlights.map(({ part, from, to }) => `${part}: ${hit[part]!.slice(from, to)}`),
    );
    expect(marked).toEqual([['excerpt: zwaluwklachten'], ['title: Zwaluwklacht', 'excerpt: Zwaluwklacht']]);
  });
  type Marked = {
    title: string | null;
    excerpt: string;
    highlights: { part: 'title' | 'excerpt'; from: number; to: number }[];
  };

  test('pages through all there is, each thread once, and a cursor counts for its asker, question and order only', async () => {
    const expected = new Set<string>();
    for (let n = 0; n < 7; n += 1) {
      const { threadId } = await told({
        title: `Ooievaar ${n}`,
        text: 'ooievaar',
        publishedAt: new Date(Date.UTC(2026, 9, n + 1)),
      });
      if (n % 3 === 0) await replied({ threadId, at: `2026-10-2${n}T09:00:00Z`, text: 'ooievaar, zeker' });
      expected.add(api.ids.encode('thread', threadId));
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const { json } = await search('ooievaar', `&limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...json.threads.map((found: { thread: { id: string } }) => found.thread.id));
      cursor = json.cursor;
      pages += 1;
    } while (cursor !== null && pages < 20);
    expect(seen).toHaveLength(7);
    expect(new Set(seen)).toEqual(expected);
    const first = (await search('ooievaar', '&limit=2')).json.cursor;
    for (const asked of [
      await search('ooievaars', `&limit=2&cursor=${first}`),
      await search('ooievaar', `&limit=2&sort=best&cursor=${first}`),
      await api.ask('GET', `/api/search?q=ooievaar&limit=2&cursor=${first}`),
    ])
      expect([asked.status, asked.json.code]).toEqual([400, 'invalid_request']);
  });

  test('best first puts the title before the text, whatever is newer', async () => {
    await told({ title: 'Niets', text: 'een reiger', publishedAt: new Date('2026-11-21T09:00:00Z') });
    await told({ title: 'Reiger', text: 'een reiger', publishedAt: new Date('2026-11-20T09:00:00Z') });
    const titles = async (more: string) =>
      (await search('reiger', more)).json.threads.map((found: { thread: { title: string } }) => found.thread.title);
    expect(await titles('')).toEqual(['Niets', 'Reiger']);
    expect(await titles('&sort=best')).toEqual(['Reiger', 'Niets']);
  });

  test('a question that cannot be asked is refused with what is wrong and where, in the language of its asker', async () => {
    const { status, json } = await search('brug (dicht OF', '');
    expect([status, json.code]).toEqual([422, 'query_refused']);
    expect(json.query.length).toBeGreaterThan(0);
    const unknown = await ask(`/api/search?q=${encodeURIComponent('bron:waardbodde')}`, { 'accept-language': 'en' });
    expect(unknown.json.query).toEqual([
      {
        code: 'unknown_source',
        from: 0,
        to: 15,
        expected: ['De Waardbode'],
        message: expect.stringContaining('source'),
      },
    ]);
  });

  test('a circle one is not in, and a search of another, are refused as what never was', async () => {
    await sql`insert into saved_searches (owner_id, name, query) values (${api.colleague.id}, 'Geheim', 'x')`.execute(
      api.db,
    );
    const plain = (text: string) => text.replaceAll(/Directieberaad|Nergensberaad|Geheim|Nergens/g, '…');
    for (const [hidden, never] of [
      ['in:Directieberaad', 'in:Nergensberaad'],
      ['zoekvraag:Geheim', 'zoekvraag:Nergens'],
    ] as const) {
      const [one, other] = [await search(hidden), await search(never)];
      expect(one.status).toBe(422);
      expect(plain(one.text).replaceAll(/"to":\d+/g, '')).toBe(plain(other.text).replaceAll(/"to":\d+/g, ''));
    }
  });

  test('what is said in a circle one is not in is not found, not counted and not suggested', async () => {
    const at = '2026-11-22T09:00:00Z';
    const threadId = await seedInsideThread(api.db, { personId: anna.id, at, circleId: closed, title: 'Zwijgakkoord' });
    for (let n = 0; n < 4; n += 1) await replied({ threadId, at, circleId: closed, text: 'zwijgakkoord' });
    await refreshSearchWords(api.db);
    expect((await search('zwijgakkoord')).json).toMatchObject({ threads: [], total: 0 });
    expect((await ask('/api/search/facets?q=zwijgakkoord')).json).toMatchObject({ total: 0, facets: { side: [] } });
    expect((await ask('/api/search/suggest?q=zwijg')).json).toEqual({ suggestions: [], didYouMean: null });
  });
});
