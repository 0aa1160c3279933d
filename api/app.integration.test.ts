import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorCodes } from '#domain/errors.ts';
import { type TestApp, testApp } from '#test/api-app.ts';
import { seedMention, seedSource } from '#test/seed.ts';

let it: TestApp;
beforeAll(async () => {
  it = await testApp();
});
afterAll(() => it.drop());

const english = { 'accept-language': 'en' };

test('the stream answers rows with opaque ids, and pages on with its cursor', async () => {
  const made = [];
  for (let i = 0; i < 5; i += 1)
    made.push(await seedMention(it.db, { title: `Nummer ${i}`, publishedAt: new Date(Date.UTC(2026, 10, 20, i)) }));
  const first = await it.ask('GET', '/api/stream?limit=3');
  expect(first.status).toBe(200);
  expect(first.headers.get('cache-control')).toBe('no-store');
  expect(first.json.threads.map((row: { title: string }) => row.title)).toEqual(['Nummer 4', 'Nummer 3', 'Nummer 2']);
  expect(first.json.threads[0]).toMatchObject({
    id: it.ids.encode('thread', made[4]!.threadId),
    born: 'outside',
    state: 'live',
    sentiment: { tone: 'neutral', certainty: 'sure', method: 'lexicon-1' },
    copies: 0,
  });
  const second = await it.ask('GET', `/api/stream?limit=3&cursor=${first.json.cursor}`);
  expect(second.json.threads.map((row: { title: string }) => row.title)).toEqual(['Nummer 1', 'Nummer 0']);
  expect(second.json.cursor).toBeNull();
});

test('a cursor that was changed, made up, or belongs to other filters is refused by name', async () => {
  const { json } = await it.ask('GET', '/api/stream?limit=1');
  const cursor: string = json.cursor;
  const changed = `${cursor.slice(0, 10)}${cursor[10] === 'A' ? 'B' : 'A'}${cursor.slice(11)}`;
  for (const query of [`cursor=${changed}`, 'cursor=x', 'cursor=', `cursor=${cursor}&language=en`]) {
    const refused = await it.ask('GET', `/api/stream?limit=1&${query}`);
    expect(refused.status).toBe(400);
    expect(refused.json).toMatchObject({ code: 'invalid_request', errors: [{ path: 'cursor' }] });
  }
});

test.each([
  ['limit=0', 'limit'],
  ['limit=101', 'limit'],
  ['limit=x', 'limit'],
  ['limit=1&limit=2', 'limit'],
  ['language=NEDERLANDS', 'language'],
  ['tone=boos', 'tone'],
  ['source=t_AAAAAAAAAAAAAAAAAAAAAA', 'source'],
])('the stream refuses %s and says which part, in both languages', async (query, path) => {
  const dutch = await it.ask('GET', `/api/stream?${query}`);
  const inEnglish = await it.ask('GET', `/api/stream?${query}`, undefined, english);
  for (const { status, headers, json } of [dutch, inEnglish]) {
    expect(status).toBe(400);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(json).toMatchObject({ status: 400, code: 'invalid_request', errors: [{ path }] });
  }
  expect(dutch.headers.get('content-language')).toBe('nl');
  expect(dutch.json.title).toBe('Deze aanvraag klopt niet.');
  expect(inEnglish.json.title).toBe('This request is not right.');
  expect(inEnglish.json.errors[0].message).not.toBe(dutch.json.errors[0].message);
});

test('the stream can be filtered by what its facets offer', async () => {
  const source = await seedSource(it.db, 'Aalderkrant');
  await seedMention(it.db, { sourceId: source, language: 'en', tone: null, title: 'Mist' });
  const { json } = await it.ask('GET', '/api/stream/facets');
  expect(json.languages).toContain('en');
  const offered = json.sources.find((one: { label: string }) => one.label === 'Aalderkrant');
  const found = await it.ask('GET', `/api/stream?source=${offered.id}&language=en&tone=unclear`);
  expect(found.json.threads).toMatchObject([{ title: 'Mist', source: offered, sentiment: { tone: 'unclear' } }]);
});

