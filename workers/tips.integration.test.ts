import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createIngestThread, type IngestThread } from '#ingest/thread.ts';
import { parseFetchAllow } from '#platform/address.ts';
import { createHttp, type Http } from '#platform/http.ts';
import { createLog } from '#platform/log.ts';
import { installationSecret } from '#storage/installation.ts';
import { createKeys, type Keys } from '#storage/keys.ts';
import { withdrawMentions } from '#storage/retention.ts';
import { claimTip, settleTip } from '#storage/tip-work.ts';
import { keepTip, readTip } from '#storage/tips.ts';
import { addedSource, aMention } from '#test/builders.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { answer, type HostileServer, type Misbehaviour, startHostileServer } from '#test/hostile-server.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { brokenPromises, saved } from '#test/saving.ts';
import { recheckDue } from './recheck.ts';
import { lookUp, startTips, type TipDeps } from './tips.ts';

let database: FreshDatabase;
let keys: Keys;
let server: HostileServer;
let http: Http & { close: () => Promise<void> };
let ingest: IngestThread;
let deps: TipDeps;
let joris: SeededPerson;
let samira: SeededPerson;

const words = 'Het loket jeugd is sinds de verhuizing op woensdag dicht en niemand weet waarom dat zo is. '.repeat(4);
const html =
  (body: string, headers = {}): Misbehaviour =>
  (socket) =>
    answer(socket, 200, { 'content-type': 'text/html', ...headers }, body);
const article = (title: string, text = words) =>
  `<html lang="nl"><title>${title}</title><article><h1>${title}</h1><p>${text}</p></article>`;
let status = 200;
const pages: Record<string, Misbehaviour> = {
  page: (socket, _request, path) =>
    answer(socket, 200, { 'content-type': 'text/html' }, article(`Pagina ${path}`, `${words} Dit is pagina ${path}.`)),
  changing: (socket) =>
    answer(socket, 200, { 'content-type': 'text/html' }, article('Verandert', `${words} Verandert.`)),
  flaky: (socket) => answer(socket, status, { 'content-type': 'text/html' }, article('Wankel', `${words} Wankel.`)),
  by: html(
    `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Van Bakker","author":"A. Bakker"}</script>${article('x', `${words} Van Bakker.`)}`,
  ),
  pdf: html('%PDF-1.7', { 'content-type': 'application/pdf' }),
  image: html('\x89PNG', { 'content-type': 'image/png' }),
  empty: html(''),
  wall: html('<title>Aanmelden</title><form><input type="password"></form>'),
  ten: html(article('Tien', words) + 'x'.repeat(10 * 1024 * 1024 - 2_000)),
  eleven: html(article('Elf', words) + 'x'.repeat(11 * 1024 * 1024)),
  deep: html(`<article>${'<div>'.repeat(200_000)}${words}`),
  limited: (socket) => answer(socket, 429, { 'retry-after': '86400' }),
  fails: (socket) => answer(socket, 500, {}),
  gone: (socket) => answer(socket, 410, {}),
  secret: (socket) => answer(socket, 403, {}),
};

beforeAll(async () => {
  database = await freshDatabase();
  keys = createKeys(await installationSecret(database.db));
  server = await startHostileServer(pages);
  const times = { connectMs: 500, headersMs: 500, idleMs: 500, totalMs: 2_000 };
  http = createHttp({ contact: null, version: 'test', allow: parseFetchAllow(`127.0.0.1:${server.port}`), times });
  ingest = createIngestThread();
  deps = { db: database.db, keys, http, ingest, log: createLog('silent') };
  joris = await seedPerson(database.db, { name: 'Joris' });
  samira = await seedPerson(database.db, { name: 'Samira' });
});
afterEach(async () => {
  status = 200;
  expect(await brokenPromises(database.db)).toEqual([]);
});
afterAll(async () => {
  await ingest.close();
  await http.close();
  await server.close();
  await database.drop();
});

