import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Viewer } from '#api/access.ts';
import { createIds, createSeal, type Ids, type Seal } from '#api/ids.ts';
import { createLog } from '#platform/log.ts';
import { tellOfPerson } from '#storage/accounts.ts';
import { recordChanges } from '#storage/changes.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { readEvents } from '#test/events.ts';
import { seedPerson } from '#test/people.ts';
import { seedMention, seedSource } from '#test/seed.ts';
import { seedCircle, seedInsideThread, seedReply } from '#test/seed-inside.ts';
import { closePlace, isAfter, openPlace } from './frames.ts';
import { type Live, startLive, streamsPerAddress, streamsPerPerson } from './hub.ts';

const localViewer: Viewer = {
  key: 'local',
  personId: 901,
  name: 'Sanne',
  colleague: true,
  rights: ['member', 'colleague'],
  circles: [1],
};

const isStillThere = async () => true;

let fresh: FreshDatabase;
let ids: Ids;
let seal: Seal;
let live: Live;
type Change = { threads: string[]; newThreads: number; sources: string[] };

beforeAll(async () => {
  fresh = await freshDatabase();
  ids = createIds(Buffer.alloc(32, 1));
  seal = createSeal(Buffer.alloc(32, 1));
});
afterAll(() => fresh.drop());
beforeEach(async () => {
  live = await startLive({ db: fresh.db, databaseUrl: fresh.url, ids, seal, log: createLog('silent') });
});
afterEach(() => live.close());

function open(lastEventId?: string, viewer: Viewer = localViewer, address = 'a') {
  const body = live.open({ viewer, address, lastEventId, isStillThere });
  if (!body) throw new Error('No stream');
  return readEvents(body);
}

/** Reads change events until each of these threads was named. */
async function until(events: ReturnType<typeof open>, threads: number[]): Promise<Change[]> {
  const wanted = new Set(threads.map((id) => ids.encode('thread', id)));
  const seen: Change[] = [];
  while (wanted.size > 0) {
    const event = await events.next();
    if (event?.event !== 'change') throw new Error(`Unexpected ${event?.event}`);
    seen.push(event.data as Change);
    for (const id of seen.at(-1)!.threads) wanted.delete(id);
  }
  return seen;
}

test('that a source brought something is told to the desk, and its health to all colleagues', async () => {
  const [brings, fails] = [await seedSource(fresh.db), await seedSource(fresh.db)];
  const desk = { ...localViewer, key: 'desk', personId: 902, circles: [1, 3] };
  const [events, atDesk] = [open(), open(undefined, desk)];
  await Promise.all([events.lastId(), atDesk.lastId()]);
  await fresh.db.transaction().execute((trx) => recordChanges(trx, { sources: [fails], sourceNews: [brings] }));
  const told = { threads: [], newThreads: 0, circles: [], attention: false };
  const [one, other] = [brings, fails].map((id) => ids.encode('source', id));
  expect((await events.next())?.data).toEqual({ ...told, sources: [other] });
  expect((await atDesk.next())?.data).toEqual({ ...told, sources: [other, one] });
});

test('a new mention is told as a new thread, a copy of it as a change', async () => {
  const events = open();
  const { threadId } = await seedMention(fresh.db);
  expect(await until(events, [threadId])).toEqual([
    { threads: [ids.encode('thread', threadId)], newThreads: 1, sources: [], circles: [], attention: false },
  ]);
  await seedMention(fresh.db, { threadId });
  expect(await until(events, [threadId])).toMatchObject([{ newThreads: 0 }]);
});

test('a source that changed is told', async () => {
  const source = await seedSource(fresh.db);
  const events = open();
  const guest = open(undefined, { ...localViewer, key: 'guest', personId: 904, colleague: false, circles: [98] });
  await guest.lastId();
  await sql`insert into changes (kind, ref) values (3, ${source})`.execute(fresh.db);
  const told = { threads: [], newThreads: 0, circles: [], sources: [], attention: false };
  expect((await events.next())?.data).toEqual({ ...told, sources: [ids.encode('source', source)] });
  // Not to a guest: the first they hear of is their own.
  await fresh.db.transaction().execute((trx) => recordChanges(trx, { people: [904] }));
  expect((await guest.next())?.data).toEqual({ ...told, attention: true });
});

