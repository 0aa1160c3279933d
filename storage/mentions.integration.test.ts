import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addedSource, aMention, aSource } from '#test/builders.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { aPoll, aRecord, brokenPromises, fetchedAt, leased, saved } from '#test/saving.ts';
import { sourceRow } from '#test/seed.ts';
import type { Database } from './database.ts';
import { installationSecret } from './installation.ts';
import { createKeys, type Keys } from './keys.ts';
import { savePolls } from './mentions.ts';
import { eraseAuthor, finishRemovals } from './retention.ts';
import { addSource, moveSource, removeSource } from './sources.ts';

let database: FreshDatabase;
let db: Database;
let keys: Keys;

beforeAll(async () => {
  database = await freshDatabase();
  db = database.db;
  keys = createKeys(await installationSecret(db));
});
afterAll(() => database.drop());
beforeEach(async () => {
  await sql`truncate sources, source_polls, threads, placements, placement_sources, mentions, mention_keys, sightings, mention_texts,
    join_keys, joined, erased_authors, changes restart identity cascade`.execute(db);
});

type Row = { id: number; external_id: string; thread_id: number; source_id: number; state: string; version: number };
const mentions = async () => (await sql<Row>`select * from mentions order by id`.execute(db)).rows;
const texts = async () =>
  (await sql<{ text: string; edition: number }>`select text, edition from mention_texts order by 1`.execute(db)).rows;
const threadOf = async (externalId: string) =>
  (await mentions()).find((mention) => mention.external_id === externalId)?.thread_id;

test('what is saved twice is stored once', async () => {
  const source = await addedSource(db);
  const batch = [aMention({ externalId: 'a' }), aMention({ externalId: 'b' })];
  expect(await saved(db, keys, source, batch)).toMatchObject({ new: 2 });
  expect(await saved(db, keys, source, batch)).toMatchObject({ new: 0, seenAgain: 2 });
  expect(await mentions()).toHaveLength(2);
  expect(await brokenPromises(db)).toEqual([]);
});

test('a worker whose lease was lost saves nothing, not even its cursor', async () => {
  const source = await addedSource(db);
  const stale = aPoll(keys, source, [aMention()], { record: aRecord({ cursor: 'stale' }) });
  await leased(db, aPoll(keys, source, []));
  expect(await savePolls(db, keys, [stale])).toMatchObject({ dropped: [source], new: 0 });
  expect(await mentions()).toEqual([]);
  const { rows } = await sql<{ cursor: string | null }>`select cursor from sources`.execute(db);
  expect(rows).toEqual([{ cursor: null }]);
});

test('copies from two sources stand in one thread, by address or by text; the copy does not bump it', async () => {
  const [one, two] = [await addedSource(db), await addedSource(db)];
  const early = new Date('2026-11-22T08:00:00Z');
  await saved(db, keys, one, [
    aMention({ externalId: 'a', urlKey: 'krant.example/x', publishedAt: early }),
    aMention({ externalId: 'c', textKey: 'same words', publishedAt: early }),
  ]);
  await saved(db, keys, two, [
    aMention({ externalId: 'b', namespace: 'feed:2', urlKey: 'krant.example/x', publishedAt: fetchedAt }),
    aMention({ externalId: 'd', namespace: 'feed:2', textKey: 'same words', publishedAt: fetchedAt }),
  ]);
  expect(await threadOf('b')).toBe(await threadOf('a'));
  expect(await threadOf('d')).toBe(await threadOf('c'));
  const { rows } = await sql<{ sort_at: Date }>`select sort_at from placements`.execute(db);
  expect(rows).toEqual([{ sort_at: early }, { sort_at: early }]);
  const joined = await sql`select reason, by from joined order by 1`.execute(db);
  expect(joined.rows).toEqual([
    { reason: 'same-address', by: 'ingest' },
    { reason: 'same-text', by: 'ingest' },
  ]);
  expect(await brokenPromises(db)).toEqual([]);
});