test('a thread tells its mentions in order, why each is there, and what they said before', async () => {
  const source = await seedSource(it.db, 'De Waardbode');
  const first = await seedMention(it.db, {
    sourceId: source,
    title: 'Brug blijft dicht',
    authorName: 'J. de Boer',
    url: 'https://krant.example/brug',
    earlier: ['De brug gaat open.'],
    media: [
      { type: 'image', url: 'https://krant.example/brug.jpg', alt: 'De brug' },
      { type: 'image', url: 'javascript:alert(1)' },
    ],
    publishedAt: new Date('2026-11-18T08:00:00Z'),
  });
  await seedMention(it.db, {
    threadId: first.threadId,
    title: 'Brug dicht',
    joined: { reason: 'url', by: 'exact' },
    publishedAt: new Date('2026-11-18T09:00:00Z'),
  });
  const gone = await seedMention(it.db, {
    threadId: first.threadId,
    state: 'withdrawn',
    publishedAt: new Date('2026-11-18T10:00:00Z'),
  });
  const other = await seedSource(it.db, 'Radio Lindewaard');
  await sql`insert into sightings values (${first.mentionId}, ${other}, now(), 'feed')`.execute(it.db);
  const id = it.ids.encode('thread', first.threadId);
  const { status, json } = await it.ask('GET', `/api/threads/${id}`);
  expect(status).toBe(200);
  expect(json).toMatchObject({ id, title: 'Brug blijft dicht', language: 'nl', mentionCount: 3 });
  expect(json.mentions[0]).toMatchObject({
    author: { name: 'J. de Boer', handle: null, url: null },
    url: 'https://krant.example/brug',
    joined: null,
    earlier: [{ text: 'De brug gaat open.' }],
    media: [{ type: 'image', url: 'https://krant.example/brug.jpg', alt: 'De brug' }],
    provenance: { connector: 'feed', seenVia: [{ label: 'De Waardbode' }, { label: 'Radio Lindewaard' }] },
  });
  expect(json.mentions[1].joined).toMatchObject({ reason: 'url', by: 'exact' });
  expect(json.mentions[2]).toMatchObject({ state: 'withdrawn', title: null, html: null, text: null, earlier: [] });
  const one = await it.ask('GET', `/api/mentions/${it.ids.encode('mention', gone.mentionId)}`);
  expect(one.json).toEqual(json.mentions[2]);
});

test('a thread of thousands answers 200 mentions, the first among them', async () => {
  const { threadId, mentionId } = await seedMention(it.db, { publishedAt: new Date('2026-11-19T08:00:00Z') });
  await sql`insert into mentions (source_id, thread_id, kind, published_at, published_by, fetched_at, sort_at, text_month, connector)
    select 1, ${threadId}, 'article', t, 'source', t, t, '2026-11-01', 'feed'
    from (select timestamptz '2026-11-01' + n * interval '1 second' t from generate_series(1, 3000) n) x`.execute(
    it.db,
  );
  const { json } = await it.ask('GET', `/api/threads/${it.ids.encode('thread', threadId)}`);
  expect(json.mentions).toHaveLength(200);
  expect(json.mentions.at(-1).id).toBe(it.ids.encode('mention', mentionId));
});

test('opening a thread asks once in a day whether its mentions still exist', async () => {
  const old = new Date(Date.now() - 3 * 86_400_000);
  const { threadId, mentionId } = await seedMention(it.db, { fetchedAt: old });
  const checked = await seedMention(it.db, { threadId, fetchedAt: old, checkedAt: new Date() });
  const young = await seedMention(it.db, { threadId });
  const asked = async () => {
    await it.ask('GET', `/api/threads/${it.ids.encode('thread', threadId)}`);
    await expect.poll(() => it.pool.waitingCount).toBe(0);
    const { rows } = await sql<{ id: number }>`select id from mentions where recheck_at is not null
      and id = any(${[mentionId, checked.mentionId, young.mentionId]})`.execute(it.db);
    return rows.map(({ id }) => id);
  };
  await asked();
  await expect.poll(asked).toEqual([mentionId]);
  await sql`update mentions set recheck_at = null, checked_at = now() where id = ${mentionId}`.execute(it.db);
  expect(await asked()).toEqual([]);
});

test('what is not there, is of another kind, or was tampered with is not found, in both languages', async () => {
  const { threadId, mentionId } = await seedMention(it.db);
  const thread = it.ids.encode('thread', threadId);
  for (const path of [
    `/api/threads/${it.ids.encode('thread', 999_999)}`,
    `/api/threads/${it.ids.encode('mention', mentionId)}`,
    `/api/threads/t_${it.ids.encode('mention', mentionId).slice(2)}`,
    `/api/threads/${thread.slice(0, 12)}${thread[12] === 'x' ? 'y' : 'x'}${thread.slice(13)}`,
    '/api/threads/1',
    `/api/threads/${'a'.repeat(5000)}`,
    `/api/mentions/${thread}`,
    '/api/mentions/m_',
    '/api/sources/s_AAAAAAAAAAAAAAAAAAAAAA',
    '/api/none',
    '/none',
  ]) {
    const { status, json } = await it.ask('GET', path);
    expect([path, status, json.code]).toEqual([path, 404, 'not_found']);
    expect(json.title).toBe('Dit is er niet.');
    expect((await it.ask('GET', path, undefined, english)).json.title).toBe('There is nothing here.');
  }
});

test('a thread that stands in another circle only does not exist here, nor do its mentions', async () => {
  const { threadId, mentionId } = await seedMention(it.db, { title: 'Besloten' });
  const { rows } = await sql<{
    id: number;
  }>`insert into circles (kind, name) values ('closed', 'x') returning id`.execute(it.db);
  await sql`update placements set circle_id = ${rows[0]!.id} where thread_id = ${threadId}`.execute(it.db);
  expect((await it.ask('GET', `/api/threads/${it.ids.encode('thread', threadId)}`)).status).toBe(404);
  expect((await it.ask('GET', `/api/mentions/${it.ids.encode('mention', mentionId)}`)).status).toBe(404);
  expect((await it.ask('GET', '/api/stream?limit=100')).text).not.toContain('Besloten');
});