test('a thread outside the circles of a viewer is not told, not even that something changed', async () => {
  const blind = open(undefined, { ...localViewer, key: 'guest', circles: [99] });
  const seeing = open();
  const { threadId } = await seedMention(fresh.db);
  await until(seeing, [threadId]);
  const source = await seedSource(fresh.db);
  await sql`insert into changes (kind, ref) values (3, ${source})`.execute(fresh.db);
  expect((await blind.next())?.data).toMatchObject({ threads: [], newThreads: 0 });
});

test('what happens in a circle is told to who is in it, where the thread stands in that very circle', async () => {
  const closed = await seedCircle(fresh.db, 'Bestuur');
  const colleague = open(undefined, { ...localViewer, key: 'p902', personId: 902, circles: [1, 2] });
  const board = open(undefined, { ...localViewer, key: 'p903', personId: 903, circles: [1, 2, closed] });
  const { threadId } = await seedMention(fresh.db);
  await until(colleague, [threadId]);
  await until(board, [threadId]);
  const change = (circleId: number | null, ref = threadId) =>
    fresh.db
      .transaction()
      .execute((trx) =>
        recordChanges(trx, circleId === null ? { threads: [ref] } : { inside: [{ threadId: ref, circleId }] }),
      );
  const { id: writer } = await seedPerson(fresh.db);
  await seedReply(fresh.db, { threadId, personId: writer, at: new Date().toISOString(), circleId: closed });
  await change(closed);
  await until(board, [threadId]);
  // It does not stand in circle 2 yet: nobody hears, though both may see that circle.
  await change(2);
  const other = await seedMention(fresh.db);
  expect(await until(colleague, [other.threadId])).toMatchObject([{ threads: [ids.encode('thread', other.threadId)] }]);
  await seedReply(fresh.db, { threadId, personId: writer, at: new Date().toISOString() });
  await change(2);
  expect(await until(colleague, [threadId])).toMatchObject([{ newThreads: 0 }]);
});

test('a thread born inside is new to who may see it', async () => {
  const outsider = open();
  const colleague = open(undefined, { ...localViewer, key: 'p902', personId: 902, circles: [1, 2] });
  const { id: personId } = await seedPerson(fresh.db);
  const threadId = await seedInsideThread(fresh.db, { personId, at: new Date().toISOString() });
  await fresh.db
    .transaction()
    .execute((trx) => recordChanges(trx, { inside: [{ threadId, circleId: 2 }], people: [personId] }));
  expect(await until(colleague, [threadId])).toMatchObject([{ newThreads: 1, attention: false }]);
  const source = await seedSource(fresh.db);
  await sql`insert into changes (kind, ref) values (3, ${source})`.execute(fresh.db);
  expect((await outsider.next())?.data).toMatchObject({ threads: [], newThreads: 0 });
});

test('what a person has read or follows is told to their own tabs alone', async () => {
  const tabs = [open(), open()];
  const other = open(undefined, { ...localViewer, key: 'p902', personId: 902 });
  await fresh.db.transaction().execute((trx) => recordChanges(trx, { people: [localViewer.personId] }));
  for (const tab of tabs)
    expect((await tab.next())?.data).toEqual({ threads: [], newThreads: 0, sources: [], circles: [], attention: true });
  const { threadId } = await seedMention(fresh.db);
  expect(await until(other, [threadId])).toMatchObject([{ attention: false }]);
});

test('a stream ends within a second of its session, or of another reach of its person; others go on', async () => {
  const there = new Set(['a', 'b', 'c']);
  const openOf = (personId: number, name: string) => {
    const viewer = { ...localViewer, key: `p${personId}`, personId };
    const body = live.open({
      viewer,
      address: 'a',
      lastEventId: undefined,
      isStillThere: async () => there.has(name),
    });
    return readEvents(body!);
  };
  const [ending, staying, other] = [openOf(7, 'a'), openOf(7, 'b'), openOf(8, 'c')];
  await Promise.all([ending, staying, other].map((events) => events.lastId()));
  there.delete('a');
  const told = performance.now();
  await tellOfPerson(fresh.db, 7);
  expect(await ending.next()).toBeNull();
  expect(performance.now() - told).toBeLessThan(1_000);
  const { threadId } = await seedMention(fresh.db);
  await until(staying, [threadId]);
  await until(other, [threadId]);
});

test('a burst becomes few frames, three at once and then ten a second, and nothing is missing', async () => {
  const events = open();
  const startedAt = Date.now();
  const made = [];
  for (let i = 0; i < 150; i += 1) made.push((await seedMention(fresh.db)).threadId);
  const frames = await until(events, made);
  expect(frames.length).toBeLessThanOrEqual(4 + (Date.now() - startedAt) / 100);
  expect(frames.reduce((sum, { newThreads }) => sum + newThreads, 0)).toBe(150);
});

