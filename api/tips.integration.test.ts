import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deskCircle, everyoneCircle } from '#storage/schema.ts';
import { refuseTip, settleTip, tipSource } from '#storage/tip-work.ts';
import { forgetRefusedTips } from '#storage/tips.ts';
import { type Asked, besides, type TestApp, testApp } from '#test/api-app.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { seedMention, seedSource } from '#test/seed.ts';

let app: TestApp;
let joris: SeededPerson;
let samira: SeededPerson;

beforeAll(async () => {
  app = await testApp();
  joris = await seedPerson(app.db, { name: 'Joris' });
  samira = await seedPerson(app.db, { name: 'Samira' });
});
afterAll(() => app.drop());

const give = (
  body: unknown,
  { person = joris, key = randomUUID() as string, on = app, language = 'nl' } = {},
): Promise<Asked> => on.as(person)('POST', '/api/tips', body, { 'idempotency-key': key, 'accept-language': language });
const numberOf = (tip: Asked) => app.ids.decode('tip', tip.json.id)!;
const count = async () => (await sql<{ n: number }>`select count(*)::int as n from tips`.execute(app.db)).rows[0]!.n;

test('a tip is kept at once, cleaned of trackers, and waits', async () => {
  const tip = await give({ address: ' krant.example/a?utm_source=mail ', note: ' Kijk hier eens. ' });
  expect(tip.status).toBe(202);
  expect(tip.json).toMatchObject({
    address: 'https://krant.example/a',
    text: null,
    note: 'Kijk hier eens.',
    state: 'waiting',
    error: null,
    threadId: null,
    replies: 0,
    case: null,
    doneAt: null,
  });
});

test('the same request again answers the same and keeps nothing new, also in another process at the same moment', async () => {
  const other = await besides(app);
  const before = await count();
  const key = randomUUID();
  const body = { text: 'Gehoord op de markt: het loket is weer open.' };
  const answers = await Promise.all([give(body, { key }), give(body, { key, on: other }), give(body, { key })]);
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
  expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
  expect(await count()).toBe(before + 1);
  const reused = await give({ text: 'Iets anders.' }, { key });
  expect([reused.status, reused.json.code]).toEqual([422, 'key_reused']);
  // A key is somebody's own.
  expect((await give(body, { key, person: samira })).json.id).not.toBe(answers[0]!.json.id);
  await other.drop();
});

test.each([
  ['de krant van gisteren', 'invalid-url', 'Dit is geen leesbaar adres.'],
  ['ftp://krant.example/a', 'scheme', 'Alleen adressen die met http of https beginnen.'],
  ['javascript:alert(1)', 'scheme', 'Alleen adressen die met http of https beginnen.'],
  ['http://192.168.1.1/intranet', 'private-address', 'Dit adres ligt op een eigen of lokaal netwerk.'],
  ['http://[::1]/', 'private-address', 'Dit adres ligt op een eigen of lokaal netwerk.'],
  ['http://localhost/', 'private-address', 'Dit adres ligt op een eigen of lokaal netwerk.'],
  ['http://2130706433/', 'private-address', 'Dit adres ligt op een eigen of lokaal netwerk.'],
  ['https://krant.example:22/', 'port', 'Alleen de poorten 80, 443, 8080 en 8443'],
])('"%s" is refused at once, with a sentence, with and without words beside it', async (address, reason, sentence) => {
  const before = await count();
  for (const more of [{}, { text: 'De tekst die er staat.' }]) {
    const refused = await give({ address, ...more });
    expect([refused.status, refused.json.code, refused.json.facts.reason]).toEqual([422, 'address_refused', reason]);
    expect(refused.json.detail).toContain(sentence);
  }
  expect(await count()).toBe(before);
});

test('neither address nor words, a key that is none, and more than may wait are refused', async () => {
  expect((await give({ note: 'Niets.' })).status).toBe(400);
  expect((await give({ text: '   ' })).status).toBe(400);
  expect((await give({ text: 'Met een \0 erin.' })).status).toBe(400);
  expect((await give({ text: 'Woorden.' }, { key: 'geen-uuid' })).status).toBe(400);
  const eager = await seedPerson(app.db);
  await sql`insert into tips (person_id, text) select ${eager.id}, 'x' from generate_series(1, 50)`.execute(app.db);
  const refused = await give({ text: 'Nog een.' }, { person: eager });
  expect([refused.status, refused.json.code]).toEqual([429, 'busy']);
  await sql`delete from tips where person_id = ${eager.id}`.execute(app.db);
});

test('what became of a tip: its story, replies, and who has it', async () => {
  const tip = await give({ address: 'https://krant.example/loket' });
  const { threadId, mentionId } = await seedMention(app.db, {
    title: 'Loket dicht',
    sourceId: await tipSource(app.db),
  });
  await sql`insert into placements (thread_id, circle_id, sort_at, reply_count) values (${threadId}, 2, now(), 3)`.execute(
    app.db,
  );
  await sql`insert into cases (thread_id, state, waiting_since, holder_id) values (${threadId}, 'taken', now(), ${samira.id})`.execute(
    app.db,
  );
  await settleTip(app.db, numberOf(tip), mentionId);
  const seen = await app.as(joris)('GET', `/api/tips/${tip.json.id}`);
  expect(seen.json).toMatchObject({
    state: 'new',
    title: 'Loket dicht',
    threadId: app.ids.encode('thread', threadId),
    replies: 3,
    case: { state: 'taken', holder: { name: 'Samira' } },
  });
  const thread = await app.as(samira)('GET', `/api/threads/${app.ids.encode('thread', threadId)}`);
  expect(thread.json).toMatchObject({
    tippedBy: [{ name: 'Joris' }],
    events: [{ kind: 'tipped', person: { name: 'Joris' } }],
  });
});