test('equal text joins within seven days only, and afterwards belongs to the newer thread', async () => {
  const sources = [await addedSource(db), await addedSource(db), await addedSource(db)];
  const on = (day: number) => new Date(Date.UTC(2026, 10, day));
  const copy = (n: number, day: number) =>
    aMention({ externalId: `m${n}`, namespace: `feed:${n}`, textKey: 'same', publishedAt: on(day) });
  await saved(db, keys, sources[0]!, [copy(1, 1)]);
  await saved(db, keys, sources[1]!, [copy(2, 10)]);
  await saved(db, keys, sources[2]!, [copy(3, 12)]);
  expect(await threadOf('m2')).not.toBe(await threadOf('m1'));
  expect(await threadOf('m3')).toBe(await threadOf('m2'));
  expect(await brokenPromises(db)).toEqual([]);
});

test('an address that one source gives to several mentions joins nothing', async () => {
  const [one, two] = [await addedSource(db), await addedSource(db)];
  const at = (externalId: string, namespace: string) =>
    aMention({ externalId, namespace, urlKey: 'krant.example/live' });
  await saved(db, keys, one, [at('a', 'feed:1')]);
  await saved(db, keys, one, [at('b', 'feed:1')]);
  await saved(db, keys, two, [at('c', 'feed:2')]);
  expect(new Set((await mentions()).map((mention) => mention.thread_id)).size).toBe(3);
  const { rows } = await sql`select ambiguous from join_keys`.execute(db);
  expect(rows).toEqual([{ ambiguous: true }]);
});

test('a guid that changed is the same mention when its link is known in the same source', async () => {
  const source = await addedSource(db);
  await saved(db, keys, source, [aMention({ externalId: 'http://x/1', altIds: ['link'], text: 'oud' })]);
  const report = await saved(db, keys, source, [
    aMention({ externalId: 'https://x/1', altIds: ['link'], text: 'nieuw' }),
  ]);
  expect(report).toMatchObject({ new: 0, edited: 1 });
  expect(await mentions()).toHaveLength(1);
  // From now on it is known under both.
  expect(await saved(db, keys, source, [aMention({ externalId: 'https://x/1', text: 'nieuw' })])).toMatchObject({
    new: 0,
  });
});

test('an edit keeps the words before it, and its month', async () => {
  const source = await addedSource(db);
  await saved(db, keys, source, [aMention({ externalId: 'a', text: 'eerst' })]);
  await saved(db, keys, source, [aMention({ externalId: 'a', text: 'daarna' })]);
  await saved(db, keys, source, [aMention({ externalId: 'a', text: 'ten slotte' })]);
  expect(await texts()).toEqual([
    { text: 'daarna', edition: 2 },
    { text: 'eerst', edition: 1 },
    { text: 'ten slotte', edition: 0 },
  ]);
  expect(await mentions()).toMatchObject([{ version: 3 }]);
  expect(await brokenPromises(db)).toEqual([]);
});

test('of a mention that changes all day only the last ten versions are kept', async () => {
  const source = await addedSource(db);
  for (let n = 0; n < 15; n++) await saved(db, keys, source, [aMention({ externalId: 'a', text: `versie ${n}` })]);
  expect(await texts()).toHaveLength(11);
});

test('the same post from two sources is one mention, seen via both', async () => {
  const [one, two] = [await addedSource(db), await addedSource(db)];
  const post = () => aMention({ externalId: 'https://social.example/1', namespace: 'mastodon' });
  await saved(db, keys, one, [post()]);
  await saved(db, keys, two, [post()]);
  expect(await mentions()).toHaveLength(1);
  const { rows } = await sql`select source_id from sightings`.execute(db);
  expect(rows).toEqual([{ source_id: two }]);
  const placed = await sql`select source_id from placement_sources order by 1`.execute(db);
  expect(placed.rows).toEqual([{ source_id: one }, { source_id: two }]);
});

test('the same post from two sources in one batch is one mention too', async () => {
  const [one, two] = [await addedSource(db), await addedSource(db)];
  const post = () => aMention({ externalId: 'https://social.example/1', namespace: 'mastodon' });
  const polls = await leased(db, aPoll(keys, one, [post()]), aPoll(keys, two, [post()]));
  expect(await savePolls(db, keys, polls)).toMatchObject({ new: 1 });
  expect(await mentions()).toHaveLength(1);
  expect(await brokenPromises(db)).toEqual([]);
});