type Given = { address?: string; text?: string };
async function kept(person: SeededPerson, { address, text }: Given): Promise<number> {
  const digest = Buffer.alloc(32);
  const tip = {
    personId: person.id,
    key: randomUUID(),
    digest,
    address: address ?? null,
    text: text ?? null,
    note: null,
  };
  return (await keepTip(database.db, tip))!;
}
const readerOf = (person: SeededPerson) => ({ personId: person.id, circles: person.viewer.circles });
const tipOf = async (person: SeededPerson, id: number) => (await readTip(database.db, readerOf(person), id))!;
/** Looks everything up that may be looked up now. */
async function work(): Promise<void> {
  for (let tip = await claimTip(database.db, 60); tip; tip = await claimTip(database.db, 60)) await lookUp(deps, tip);
}
async function tipped(given: Given, person = joris) {
  const id = await kept(person, given);
  await work();
  return await tipOf(person, id);
}
const mentionsOf = async (threadId: number) =>
  (
    await sql<{ id: number; connector: string; url: string; source: string; kind: string }>`
    select m.id, m.connector, m.canonical_url as url, s.label as source, m.kind from mentions m join sources s on s.id = m.source_id
    where m.thread_id = ${threadId} order by m.id`.execute(database.db)
  ).rows;
const eventsOf = async (threadId: number) =>
  (
    await sql<{ name: string }>`select p.name from thread_events e join people p on p.id = e.person_id
    where e.thread_id = ${threadId} and e.kind = 'tipped' order by e.id`.execute(database.db)
  ).rows.map(({ name }) => name);
const allow = (hostname: string) => ({
  ...deps,
  http: {
    request: async () => ({
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: Buffer.from(article('Elders')),
      url: `https://${hostname}/artikel/1`,
    }),
  },
});

test('a page becomes a mention like any other, and who handed it in follows its thread', async () => {
  const tip = await tipped({ address: server.url('page', 'een') });
  expect(tip).toMatchObject({ state: 'new', error: null, title: 'Pagina een', text: null, replies: 0 });
  const [mention, ...others] = await mentionsOf(tip.threadId!);
  expect(others).toEqual([]);
  expect(mention).toMatchObject({
    connector: 'tip/1',
    source: 'Tips',
    kind: 'article',
    url: server.url('page', 'een'),
  });
  expect(await eventsOf(tip.threadId!)).toEqual(['Joris']);
  const { rows } = await sql<{ language: string; method: string | null }>`
    select language, sentiment_method as method from mentions where id = ${mention!.id}`.execute(database.db);
  expect(rows[0]).toMatchObject({ language: 'nl', method: expect.any(String) });
  const follows =
    await sql`select from attention where person_id = ${joris.id} and thread_id = ${tip.threadId} and follows`.execute(
      database.db,
    );
  expect(follows.rows.length).toBeGreaterThan(0);
  const told = await sql`select from changes where kind = 1 and ref = ${tip.threadId}
    union all select from changes where kind = 4 and ref = ${joris.id}`.execute(database.db);
  expect(told.rows.length).toBeGreaterThanOrEqual(2);
});

test('the same address again, from whomever, is known and asked of nobody', async () => {
  const first = await tipped({ address: server.url('page', 'twee') });
  const asked = server.requests.length;
  const second = await tipped({ address: server.url('page', 'twee') }, samira);
  const third = await tipped({ address: server.url('page', 'twee'), text: 'Met een eigen woord erbij.' }, samira);
  expect([second.state, third.state]).toEqual(['known', 'known']);
  expect([second.threadId, third.threadId]).toEqual([first.threadId, first.threadId]);
  expect(server.requests.length).toBe(asked);
  expect(await eventsOf(first.threadId!)).toEqual(['Joris', 'Samira', 'Samira']);
});

test('an address that leads to a page that is known is known', async () => {
  const first = await tipped({ address: server.url('page', 'drie') });
  const led = await tipped({ address: server.url('302', encodeURIComponent(server.url('page', 'drie'))) });
  expect(led).toMatchObject({ state: 'known', threadId: first.threadId });
});