test('a refusal is a sentence in the language of the reader', async () => {
  const tip = await give({ address: 'https://krant.example/jaarverslag.pdf' });
  for (const [error, nl, en] of [
    [{ kind: 'unreadable', reason: 'not-a-page' }, 'Dit is geen webpagina', 'This is no web page'],
    [{ kind: 'denied', status: 403 }, 'De site laat ons niet toe', 'The site does not let us'],
    [{ kind: 'unreadable', reason: 'not-found', status: 404 }, 'Op dit adres is geen pagina', 'There is no page'],
    [{ kind: 'unreadable', reason: 'anything' }, 'Er ging iets mis bij ons', 'Something went wrong'],
  ] as const) {
    await sql`update tips set state = 'waiting' where id = ${numberOf(tip)}`.execute(app.db);
    await refuseTip(app.db, numberOf(tip), error);
    for (const [language, sentence] of [
      ['nl', nl],
      ['en', en],
    ] as const) {
      const seen = await app.as(joris)('GET', `/api/tips/${tip.json.id}`, undefined, { 'accept-language': language });
      expect([seen.json.state, seen.json.error]).toEqual(['refused', expect.stringContaining(sentence)]);
    }
  }
});

test('nobody sees another’s tips: not in their list, and one by its id is as if it never was', async () => {
  const mine = await give({ text: 'Alleen van mij.' });
  const list = await app.as(samira)('GET', '/api/tips');
  expect(list.text).not.toContain(mine.json.id);
  expect(list.json.tips.every(({ text }: { text: string }) => text !== 'Alleen van mij.')).toBe(true);
  const foreign = await app.as(samira)('GET', `/api/tips/${mine.json.id}`);
  const never = await app.as(samira)('GET', `/api/tips/${app.ids.encode('tip', 999_999)}`);
  expect(foreign.status).toBe(404);
  expect(foreign.text).toBe(never.text);
  expect((await app.ask('GET', `/api/tips/${mine.json.id}`)).text).toBe(never.text);
  expect((await app.as(joris)('GET', '/api/tips')).json.tips[0].id).toBe(mine.json.id);
});

test('a story that its tipper may no longer see has no title, thread or case for them', async () => {
  const tip = await give({ address: 'https://krant.example/weg' });
  const { threadId, mentionId } = await seedMention(app.db, { title: 'Verdwijnt', sourceId: await seedSource(app.db) });
  await sql`insert into cases (thread_id, waiting_since) values (${threadId}, now())`.execute(app.db);
  await settleTip(app.db, numberOf(tip), mentionId);
  await sql`delete from placements where thread_id = ${threadId}`.execute(app.db);
  const seen = async () => (await app.as(joris)('GET', `/api/tips/${tip.json.id}`)).json;
  const gone = { state: 'known', title: null, threadId: null, case: null, replies: 0 };
  expect(await seen()).toMatchObject(gone);
  // Its outside is the desk's; where colleagues talked about it they still see it, and not what the desk does.
  await sql`insert into placements (thread_id, circle_id, sort_at, home) values (${threadId}, ${deskCircle}, now(), true)`.execute(
    app.db,
  );
  expect(await seen()).toMatchObject(gone);
  await sql`insert into placements (thread_id, circle_id, sort_at) values (${threadId}, ${everyoneCircle}, now())`.execute(
    app.db,
  );
  expect(await seen()).toMatchObject({ title: 'Verdwijnt', case: null });
});

test('words of refused tips are let go after 30 days', async () => {
  const tip = await give({ address: 'https://krant.example/oud', text: 'Wat er stond.', note: 'Voor ons.' });
  await refuseTip(app.db, numberOf(tip), { kind: 'gone', reason: 'wiped' });
  await forgetRefusedTips(app.db);
  expect((await app.as(joris)('GET', `/api/tips/${tip.json.id}`)).json.text).toBe('Wat er stond.');
  await sql`update tips set done_at = now() - interval '31 days' where id = ${numberOf(tip)}`.execute(app.db);
  await forgetRefusedTips(app.db);
  const seen = await app.as(joris)('GET', `/api/tips/${tip.json.id}`);
  expect(seen.json).toMatchObject({ address: null, text: null, note: 'Voor ons.', state: 'refused' });
});

test('the source of tips names its mentions and is nobody’s to change', async () => {
  const id = app.ids.encode('source', await tipSource(app.db));
  const { sources } = (await app.ask('GET', '/api/sources')).json;
  expect(sources.some((source: { id: string }) => source.id === id)).toBe(false);
  expect((await app.ask('GET', `/api/sources/${id}`)).status).toBe(404);
  expect((await app.ask('PATCH', `/api/sources/${id}`, { state: 'active' })).status).toBe(404);
  expect((await app.ask('POST', `/api/sources/${id}/poll`)).status).toBe(404);
  expect((await app.ask('DELETE', `/api/sources/${id}?mentions=remove`)).status).toBe(404);
  const { rows } = await sql<{ state: string }>`select state from sources where connector = 'tip'`.execute(app.db);
  expect(rows).toEqual([{ state: 'paused' }]);
  const facets = (await app.ask('GET', '/api/stream/facets')).json;
  expect(facets.sources).toContainEqual({ id, label: 'Tips', kind: 'other' });
});
