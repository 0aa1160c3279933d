import { randomUUID } from 'node:crypto';
import { load } from 'cheerio';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { remakeMentionDocuments, remakeReplyDocuments } from '#storage/search-documents.ts';
import { type Asked, type TestApp, testApp } from '#test/api-app.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { seedMention } from '#test/seed.ts';
import { seedCircle, seedReply } from '#test/seed-inside.ts';

let api: TestApp;
let anna: SeededPerson;
let bram: SeededPerson;
const origin = 'https://bw.example';
beforeAll(async () => {
  api = await testApp(undefined, origin);
  anna = await seedPerson(api.db, { name: 'Anna' });
  bram = await seedPerson(api.db, { name: 'Bram', role: 'administrator' });
});
afterAll(() => api.drop());

const keep = (person: SeededPerson, more: object = {}, key = randomUUID()): Promise<Asked> =>
  api.as(person)('POST', '/api/searches', { name: 'Brug', query: 'brug', ...more }, { 'idempotency-key': key });
const named = async (person: SeededPerson) =>
  (await api.as(person)('GET', '/api/searches')).json.searches.map((one: { name: string }) => one.name);

describe('a search that is kept', () => {
  test('is one’s own until it is shared; then all colleagues have it, and only its owner changes it', async () => {
    const { status, json } = await keep(anna, { name: 'Sluis en brug', query: 'brug (sluis OF kade)', sort: 'best' });
    expect([status, json.own, json.shared, json.sort, json.owner.name]).toEqual([201, true, false, 'best', 'Anna']);
    const path = `/api/searches/${json.id}`;
    expect((await api.as(bram)('GET', path)).status).toBe(404);
    expect(await named(bram)).toEqual([]);
    expect((await api.as(anna)('PATCH', path, { shared: true, version: 1 })).json).toMatchObject({
      shared: true,
      version: 2,
    });
    expect((await api.as(bram)('GET', path)).json).toMatchObject({ own: false, query: 'brug (sluis OF kade)' });
    // A colleague who reads English reads it as they would write it.
    const inEnglish = await api.as(bram)('GET', path, undefined, { 'accept-language': 'en' });
    expect(inEnglish.json.query).toBe('brug (sluis OR kade)');
    for (const [method, body] of [
      ['PATCH', { name: 'x', version: 2 }],
      ['DELETE', undefined],
    ] as const)
      expect((await api.as(bram)(method, path, body)).json.code).toBe('not_own');
    expect((await api.as(anna)('PATCH', path, { name: 'Later', version: 1 })).json.code).toBe('changed_meanwhile');
    expect((await api.as(anna)('DELETE', path)).status).toBe(204);
    expect((await api.as(bram)('GET', path)).status).toBe(404);
  });

  test('is made once however often it is asked for with one key', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 5 }, () => keep(anna, { name: 'Eenmaal' }, key)));
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
    expect((await named(anna)).filter((name: string) => name === 'Eenmaal')).toHaveLength(1);
    expect((await keep(anna, { name: 'Anders' }, key)).json.code).toBe('key_reused');
  });

  test('can be asked by its owner when it is kept, and is never held by itself', async () => {
    expect((await keep(anna, { query: 'brug (' })).json.code).toBe('query_refused');
    expect((await keep(anna, { query: 'onderwerp:Nergens' })).json.code).toBe('query_refused');
    const ring = await keep(anna, { name: 'Rond', query: 'brug OF zoekvraag:Rond' });
    expect(ring.json.query).toMatchObject([{ code: 'ring' }]);
    await keep(anna, { name: 'Kade', query: 'kade' });
    expect((await keep(anna, { name: 'Samen', query: 'brug zoekvraag:Kade' })).status).toBe(201);
  });

  test('has a name that no other of the same person has, however it is written', async () => {
    const first = await keep(anna, { name: 'Élke brug' });
    const second = await keep(anna, { name: 'ÉLKE BRUG' });
    expect([second.status, second.json.code]).toEqual([409, 'search_exists']);
    const other = await keep(anna, { name: 'Andere brug' });
    const path = `/api/searches/${other.json.id}`;
    expect((await api.as(anna)('PATCH', path, { name: 'élke brug', version: 1 })).json.code).toBe('search_exists');
    expect((await api.as(anna)('PATCH', path, { name: 'ANDERE BRUG', version: 1 })).status).toBe(200);
    // Somebody else's, and one that is gone, are in nobody's way.
    expect((await keep(bram, { name: 'Élke brug' })).status).toBe(201);
    await api.as(anna)('DELETE', `/api/searches/${first.json.id}`);
    expect((await keep(anna, { name: 'Élke brug' })).status).toBe(201);
    await sql`delete from saved_searches`.execute(api.db);
  });

  test('stands in the list with 200 others of one person, and no more', async () => {
    await sql`insert into saved_searches (owner_id, name, query) select ${bram.id}, 'Vraag ' || n, 'x' from generate_series(1, 200) n`.execute(
      api.db,
    );
    expect((await keep(bram)).json.code).toBe('too_many_searches');
    await sql`delete from saved_searches where owner_id = ${bram.id}`.execute(api.db);
  });
});

