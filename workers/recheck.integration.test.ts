import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { defineConnector } from '#ingest/connector.ts';
import { type Http, HttpError } from '#platform/http.ts';
import { createLog } from '#platform/log.ts';
import { installationSecret } from '#storage/installation.ts';
import { createKeys, type Keys } from '#storage/keys.ts';
import { addedSource, aMention } from '#test/builders.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { brokenPromises, saved } from '#test/saving.ts';
import { recheckDue, sourceBudgetMs } from './recheck.ts';

let database: FreshDatabase;
let keys: Keys;
let pages: Map<string, number | 'timeout'>;
let waits: Map<string, Promise<void>>;
let asked: string[];

beforeAll(async () => {
  database = await freshDatabase();
  keys = createKeys(await installationSecret(database.db));
});
afterAll(() => database.drop());
beforeEach(() => {
  pages = new Map();
  waits = new Map();
  asked = [];
});

const http: Http = {
  request: async ({ url }) => {
    asked.push(String(url));
    await waits.get(String(url));
    const answer = pages.get(String(url)) ?? 200;
    if (answer === 'timeout') throw new HttpError('timeout', 'too slow');
    return { status: answer, headers: {}, body: new Uint8Array(), url: String(url) };
  },
};
const network = defineConnector({
  name: 'network',
  version: 1,
  settings: z.object({}),
  place: () => 'network',
  address: () => new URL('https://network.example/'),
  poll: async () => ({ items: null, cursor: null }),
  recheck: async (_http, _settings, ids) =>
    new Map(ids.map((id) => [id, id.startsWith('gone') ? 'gone' : id.startsWith('live') ? 'live' : 'unknown'])),
});
const hour = (count: number) => new Date(Date.now() + count * 3_600_000);
const recheck = (now: Date) =>
  recheckDue(
    {
      db: database.db,
      http,
      connectorFor: (name) => (name === 'network' ? network : null),
      log: createLog('silent'),
    },
    now,
    new AbortController().signal,
  );
async function stored(page: string, more: Parameters<typeof aMention>[0] = {}, connector = 'feed'): Promise<void> {
  const source = await addedSource(database.db, { connector, settings: {} });
  await saved(database.db, keys, source, [
    aMention({ namespace: `feed:${source}`, canonicalUrl: page, title: page, ...more }),
  ]);
  await sql`update mentions set recheck_at = now() - interval '1 second' where source_id = ${source}`.execute(
    database.db,
  );
}
async function states(): Promise<Record<string, string>> {
  const { rows } = await sql<{ page: string; state: string }>`
    select coalesce(canonical_url, 'wiped ' || id) as page, state from mentions order by id`.execute(database.db);
  return Object.fromEntries(rows.map(({ page, state }) => [page, state]));
}

test('410 is believed at once; errors, walls and silence say nothing', async () => {
  pages = new Map<string, number | 'timeout'>([
    ['https://a.example/410', 410],
    ['https://a.example/500', 500],
    ['https://a.example/403', 403],
    ['https://a.example/429', 429],
    ['https://a.example/slow', 'timeout'],
  ]);
  for (const page of pages.keys()) await stored(page);
  await stored('https://a.example/200');
  await recheck(hour(0));
  expect(Object.values(await states())).toEqual(['withdrawn', 'live', 'live', 'live', 'live', 'live']);
  // Asked once; the next look comes when somebody opens the thread again.
  asked = [];
  await recheck(hour(100));
  expect(asked).toEqual([]);
});

test('404 is believed when it is still so a day later, and forgotten when it was a hiccup', async () => {
  const [moved, hiccup] = ['https://b.example/moved', 'https://b.example/hiccup'];
  pages.set(moved, 404).set(hiccup, 404);
  await stored(moved);
  await stored(hiccup);
  await recheck(hour(0));
  expect(await states()).toMatchObject({ [moved]: 'live', [hiccup]: 'live' });
  await recheck(hour(23));
  expect(asked).toHaveLength(2);
  pages.set(hiccup, 200);
  await recheck(hour(25));
  expect(asked).toHaveLength(4);
  expect(await states()).not.toHaveProperty([moved]);
  expect(await states()).toMatchObject({ [hiccup]: 'live' });
  expect(await brokenPromises(database.db)).toEqual([]);
});

test('what one source is slow to answer holds up no other: theirs is noted at once, its rest in later runs', async () => {
  vi.useFakeTimers({ toFake: ['performance'], now: 0 });
  onTestFinished(() => void vi.useRealTimers());
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  onTestFinished(() => release());
  const slow = await addedSource(database.db, { connector: 'feed', settings: {} });
  const slowPages = [1, 2, 3].map((n) => `https://traag.example/${n}`);
  await saved(
    database.db,
    keys,
    slow,
    slowPages.map((page) => aMention({ canonicalUrl: page, externalId: page, title: page })),
  );
  await sql`update mentions set recheck_at = now() - interval '1 minute' where source_id = ${slow}`.execute(
    database.db,
  );
  await stored('https://vlot.example/weg');
  pages.set('https://vlot.example/weg', 410);
  for (const page of slowPages) waits.set(page, held);

  const run = recheck(new Date());
  await expect.poll(async () => Object.keys(await states())).not.toContain('https://vlot.example/weg');
  vi.advanceTimersByTime(sourceBudgetMs + 1);
  release();
  await run;
  const ofSlow = () => asked.filter((url) => url.startsWith('https://traag.example/'));
  expect(ofSlow()).toHaveLength(1);
  await recheck(new Date());
  expect(ofSlow().sort()).toEqual(slowPages);
});

test("a network's own word counts, and its silence does not", async () => {
  for (const id of ['gone-1', 'live-1', 'other-1'])
    await stored(`https://network.example/${id}`, { externalId: id }, 'network');
  await recheck(hour(0));
  expect(asked).toEqual([]);
  expect(await states()).not.toHaveProperty(['https://network.example/gone-1']);
  expect(await states()).toMatchObject({
    'https://network.example/live-1': 'live',
    'https://network.example/other-1': 'live',
  });
});