test('what a feed brought already is known, and a feed that comes later joins', async () => {
  const feed = await addedSource(database.db);
  const urlKey = `127.0.0.1:${server.port}/page/vier`;
  await saved(database.db, keys, feed, [
    aMention({ namespace: `feed:${feed}`, canonicalUrl: server.url('page', 'vier'), urlKey, title: 'Vier in de feed' }),
  ]);
  const tip = await tipped({ address: server.url('page', 'vier') });
  expect(tip).toMatchObject({ state: 'known', title: 'Vier in de feed' });
  const later = await tipped({ address: server.url('page', 'vijf') });
  await saved(database.db, keys, feed, [
    aMention({ namespace: `feed:${feed}`, urlKey: `127.0.0.1:${server.port}/page/vijf` }),
  ]);
  expect((await mentionsOf(later.threadId!)).map(({ connector }) => connector)).toEqual(['tip/1', 'feed/1']);
});

test('words under the address of a story join it; words alone are a story, and known again however they are written', async () => {
  const feed = await addedSource(database.db);
  await saved(database.db, keys, feed, [
    aMention({ namespace: `feed:${feed}`, urlKey: `127.0.0.1:${server.port}/page/zes`, title: 'Zes' }),
  ]);
  const joined = await tipped({
    address: server.url('page', 'zes'),
    text: 'Onder het bericht staat dat het loket weer open is.',
  });
  expect(joined).toMatchObject({ state: 'joined', text: null });
  expect(await mentionsOf(joined.threadId!)).toHaveLength(2);
  const alone = await tipped({ text: `Gezien op een briefje bij de bakker:  ${words}` });
  expect(alone.state).toBe('new');
  expect(await tipped({ text: `gezien op een briefje bij de bakker ${words}!` }, samira)).toMatchObject({
    state: 'known',
    threadId: alone.threadId,
  });
  const keysSilent = await sql`select from join_keys where ambiguous`.execute(database.db);
  expect(keysSilent.rows).toEqual([]);
});

test('the same words as a story elsewhere join it', async () => {
  const feed = await addedSource(database.db);
  const text = `${words} Overgenomen uit de krant van gisteren.`;
  const [prepared] = await ingest.prepare([{ externalId: 'a', namespace: `feed:${feed}`, text, kind: 'post' }], {
    fetchedAt: new Date(),
    hostname: null,
  });
  await saved(database.db, keys, feed, [{ ...aMention(), ...prepared!, fingerprint: Buffer.alloc(16) }]);
  expect(await tipped({ text })).toMatchObject({ state: 'joined' });
});

test.each([
  ['pdf', 'not-a-page'],
  ['image', 'not-a-page'],
  ['empty', 'empty'],
  ['wall', 'login'],
  ['eleven', 'too-large'],
  ['nowhere', 'not-found'],
  ['circle', 'redirects'],
  ['gzip-bomb', 'too-large'],
  ['endless', 'too-large'],
] as const)(
  '%s is refused at once, because it is %s',
  async (name, reason) => {
    const tip = await tipped({ address: server.url(name) });
    expect(tip).toMatchObject({ state: 'refused', threadId: null, error: { reason } });
    expect(tip.doneAt).not.toBeNull();
  },
  20_000,
);

test.each([
  ['gone', 'gone'],
  ['secret', 'denied'],
  ['limited', 'rate-limited'],
])('a site that says %s is asked once', async (name, kind) => {
  expect(await tipped({ address: server.url(name) })).toMatchObject({ state: 'refused', error: { kind } });
});

test('a page of ten megabytes is read by its beginning, one nested without end costs itself alone', async () => {
  expect(await tipped({ address: server.url('ten') })).toMatchObject({ state: 'new', title: 'Tien' });
  expect(await tipped({ address: server.url('deep') })).toMatchObject({
    state: 'refused',
    error: { kind: 'unreadable' },
  });
  expect(await tipped({ address: server.url('page', 'erna') })).toMatchObject({ state: 'new' });
}, 30_000);

test('a redirect to a private address is refused, with the reason', async () => {
  const tip = await tipped({ address: server.url('302', encodeURIComponent('http://10.0.0.1/a')) });
  expect(tip).toMatchObject({ state: 'refused', error: { kind: 'refused', reason: 'private-address' } });
});