describe('a search as a feed', () => {
  const read = (address: string, headers?: Record<string, string>) =>
    api.as(null)('GET', address.slice(origin.length), undefined, headers);
  async function addressed(person: SeededPerson, more: object = {}) {
    const { json } = await keep(person, more);
    const feed = await api.as(person)('POST', `/api/searches/${json.id}/feed`);
    expect(feed.status).toBe(201);
    return { path: `/api/searches/${json.id}`, ...(feed.json as { atom: string; json: string }) };
  }
  async function told(words: string): Promise<{ threadId: number; mentionId: number }> {
    const seeded = await seedMention(api.db, { title: words, text: `${words} & <b>meer</b>`, authorName: 'J. Jansen' });
    await api.db.transaction().execute((trx) => remakeMentionDocuments(trx, [seeded.mentionId]));
    return seeded;
  }

  test('shows what its person finds, with links to where people are, and a hash is all that is kept of its address', async () => {
    const { threadId, mentionId } = await told('Kolibrie in de sluis');
    const { atom, json, path } = await addressed(anna, { name: 'Vogels', query: 'kolibrie' });
    expect(atom).toMatch(/^https:\/\/bw\.example\/feeds\/[\w-]{43}\.atom$/);
    const answer = await read(atom);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'application/atom+xml; charset=utf-8',
      'private, no-cache',
    ]);
    const document = load(answer.text, { xml: true });
    expect(document('entry > title').text()).toBe('Kolibrie in de sluis');
    expect(document('entry > content').text()).toBe('Kolibrie in de sluis & <b>meer</b>');
    const link = `${origin}/threads/${api.ids.encode('thread', threadId)}#${api.ids.encode('mention', mentionId)}`;
    expect(document('entry > link').attr('href')).toBe(link);
    expect((await read(json)).json.items).toMatchObject([
      { title: 'Kolibrie in de sluis', url: link, authors: [{ name: 'De Waardbode' }, { name: 'J. Jansen' }] },
    ]);
    const token = atom.slice(-48, -5);
    for (const table of ['search_feeds', 'saved_searches', 'accepted_requests']) {
      const { rows } = await sql<{
        said: string;
      }>`select string_agg(t::text, ' ') as said from ${sql.table(table)} t`.execute(api.db);
      expect(rows[0]!.said ?? '').not.toContain(token);
    }
    expect((await api.as(anna)('GET', path)).json.feed).toMatchObject({ readOn: expect.stringMatching(/^\d{4}-/) });
    expect(JSON.stringify((await api.as(anna)('GET', '/api/searches')).json)).not.toContain(token);
  });

  test('is not sent again as long as it is the same', async () => {
    const { atom } = await addressed(anna, { name: 'Ooievaars', query: 'ooievaar' });
    const first = await read(atom);
    const etag = first.headers.get('etag')!;
    const again = await read(atom, { 'if-none-match': `"x", W/${etag}` });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
    await told('Een ooievaar');
    expect((await read(atom, { 'if-none-match': etag })).status).toBe(200);
  });

  test('answers one and the same 404 once it was revoked, replaced or removed, its person left, or it never was', async () => {
    const never = await read(`${origin}/feeds/${'A'.repeat(43)}.atom`);
    const same = async (address: string) => {
      const { status, text, headers } = await read(address);
      expect([status, text, headers.get('cache-control')]).toEqual([
        404,
        never.text,
        never.headers.get('cache-control'),
      ]);
    };
    const revoked = await addressed(anna, { name: 'A' });
    expect((await api.as(anna)('DELETE', `${revoked.path}/feed`)).status).toBe(204);
    await same(revoked.atom);
    const replaced = await addressed(anna, { name: 'B' });
    const fresh = (await api.as(anna)('POST', `${replaced.path}/feed`)).json;
    await same(replaced.atom);
    expect((await read(fresh.json)).status).toBe(200);
    await api.as(anna)('DELETE', replaced.path);
    await same(fresh.json);
    const leaver = await seedPerson(api.db, { name: 'Vertrekt' });
    const left = await addressed(leaver, { name: 'C' });
    expect((await read(left.atom)).status).toBe(200);
    const change = (active: boolean) =>
      api.ask('PATCH', `/api/people/${api.ids.encode('person', leaver.id)}`, { active });
    expect((await change(false)).status).toBe(200);
    await same(left.atom);
    // Coming back brings no address back.
    expect((await change(true)).status).toBe(200);
    await same(left.atom);
    const gone = await addressed(await seedPerson(api.db), { name: 'D' });
    await sql`update people set deactivated_at = now() where id = (select max(id) from people)`.execute(api.db);
    await same(gone.atom);
    await same(`${origin}/feeds/short.atom`);
  });

  test('of a colleague’s search is gone when they share it no longer', async () => {
    const { json } = await keep(anna, { name: 'Gedeeld', shared: true });
    const feed = (await api.as(bram)('POST', `/api/searches/${json.id}/feed`)).json;
    expect((await read(feed.atom)).status).toBe(200);
    await api.as(anna)('PATCH', `/api/searches/${json.id}`, { shared: false, version: 1 });
    expect((await read(feed.atom)).status).toBe(404);
  });

  test('shows nothing of a circle its person is not in', async () => {
    const { threadId } = await told('Roerdomp gezien');
    const circleId = await seedCircle(api.db, 'Directieberaad');
    const at = '2026-11-22T09:00:00Z';
    const hidden = await seedReply(api.db, { threadId, personId: bram.id, at, circleId, text: 'roerdomp, geheim' });
    await api.db.transaction().execute((trx) => remakeReplyDocuments(trx, [hidden]));
    const { json } = await addressed(anna, { name: 'Roerdomp', query: 'roerdomp' });
    const answer = await read(json);
    expect(answer.json.items).toHaveLength(1);
    expect(answer.text).not.toContain('geheim');
  });

  test('says that its question can no longer be asked, rather than that nobody says anything', async () => {
    await keep(anna, { name: 'Deel', query: 'kade' });
    const { json } = await addressed(anna, { name: 'Geheel', query: 'zoekvraag:Deel' });
    await sql`delete from saved_searches where name = 'Deel'`.execute(api.db);
    expect((await read(json)).json.items).toMatchObject([{ title: 'Deze zoekvraag kan niet meer worden gesteld.' }]);
  });

  test('is asked for a limited number of times', async () => {
    const { atom } = await addressed(anna, { name: 'Vaak', query: 'zelden' });
    const statuses: number[] = [];
    for (let n = 0; n < 62; n += 1) statuses.push((await read(atom)).status);
    expect([statuses.indexOf(429), statuses.filter((status) => status === 429).length]).toEqual([60, 2]);
  });
});