test('what is withdrawn loses its words and does not come back, also when it was never here', async () => {
  const source = await addedSource(db);
  await saved(db, keys, source, [aMention({ externalId: 'a' })]);
  const withdrawn = [keys.mention('feed:1', 'a'), keys.mention('feed:1', 'early')];
  expect(await saved(db, keys, source, [], { withdrawn })).toMatchObject({ withdrawn: 1 });
  expect(await mentions()).toMatchObject([{ state: 'withdrawn', external_id: null }]);
  expect(await texts()).toEqual([]);
  const again = [aMention({ externalId: 'a' }), aMention({ externalId: 'early' })];
  expect(await saved(db, keys, source, again)).toMatchObject({ new: 0, skipped: { gone: 2 } });
  expect(await texts()).toEqual([]);
  expect(await brokenPromises(db)).toEqual([]);
});

test('an author who was erased does not come back, with old words or new', async () => {
  const source = await addedSource(db);
  const by = (externalId: string, name: string) => aMention({ externalId, author: { name } });
  await saved(db, keys, source, [by('a', 'Jan'), by('b', 'Jan'), by('c', 'Piet')]);
  const first = (await mentions()).find((mention) => mention.external_id === 'a');
  expect(await eraseAuthor(db, first!.id)).toEqual({ erased: 2 });
  const report = await saved(db, keys, source, [by('a', 'Jan'), by('d', 'Jan'), by('e', 'Piet')]);
  expect(report).toMatchObject({ new: 1, skipped: { gone: 1, 'author-erased': 1 } });
  const { rows } = await sql`select distinct author_name from mention_texts`.execute(db);
  expect(rows).toEqual([{ author_name: 'Piet' }]);
  expect(await brokenPromises(db)).toEqual([]);
});

test('an erasure waits for a save that asked about the author before it', async () => {
  const source = await addedSource(db);
  const by = (externalId: string) => aMention({ externalId, author: { name: 'Jan' }, textKey: externalId });
  await saved(db, keys, source, [by('a')]);
  const [first] = await mentions();
  // Somebody holds a key that the save comes to after it has asked who is erased.
  const blocker = await database.pool.connect();
  await blocker.query('begin');
  await blocker.query(`insert into join_keys (key, thread_id, mention_id, source_id, at)
    values (decode('${keys.join('text', 'b')}', 'hex'), 1, 1, 1, now())`);
  const saving = saved(db, keys, source, [by('b')]);
  const isWaiting = async () =>
    (await sql`select 1 from pg_locks where not granted and locktype = 'transactionid'`.execute(db)).rows.length > 0;
  await expect.poll(isWaiting).toBe(true);
  const erasing = eraseAuthor(db, first!.id);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await blocker.query('rollback');
  blocker.release();
  await saving;
  expect(await erasing).toEqual({ erased: 2 });
  expect(await texts()).toEqual([]);
});

test('removing a source with its mentions clears the stream of them; without, everything stays', async () => {
  const [one, two] = [await addedSource(db), await addedSource(db)];
  await saved(db, keys, one, [aMention({ externalId: 'a' })]);
  await saved(db, keys, two, [aMention({ externalId: 'b', namespace: 'feed:2' })]);
  await removeSource(db, one, { mentions: true });
  await removeSource(db, two, { mentions: false });
  expect((await mentions()).map(({ state }) => state)).toEqual(['removed', 'live']);
  const { rows } = await sql`select count(*)::int as n from placements`.execute(db);
  expect(rows).toEqual([{ n: 1 }]);
});

test('a source that is removed and added again is the same source: what stayed is not doubled, what was wiped may come back', async () => {
  const place = 'https://de-waardbode.example/feed';
  const add = async () => (await addSource(db, aSource({ place, settings: { url: place } }))).id;
  const namespace = 'feed:waardbode';
  const both = () => [aMention({ externalId: 'a', namespace }), aMention({ externalId: 'b', namespace })];
  const source = await add();
  await saved(db, keys, source, both());
  await removeSource(db, source, { mentions: false });
  expect(await sourceRow(db, source)).toBeNull();
  expect(await add()).toBe(source);
  await saved(db, keys, source, both());
  expect((await mentions()).map(({ state }) => state)).toEqual(['live', 'live']);

  await removeSource(db, source, { mentions: true });
  expect(await add()).toBe(source);
  await saved(db, keys, source, both());
  await finishRemovals(db);
  expect((await mentions()).map(({ state }) => state)).toEqual(['removed', 'removed', 'live', 'live']);
  expect(await brokenPromises(db)).toEqual([]);
});