test('what may pass is tried three times, each later, and then refused; once it works it works', async () => {
  status = 500;
  const id = await kept(joris, { address: server.url('flaky') });
  const asked = () => server.requests.filter((request) => request.includes('/flaky')).length;
  const rest = async () => {
    const { rows } = await sql<{
      seconds: number;
      tries: number;
    }>`select round(extract(epoch from leased_until - now()))::int as seconds, tries from tips where id = ${id}`.execute(
      database.db,
    );
    return rows[0]!;
  };
  const again = () =>
    sql`update tips set leased_until = now() - interval '1 second' where id = ${id}`.execute(database.db);
  await work();
  expect(await rest()).toEqual({ seconds: 30, tries: 1 });
  await work();
  expect(asked()).toBe(1);
  await again();
  await work();
  expect(await rest()).toEqual({ seconds: 120, tries: 2 });
  await again();
  await work();
  expect(await tipOf(joris, id)).toMatchObject({ state: 'refused', error: { reason: 'server-error', status: 500 } });
  expect(asked()).toBe(3);
  status = 200;
  expect(await tipped({ address: server.url('flaky') })).toMatchObject({ state: 'new' });
});

test('a worker that dies over a tip again and again does not get it a fourth time', async () => {
  const id = await kept(joris, { address: server.url('page', 'dodelijk') });
  for (let n = 0; n < 3; n++) {
    expect((await claimTip(database.db, 0))?.id).toBe(id);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await work();
  expect(await tipOf(joris, id)).toMatchObject({ state: 'refused', error: { reason: 'internal' } });
});

test('cut off after saving and looked up again, a tip is told as what it was, once', async () => {
  const id = await kept(joris, { address: server.url('page', 'onderbroken') });
  const tip = (await claimTip(database.db, 60))!;
  await lookUp({ ...deps, db: dyingBeforeSettling() }, tip).catch(() => undefined);
  await sql`update tips set leased_until = null, state = 'waiting', error = null where id = ${id}`.execute(database.db);
  await work();
  const done = await tipOf(joris, id);
  expect(done.state).toBe('new');
  await lookUp(deps, tip);
  expect(await eventsOf(done.threadId!)).toEqual(['Joris']);
  expect((await tipOf(joris, id)).doneAt).toEqual(done.doneAt);
});

/** A database that loses its connection where the tip itself would be written. */
function dyingBeforeSettling(): TipDeps['db'] {
  let begun = 0;
  return new Proxy(database.db, {
    get: (target, name) => {
      // The save is the first transaction, settling the second.
      if (name === 'transaction' && ++begun > 1)
        throw Object.assign(new Error('Connection terminated unexpectedly'), { code: '08006' });
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

test('of two tips of one address one is looked up at a time, so that the second never puts its words in place of the first', async () => {
  const address = server.url('page', 'woorden');
  const first = await kept(joris, { address, text: 'Eerste woorden onder het bericht.' });
  const second = await kept(samira, { address, text: 'Heel andere woorden onder het bericht.' });
  const claimed = (await claimTip(database.db, 60))!;
  expect([claimed.id, await claimTip(database.db, 60)]).toEqual([first, null]);
  await lookUp(deps, claimed);
  await work();
  const [one, other] = [await tipOf(joris, first), await tipOf(samira, second)];
  expect([one.state, other.state]).toEqual(['new', 'known']);
  expect([one.title, other.title]).toEqual([one.title, 'Eerste woorden onder het bericht.']);
});

test('two workers and the same page from four colleagues end in one mention: one tip made it, the others knew', async () => {
  const address = server.url('page', 'samen');
  const people = [joris, samira, joris, samira];
  const ids = await Promise.all(people.map((person) => kept(person, { address })));
  const workers = [
    startTips({ ...deps, databaseUrl: database.url }),
    startTips({ ...deps, databaseUrl: database.url }),
  ];
  await expect
    .poll(
      async () =>
        (await sql<{ n: number }>`select count(*)::int as n from tips where state = 'waiting'`.execute(database.db))
          .rows[0]!.n,
      { timeout: 15_000 },
    )
    .toBe(0);
  // Woken, not swept: what is handed in now is done long before ten seconds are over.
  const late = await kept(joris, { address: server.url('page', 'gewekt') });
  await expect.poll(async () => (await tipOf(joris, late)).state, { timeout: 8_000 }).toBe('new');
  await Promise.all(workers.map((worker) => worker.close()));
  const tips = await Promise.all(ids.map((id, n) => tipOf(people[n]!, id)));
  expect(tips.map(({ state }) => state).sort()).toEqual(['known', 'known', 'known', 'new']);
  expect(new Set(tips.map(({ threadId }) => threadId)).size).toBe(1);
  expect(await mentionsOf(tips[0]!.threadId!)).toHaveLength(1);
  expect(await eventsOf(tips[0]!.threadId!)).toHaveLength(4);
}, 30_000);

test('stopping waits for no slow site: its tip is put back, and this try does not count', async () => {
  const slow: Http = { request: () => new Promise(() => {}) };
  const worker = startTips({ ...deps, http: slow, databaseUrl: database.url });
  const id = await kept(joris, { address: server.url('page', 'traag') });
  const tries = async () =>
    (await database.db.selectFrom('tips').select('tries').where('id', '=', id).executeTakeFirstOrThrow()).tries;
  await expect.poll(tries, { timeout: 8_000 }).toBe(1);
  const begin = performance.now();
  await worker.close();
  expect(performance.now() - begin).toBeLessThan(5_000);
  expect(await tries()).toBe(0);
  await work();
  expect(await tipOf(joris, id)).toMatchObject({ state: 'new' });
}, 30_000);

test('a tip is asked after like any mention; once its page is gone its words are, the address with them, and it does not return', async () => {
  const tip = await tipped({ address: server.url('changing') });
  await sql`update mentions set recheck_at = now() - interval '1 second', gone_seen_at = now() - interval '25 hours' where thread_id = ${tip.threadId}`.execute(
    database.db,
  );
  // The re-check asks with limits of its own, which are longer than those of this test.
  const missing: Http = { request: async () => ({ status: 404, headers: {}, body: new Uint8Array(), url: '' }) };
  const { signal } = new AbortController();
  await recheckDue({ db: database.db, http: missing, connectorFor: () => null, log: deps.log }, new Date(), signal);
  expect(await tipOf(joris, tip.id)).toMatchObject({ state: 'new', title: null, address: null });
  expect(await tipped({ address: server.url('changing') })).toMatchObject({
    state: 'refused',
    error: { reason: 'wiped' },
  });
});

test('words of an author who was erased are not kept', async () => {
  const author = keys.author('tip:127.0.0.1', { name: 'A. Bakker' })!;
  await sql`insert into erased_authors (author_key) values (decode(${author}, 'hex'))`.execute(database.db);
  for (let n = 0; n < 2; n++)
    expect(await tipped({ address: server.url('by') })).toMatchObject({
      state: 'refused',
      error: { reason: 'author-erased' },
    });
});

test('a mention that was wiped between saving and telling is no end of a tip', async () => {
  const { threadId } = await tipped({ address: server.url('page', 'weg') });
  const [mention] = await mentionsOf(threadId!);
  const id = await kept(samira, { text: 'Iets anders.' });
  await withdrawMentions(database.db, [mention!.id]);
  expect(await settleTip(database.db, id, mention!.id)).toBe(false);
  expect(await tipOf(samira, id)).toMatchObject({ state: 'waiting' });
  await work();
});

test('without a contact a public page is not asked, and the tip says so', async () => {
  expect(await tipped({ address: 'https://krant.example/a' })).toMatchObject({
    state: 'refused',
    error: { reason: 'contact-missing' },
  });
  const id = await kept(joris, { address: 'https://krant.example/artikel/1' });
  await lookUp(allow('krant.example'), (await claimTip(database.db, 60))!);
  expect(await tipOf(joris, id)).toMatchObject({ state: 'new', title: 'Elders' });
});

test('however many tips one person hands in, nobody else waits for more than their first', async () => {
  const mine: number[] = [];
  for (let n = 0; n < 5; n += 1) mine.push(await kept(joris, { text: `Een van vele tips van een mens, nummer ${n}.` }));
  const hers = await kept(samira, { text: 'De enige tip van een ander, later gegeven.' });
  const claimed: number[] = [];
  for (let tip = await claimTip(database.db, 60); tip; tip = await claimTip(database.db, 60)) claimed.push(tip.id);
  expect(claimed).toEqual([mine[0], hers, ...mine.slice(1)]);
  await sql`update tips set leased_until = null where state = 'waiting'`.execute(database.db);
  await work();
});