test('a merged thread answers as the one it went into', async () => {
  const [from, into] = [await seedMention(it.db), await seedMention(it.db)];
  await sql`delete from placements where thread_id = ${from.threadId}`.execute(it.db);
  await sql`update threads set merged_into = ${into.threadId} where id = ${from.threadId}`.execute(it.db);
  const { json } = await it.ask('GET', `/api/threads/${it.ids.encode('thread', from.threadId)}`);
  expect(json.id).toBe(it.ids.encode('thread', into.threadId));
});

test('a wrong method is told which ones there are', async () => {
  for (const [method, path, allow] of [
    ['POST', '/api/stream', 'GET, HEAD'],
    ['PUT', '/api/sources', 'GET, HEAD, POST'],
    ['DELETE', '/api/threads/t_AAAAAAAAAAAAAAAAAAAAAA', 'GET, HEAD'],
    ['OPTIONS', '/api/opml', 'POST, GET, HEAD'],
  ] as const) {
    const { status, headers, json } = await it.ask(method, path);
    expect(status).toBe(405);
    expect(json.code).toBe('method_not_allowed');
    expect(headers.get('allow')).toBe(allow);
  }
});

test('bad JSON, no body, another kind of content and too much of it are refused as problems', async () => {
  const cases: [unknown, Record<string, string>, number, string][] = [
    ['{"address":', {}, 400, 'invalid_request'],
    [undefined, {}, 400, 'invalid_request'],
    ['address=x', { 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
    ['address=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported_media_type'],
    [{ address: 'x'.repeat(300_000) }, {}, 413, 'too_large'],
    [{ address: 'x'.repeat(2_001) }, {}, 400, 'invalid_request'],
    [{ address: ['x'] }, {}, 400, 'invalid_request'],
    [[], {}, 400, 'invalid_request'],
    ['null', {}, 400, 'invalid_request'],
  ];
  for (const [body, headers, status, code] of cases) {
    const answer = await it.ask('POST', '/api/sources/preview', body, headers);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  }
});

test('markup in an address, a parameter or a body comes back as data at most, never as a page', async () => {
  const payload = '<script>alert(1)</script>"><img src=x onerror=alert(1)>';
  const encoded = encodeURIComponent(payload);
  const answers = [
    await it.ask('GET', `/api/${encoded}`),
    await it.ask('GET', `/${encoded}`),
    await it.ask('GET', `/api/threads/${encoded}`),
    await it.ask('GET', `/api/stream?cursor=${encoded}&tone=${encoded}&${encoded}=1`),
    await it.ask('POST', '/api/sources', { connector: payload, settings: { [payload]: payload }, keeps: payload }),
    await it.ask('POST', '/api/sources', { connector: payload, settings: {}, keeps: 'everything' }),
    await it.ask('POST', '/api/opml', payload, { 'content-type': 'text/xml' }),
    await it.ask('POST', '/api/sources/preview', payload),
    await it.ask('GET', '/api/stream', undefined, { host: payload }),
  ];
  for (const { status, headers, text } of answers) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(text).not.toContain('<script>');
    expect(text).not.toContain('onerror');
  }
});

test('another site may neither change nor read', async () => {
  const cross = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
  const post = await it.ask('POST', '/api/sources', { connector: 'feed', settings: {}, keeps: 'everything' }, cross);
  expect([post.status, post.json.code]).toEqual([403, 'cross_origin']);
  expect((await it.ask('GET', '/api/stream', undefined, cross)).status).toBe(403);
  expect((await it.ask('GET', '/api/stream', undefined, { host: 'evil.example' })).json.code).toBe('unknown_host');
});

test('health says whether the process answers and whether it can serve', async () => {
  expect((await it.ask('GET', '/health/live')).json).toEqual({ status: 'live' });
  expect((await it.ask('GET', '/health/ready')).json).toEqual({ status: 'ready', search: 'ready' });
  await sql`alter table installation rename to away`.execute(it.db);
  const { status, json, headers } = await it.ask('GET', '/health/ready');
  await sql`alter table away rename to installation`.execute(it.db);
  expect([status, json.code]).toEqual([503, 'unavailable']);
  expect(headers.get('retry-after')).toBe('5');
});

test('a fault of ours is a problem without a word of what went wrong', async () => {
  await sql`alter table placements rename to away`.execute(it.db);
  const { status, json, text } = await it.ask('GET', '/api/stream', undefined, english);
  await sql`alter table away rename to placements`.execute(it.db);
  expect([status, json.code, json.title]).toEqual([500, 'internal', 'Something went wrong on our side.']);
  expect(text).not.toContain('placements');
});

test('every code has its words in both languages', async () => {
  const { sentences } = await import('./sentences.ts');
  for (const code of errorCodes)
    for (const language of ['nl', 'en'] as const)
      for (const words of Object.values(sentences[code][language])) expect(words).toMatch(/^[A-Z].*\.$/);
});