test('a source moves with the poll that found it moved, tells it, and not where another is already', async () => {
  const at = async (id: number) => {
    const { place, settings, moved_to: movedTo } = (await sourceRow(db, id))!;
    return { place, settings, movedTo };
  };
  const [one, two, lost] = [await addedSource(db), await addedSource(db), await addedSource(db)];
  const before = { two: await at(two), lost: await at(lost) };
  const url = 'https://nieuw.example/feed';
  const moveTo = { place: url, settings: { url }, hostKey: 'nieuw.example' };
  const record = aRecord({ movedTo: url, movedSeenAt: new Date('2026-11-20T10:00:00Z'), moveTo, changed: false });
  const { rows } = await sql<{ last: number }>`select coalesce(max(seq), 0) as last from changes`.execute(db);
  const polls = await leased(db, aPoll(keys, one, [], { record }), aPoll(keys, two, [], { record }));
  await savePolls(db, keys, [...polls, aPoll(keys, lost, [], { record })]);
  expect(await at(one)).toEqual({ place: url, settings: { url }, movedTo: null });
  expect(await at(two)).toEqual({ ...before.two, movedTo: url });
  expect(await at(lost)).toEqual(before.lost);
  const told = await sql<{ ref: number }>`
    select ref from changes where kind = 3 and seq > ${rows[0]!.last}`.execute(db);
  expect(told.rows).toEqual([{ ref: one }]);
});

test('of a removed source no address is left, nor anything else that its reading knew', async () => {
  const place = 'https://lezer:geheim@de-waardbode.example/feed?token=abc123';
  const { id } = await addSource(db, aSource({ place, settings: { url: place }, homeUrl: place, folder: 'abc123' }));
  await sql`update sources set cursor = ${place}, moved_to = ${place}, etag = 'abc123', last_modified = 'abc123',
    last_error = '{"kind": "unreachable", "hostname": "abc123"}' where id = ${id}`.execute(db);
  await sql`update source_polls set host_key = 'abc123' where source_id = ${id}`.execute(db);
  const rowText = async () =>
    (
      await sql<{
        t: string;
      }>`select s::text || p::text as t from sources s join source_polls p on p.source_id = s.id where id = ${id}`.execute(
        db,
      )
    ).rows[0]!.t;
  expect(await rowText()).toMatch(/abc123/);
  await removeSource(db, id, { mentions: false });
  expect(await rowText()).not.toMatch(/abc123|geheim|waardbode\.example/);
});

test('two removed sources of one place do not stand in each other’s way; the first of them comes back', async () => {
  const place = 'https://verhuisd.example/feed';
  const add = (at: string) => addSource(db, aSource({ place: at, settings: { url: at } }));
  const first = await add(place);
  await removeSource(db, first.id, { mentions: false });
  const second = await add('https://oud.example/feed');
  await moveSource(db, second.id, { place, settings: { url: place }, hostKey: null });
  expect(await add(place)).toEqual({ kind: 'exists', id: second.id });
  expect(await removeSource(db, second.id, { mentions: false })).toBe(true);
  expect(await add(place)).toEqual({ kind: 'added', id: first.id });
});

test('a server cannot put words in the mouth of another: its own word replaces them, and stays', async () => {
  const [stranger, home] = [await addedSource(db), await addedSource(db)];
  const post = { externalId: 'https://thuis.example/users/jan/1', namespace: 'mastodon' };
  await saved(db, keys, stranger, [aMention({ ...post, text: 'Verzonnen', secondHand: true })]);
  await saved(db, keys, home, [aMention({ ...post, text: 'Echt' })]);
  expect((await texts()).find(({ edition }) => edition === 0)).toEqual({ text: 'Echt', edition: 0 });
  await saved(db, keys, stranger, [aMention({ ...post, text: 'Weer verzonnen', secondHand: true })]);
  expect((await texts()).find(({ edition }) => edition === 0)).toEqual({ text: 'Echt', edition: 0 });
  expect(await mentions()).toMatchObject([{ source_id: home, second_hand: false }]);
  expect(await brokenPromises(db)).toEqual([]);
});

test('text that PostgreSQL cannot hold is mended, not lost', async () => {
  const source = await addedSource(db);
  await saved(db, keys, source, [aMention({ title: 'a\0b', text: 'half \ud800 paar', author: { name: '\0' } })]);
  expect(await texts()).toEqual([{ text: 'half \ufffd paar', edition: 0 }]);
});