test('under interleaved commits nothing is lost and nothing comes before what was committed', async () => {
  const events = open();
  const clients = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const client = new pg.Client({ connectionString: fresh.url });
      await client.connect();
      return client;
    }),
  );
  const threads: number[] = [];
  await Promise.all(
    clients.map(async (client, n) => {
      for (let i = 0; i < 25; i += 1) {
        await client.query('begin');
        const { rows } = await client.query("insert into threads (born) values ('outside') returning id");
        const id = Number(rows[0].id);
        await client.query('insert into placements (thread_id, circle_id, sort_at) values ($1, 1, now())', [id]);
        await client.query('insert into changes (kind, ref) values (1, $1)', [id]);
        // Sequence numbers are out; whoever commits first decides nothing.
        await sleep((n * 7 + i * 3) % 12);
        const rolledBack = (n + i) % 5 === 0;
        await client.query(rolledBack ? 'rollback' : 'commit');
        if (!rolledBack) threads.push(id);
      }
      await client.end();
    }),
  );
  const frames = await until(events, threads);
  const told = frames.flatMap((frame) => frame.threads);
  expect(new Set(told).size).toBe(threads.length);
  expect(told.length).toBe(threads.length);
  expect(frames.reduce((sum, { newThreads }) => sum + newThreads, 0)).toBe(threads.length);
});

test('who comes back hears once what was missed, then what happens', async () => {
  const first = open();
  const before = await seedMention(fresh.db);
  await until(first, [before.threadId]);
  const id = await first.lastId();
  await first.stop();
  const missed = [await seedMention(fresh.db), await seedMention(fresh.db)].map(({ threadId }) => threadId);
  await seedMention(fresh.db, { threadId: before.threadId });
  const again = open(id);
  const frames = await until(again, [...missed, before.threadId]);
  expect(frames.reduce((sum, { newThreads }) => sum + newThreads, 0)).toBe(2);
  const later = await seedMention(fresh.db);
  expect(await until(again, [later.threadId])).toMatchObject([{ newThreads: 1 }]);
});

test('what was missed comes before what happens meanwhile, and nothing comes twice', async () => {
  const start = open();
  const id = await start.lastId();
  await start.stop();
  let writing = true;
  const writer = (async () => {
    for (;;) {
      const { threadId } = await seedMention(fresh.db);
      if (!writing) return threadId;
    }
  })();
  const places = await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      await sleep(n * 17);
      const events = open(id, localViewer, `c${n}`);
      const seen = [];
      const told: string[] = [];
      for (let i = 0; i < 4; i += 1) {
        const event = (await events.next())!;
        seen.push(openPlace(seal, event.id)!.position);
        told.push(...(event.data as Change).threads);
      }
      await events.stop();
      expect(new Set(told).size).toBe(told.length);
      return seen;
    }),
  );
  writing = false;
  // A transaction elsewhere on the server holds back what is told: whoever came next would still hear of these.
  await until(open(id), [await writer]);
  for (const seen of places)
    for (const [i, position] of seen.entries()) if (i > 0) expect(isAfter(position, seen[i - 1]!)).toBe(true);
});

test('who comes back with the place of somebody else is told what they may see themselves', async () => {
  const closed = await seedCircle(fresh.db, 'Directie');
  const board = { ...localViewer, key: 'p903', personId: 903, circles: [1, closed] };
  const first = open(undefined, board);
  const id = await first.lastId();
  await first.stop();
  const { id: personId } = await seedPerson(fresh.db);
  const at = new Date().toISOString();
  const secret = await seedInsideThread(fresh.db, { personId, at, circleId: closed });
  await fresh.db
    .transaction()
    .execute((trx) => recordChanges(trx, { inside: [{ threadId: secret, circleId: closed }] }));
  const { threadId } = await seedMention(fresh.db);
  const [name, hidden] = [threadId, secret].map((thread) => ids.encode('thread', thread));
  expect(await until(open(id), [threadId])).toMatchObject([{ threads: [name] }]);
  expect((await until(open(id, board), [secret]))[0]!.threads.toSorted()).toEqual([name, hidden].toSorted());
});

test('many who come back at once, from several places, each hear what they missed and none of it twice', async () => {
  const told = open();
  const places: { id: string; missed: number[] }[] = [];
  for (let round = 0; round < 4; round += 1) {
    const id = await told.lastId();
    const { threadId } = await seedMention(fresh.db);
    await until(told, [threadId]);
    for (const place of places) place.missed.push(threadId);
    places.push({ id, missed: [threadId] });
    places[round]!.id = id;
  }
  const back = Array.from({ length: 40 }, (_, n) => ({
    ...places[n % 4]!,
    events: open(places[n % 4]!.id, { ...localViewer, key: `p${n}`, personId: 2_000 + n }, `d${n}`),
  }));
  const later = await seedMention(fresh.db);
  for (const { events, missed } of back) {
    const frames = await until(events, [...missed, later.threadId]);
    expect(frames.flatMap(({ threads }) => threads)).toHaveLength(missed.length + 1);
    expect(frames.reduce((sum, { newThreads }) => sum + newThreads, 0)).toBe(missed.length + 1);
  }
});

test('who comes back to another process, restarted meanwhile, goes on as well', async () => {
  const first = open();
  const id = await first.lastId();
  await live.close();
  const { threadId } = await seedMention(fresh.db);
  live = await startLive({ db: fresh.db, databaseUrl: fresh.url, ids, seal, log: createLog('silent') });
  expect(await until(open(id), [threadId])).toHaveLength(1);
});

test('an id that is not ours, from the future or too old asks to load everything again', async () => {
  const { threadId } = await seedMention(fresh.db);
  const theirs = seal.close('someone else', 'live', [1n, 1n, BigInt(Date.now())]);
  const future = closePlace(seal, { position: { xid: '999999999', seq: 1 }, at: Date.now() });
  const old = closePlace(seal, { position: { xid: '1', seq: 0 }, at: 0 });
  await sql`update changes_horizon set xid = '2', seq = 0`.execute(fresh.db);
  for (const id of ['nonsense', '%00', 'a'.repeat(300), theirs, future, old]) {
    const events = open(id);
    expect((await events.next())?.event).toBe('resync');
    // And from there it goes on.
    await seedMention(fresh.db, { threadId });
    await until(events, [threadId]);
    await events.stop();
  }
});

test('more than anyone should load one by one becomes a resync', async () => {
  const events = open();
  await sql`with made as (insert into threads (born) select 'outside' from generate_series(1, 501) returning id),
      placed as (insert into placements (thread_id, circle_id, sort_at) select id, 1, now() from made)
    insert into changes (kind, ref) select 1, id from made`.execute(fresh.db);
  expect((await events.next())?.event).toBe('resync');
});

test('one person has their cap, one address has its own, and a closed stream makes room', async () => {
  const all = Array.from({ length: streamsPerPerson }, () => open());
  expect(live.open({ viewer: localViewer, address: 'b', lastEventId: undefined, isStillThere })).toBeNull();
  const house = Array.from({ length: streamsPerAddress - streamsPerPerson }, (_, n) =>
    open(undefined, { ...localViewer, key: `p${n}`, personId: 10_000 + n }),
  );
  const late = { ...localViewer, key: 'late', personId: 99 };
  expect(live.open({ viewer: late, address: 'a', lastEventId: undefined, isStillThere })).toBeNull();
  const other = open(undefined, late, 'b');
  await all[0]!.stop();
  const one = open();
  await Promise.all([...all.slice(1), ...house, other, one].map((events) => events.stop()));
});

test('a client that reads nothing is dropped and the others notice nothing', async () => {
  let broken = 0;
  const stuck = live.open({
    viewer: localViewer,
    address: 'a',
    lastEventId: undefined,
    isStillThere,
    abort: () => broken++,
  });
  expect(stuck).not.toBeNull();
  const events = open();
  // More than 256 kB wait for the one that does not read.
  for (let round = 0; round < 30; round += 1) {
    const { rows } = await sql<{ id: number }>`
      with made as (insert into threads (born) select 'outside' from generate_series(1, 400) returning id),
        placed as (insert into placements (thread_id, circle_id, sort_at) select id, 1, now() from made),
        noted as (insert into changes (kind, ref) select 1, id from made)
      select id, pg_notify('buitenwacht_changes', '') from made`.execute(fresh.db);
    await until(
      events,
      rows.map(({ id }) => id),
    );
  }
  expect(broken).toBe(1);
});

test('closing ends every stream', async () => {
  const events = open();
  await events.lastId();
  await live.close();
  expect(await events.next()).toBeNull();
  expect(live.open({ viewer: localViewer, address: 'a', lastEventId: undefined, isStillThere })).toBeNull();
});
