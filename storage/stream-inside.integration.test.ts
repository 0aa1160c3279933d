import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { seedMention, seedSource } from '#test/seed.ts';
import { seedAttention, seedCircle, seedInsideThread, seedReply } from '#test/seed-inside.ts';
import { deskCircle, everyoneCircle, outsideCircle } from './schema.ts';
import { readStream } from './stream.ts';
import type { StreamFilter } from './stream-filter.ts';
import type { StreamRow } from './stream-rows.ts';

let fresh: FreshDatabase;
let sanne: SeededPerson;
let joris: SeededPerson;
let closed: number;
beforeAll(async () => {
  fresh = await freshDatabase();
  sanne = await seedPerson(fresh.db, { name: 'Sanne' });
  joris = await seedPerson(fresh.db, { name: 'Joris' });
  closed = await seedCircle(fresh.db, 'Bestuur');
  await sql`update circle_readings set read_up_to = '2026-11-01'`.execute(fresh.db);
});
afterAll(() => fresh.drop());

const both = [outsideCircle, everyoneCircle];

async function firstPage(filter: StreamFilter = {}, circles: readonly number[] = both, listed = circles) {
  const reader = { personId: sanne.id, circles };
  return (await readStream(fresh.db, reader, listed, filter, null, 50)).rows;
}
const idsOf = (rows: StreamRow[]) => rows.map(({ id }) => id);
const rowOf = async (id: number, circles = both) => (await firstPage({}, circles)).find((row) => row.id === id);

/** An outside thread that was told and placed at one moment. */
async function told(at: string, more: Parameters<typeof seedMention>[1] = {}) {
  const made = await seedMention(fresh.db, { publishedAt: new Date(at), ...more });
  await sql`update placements set news_at = ${at} where thread_id = ${made.threadId}`.execute(fresh.db);
  return made;
}

test('inside and outside stand in one list; a reply brings a thread up for who may read it, once', async () => {
  const { threadId: older } = await told('2026-11-10T08:00:00Z');
  const { threadId: newer } = await told('2026-11-10T10:00:00Z');
  const inside = await seedInsideThread(fresh.db, { personId: joris.id, at: '2026-11-10T09:00:00Z' });
  expect(idsOf(await firstPage())).toEqual([newer, inside, older]);
  await seedReply(fresh.db, { threadId: older, personId: joris.id, at: '2026-11-10T11:00:00Z' });
  expect(idsOf(await firstPage())).toEqual([older, newer, inside]);
  expect(idsOf(await firstPage({}, both, [outsideCircle]))).toEqual([newer, older]);
  expect(idsOf(await firstPage({}, both, [everyoneCircle]))).toEqual([older, inside]);
  await seedReply(fresh.db, { threadId: newer, personId: joris.id, at: '2026-11-10T12:00:00Z', circleId: closed });
  expect(idsOf(await firstPage())).toEqual([older, newer, inside]);
  expect(idsOf(await firstPage({}, [...both, closed]))).toEqual([newer, older, inside]);
});

test('a row tells who began, how many replies the reader may see and the last of them', async () => {
  const id = await seedInsideThread(fresh.db, { personId: joris.id, at: '2026-11-11T08:00:00Z', title: 'Stand' });
  await seedReply(fresh.db, { threadId: id, personId: joris.id, at: '2026-11-11T08:00:00Z', text: 'Wie kan er?' });
  await seedReply(fresh.db, { threadId: id, personId: sanne.id, at: '2026-11-11T08:05:00Z', text: 'Ik\n\nkan.' });
  await seedReply(fresh.db, { threadId: id, personId: joris.id, at: '2026-11-11T08:06:00Z', withdrawn: true });
  await seedReply(fresh.db, { threadId: id, personId: joris.id, at: '2026-11-11T08:07:00Z', circleId: closed });
  const row = await rowOf(id);
  expect(row).toMatchObject({
    born: 'inside',
    title: 'Stand',
    language: 'nl',
    source: null,
    starter: { id: joris.id, name: 'Joris' },
    replyCount: 2,
    lastReply: {
      person: { id: sanne.id, name: 'Sanne' },
      circle: { id: everyoneCircle, kind: 'internal', name: 'everyone' },
      text: 'Ik\n\nkan.',
      at: new Date('2026-11-11T08:05:00Z'),
    },
    lastAt: new Date('2026-11-11T08:05:00Z'),
    case: null,
    tip: false,
  });
  expect(await rowOf(id, [...both, closed])).toMatchObject({
    replyCount: 3,
    lastReply: { circle: { name: 'Bestuur' } },
  });
});

test('the last reply comes with what it points to, and nothing of what the reader may not see', async () => {
  const secret = await seedInsideThread(fresh.db, {
    personId: joris.id,
    at: '2026-11-02T08:00:00Z',
    circleId: closed,
    title: 'Geheim',
  });
  const { threadId, mentionId } = await told('2026-11-11T09:00:00Z', { title: 'Brug dicht' });
  await seedReply(fresh.db, {
    threadId,
    personId: joris.id,
    at: '2026-11-11T09:05:00Z',
    text: '\uFFFC zie \uFFFC en \uFFFC',
    references: [
      { kind: 'person', ref: sanne.id },
      { kind: 'mention', ref: mentionId },
      { kind: 'thread', ref: secret },
    ],
  });
  expect((await rowOf(threadId))?.lastReply?.references).toMatchObject([
    { person: 'Sanne' },
    { title: 'Brug dicht', source: 'De Waardbode' },
    { kind: 'thread', visible: false, title: null },
  ]);
});

test('a thread is unread from what arrived in a circle of the reader, until they open it or mark all', async () => {
  const { threadId } = await told('2026-11-12T08:00:00Z');
  expect(await rowOf(threadId)).toMatchObject({ unread: true, follows: false });
  await seedAttention(fresh.db, {
    personId: sanne.id,
    threadId,
    circleId: outsideCircle,
    readAt: '2026-11-12T08:00:00Z',
    follows: true,
  });
  expect(await rowOf(threadId)).toMatchObject({ unread: false, follows: true });
  await seedReply(fresh.db, { threadId, personId: joris.id, at: '2026-11-12T09:00:00Z', circleId: closed });
  expect(await rowOf(threadId)).toMatchObject({ unread: false, replyCount: 0, lastReply: null });
  await seedReply(fresh.db, { threadId, personId: joris.id, at: '2026-11-12T09:00:00Z' });
  expect(await rowOf(threadId)).toMatchObject({ unread: true });
  await sql`update circle_readings set read_up_to = '2026-11-12T09:00:00Z' where person_id = ${sanne.id}`.execute(
    fresh.db,
  );
  expect(await rowOf(threadId)).toMatchObject({ unread: false });
  await sql`update circle_readings set read_up_to = '2026-11-01' where person_id = ${sanne.id}`.execute(fresh.db);
});

test('a row shows the case and the tip of a thread', async () => {
  const { threadId } = await told('2026-11-13T08:00:00Z');
  await sql`insert into cases (thread_id, state, waiting_since, holder_id, taken_at)
    values (${threadId}, 'taken', '2026-11-13T08:00:00Z', ${joris.id}, now())`.execute(fresh.db);
  await sql`insert into thread_events (thread_id, circle_id, kind, person_id) values (${threadId}, ${outsideCircle}, 'tipped', ${joris.id})`.execute(
    fresh.db,
  );
  expect(await rowOf(threadId)).toMatchObject({
    case: { state: 'taken', holder: { name: 'Joris' }, waitingSince: new Date('2026-11-13T08:00:00Z') },
    tip: true,
  });
});

test('a tip is told of where it was given', async () => {
  const inside = await seedInsideThread(fresh.db, { personId: joris.id, at: '2026-11-19T09:00:00Z' });
  await sql`insert into thread_events (thread_id, circle_id, kind, person_id)
    values (${inside}, ${closed}, 'tipped', ${joris.id})`.execute(fresh.db);
  expect([(await rowOf(inside))?.tip, (await rowOf(inside, [...both, closed]))?.tip]).toEqual([false, true]);
});

test('days are those of the time zone, on both sides of a clock change', async () => {
  const day = (from: string, to = from) => firstPage({ days: { from, to, timeZone: 'Europe/Amsterdam' } });
  const late = await told('2026-10-25T22:59:59.999Z');
  const next = await told('2026-10-25T23:00:00Z');
  const early = await told('2026-10-24T22:00:00Z');
  const before = await told('2026-10-24T21:59:59.999Z');
  expect(idsOf(await day('2026-10-25'))).toEqual([late.threadId, early.threadId]);
  expect(idsOf(await day('2026-10-26'))).toEqual([next.threadId]);
  expect(idsOf(await day('2026-10-24'))).toEqual([before.threadId]);
  // A copy and a reply do not move the day on which a story was first told.
  await seedMention(fresh.db, { threadId: before.threadId, publishedAt: new Date('2026-10-26T12:00:00Z') });
  await seedReply(fresh.db, { threadId: before.threadId, personId: joris.id, at: '2026-10-26T12:00:00Z' });
  expect(idsOf(await day('2026-10-24'))).toEqual([before.threadId]);
  expect(idsOf(await day('2026-10-26'))).toEqual([next.threadId]);
  const open = await firstPage({ days: { from: '2026-10-26', timeZone: 'Europe/Amsterdam' } });
  expect(open.every(({ born }) => born === 'outside')).toBe(true);
  expect(idsOf(open)).not.toContain(late.threadId);
});

test('every filter and every pair of filters pages through what holds of each row, by list and by walk', {
  timeout: 120_000,
}, async () => {
  const random = seeded(4);
  const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)]!;
  const moment = () => new Date(Date.UTC(2026, 9, 1) + Math.floor(random() * 20 * 24) * 3_600_000).toISOString();
  const sources = [await seedSource(fresh.db, 'Een'), await seedSource(fresh.db, 'Twee', 'forum')];
  for (let n = 0; n < 90; n += 1) {
    const at = moment();
    const { threadId } = await told(at, {
      sourceId: pick(sources),
      language: pick(['nl', 'en']),
      tone: pick([-1, 0, 1, null]),
    });
    if (random() < 0.4) await seedReply(fresh.db, { threadId, personId: joris.id, at: later(at, random) });
    if (random() < 0.2)
      await seedReply(fresh.db, { threadId, personId: joris.id, at: later(at, random), circleId: closed });
    if (random() < 0.3) {
      const state = pick(['answered', 'unanswered'] as const);
      await sql`insert into cases (thread_id, state, waiting_since, closed_at) values (${threadId}, ${state}, ${at}, now())`.execute(
        fresh.db,
      );
    }
    for (const circleId of [outsideCircle, everyoneCircle])
      if (random() < 0.4)
        await seedAttention(fresh.db, {
          personId: sanne.id,
          threadId,
          circleId,
          readAt: random() < 0.7 ? later(at, random) : null,
          follows: random() < 0.3,
          mentionedAt: random() < 0.2 ? at : null,
        });
  }
  for (let n = 0; n < 15; n += 1) await seedInsideThread(fresh.db, { personId: joris.id, at: moment() });
  await sql`update circle_readings set read_up_to = '2026-10-06' where person_id = ${sanne.id}`.execute(fresh.db);

  const timeZone = 'Europe/Amsterdam';
  const filters: StreamFilter[] = [
    { unread: true },
    { mine: true },
    { outcome: 'discussed' },
    { outcome: 'answered' },
    { outcome: 'unanswered' },
    { days: { from: '2026-10-05', to: '2026-10-12', timeZone } },
    { sourceId: sources[1] },
    { language: 'en' },
    { tone: null },
  ];
  const pairs = filters.flatMap((one, n) => filters.slice(n + 1).map((other) => ({ ...one, ...other })));
  const reader = { personId: sanne.id, circles: both };
  const everything = (await wholeStream(reader, both, {})).length;
  for (const filter of [...filters, ...pairs]) {
    for (const listed of [both, [outsideCircle], [everyoneCircle]]) {
      const wanted = await expected(reader, listed, filter);
      expect(wanted.length).toBeLessThan(everything);
      for (const mostListed of [1_000, 1])
        expect(await wholeStream(reader, listed, filter, mostListed)).toEqual(wanted);
    }
  }
});

type Reader = { personId: number; circles: readonly number[] };

async function wholeStream(reader: Reader, listed: readonly number[], filter: StreamFilter, mostListed?: number) {
  const seen: number[] = [];
  for (let after: Parameters<typeof readStream>[4] = null, pages = 0; pages < 200; pages += 1) {
    const { rows, next } = await readStream(fresh.db, reader, listed, filter, after, 7, mostListed);
    seen.push(...idsOf(rows));
    if (!next) return seen;
    after = next;
  }
  throw new Error('The stream has no end');
}

/** The same by the plainest SQL: every thread at its newest listed place, then each condition of its own. */
async function expected({ personId, circles }: Reader, listed: readonly number[], filter: StreamFilter) {
  const { sourceId, language, tone, unread, mine, outcome, days } = filter;
  const { rows } = await sql<{ id: number }>`
    select thread_id as id from placements l
    where circle_id = any(${listed}::int[])
      and (${language ?? null}::text is null or language = ${language ?? null})
      and (${tone !== null} or tone is null)
      and (${sourceId ?? null}::bigint is null or exists (select from placement_sources s
        where s.thread_id = l.thread_id and s.circle_id = l.circle_id and s.source_id = ${sourceId ?? null}))
      and (${!unread} or thread_id in (
        select p.thread_id from placements p
        left join attention a on (a.person_id, a.thread_id, a.circle_id) = (${personId}, p.thread_id, p.circle_id)
        left join circle_readings w on (w.person_id, w.circle_id) = (${personId}, p.circle_id)
        where p.circle_id = any(${circles}::int[])
          and p.news_at > greatest(coalesce(a.read_at, '-infinity'), coalesce(w.read_up_to, '-infinity'))))
      and (${!mine} or thread_id in (select thread_id from attention
        where person_id = ${personId} and (follows or mentioned_at is not null)))
      and (${outcome !== 'discussed'} or (thread_id in (select id from threads where born = 'outside')
        and thread_id in (select thread_id from replies where circle_id = ${everyoneCircle})))
      and (${outcome === undefined || outcome === 'discussed'}
        or thread_id in (select thread_id from cases where state = ${outcome ?? null}))
      and (${days === undefined} or thread_id in (select t.id from threads t join mentions m on m.id = t.origin_mention_id
        where (m.sort_at at time zone 'Europe/Amsterdam')::date between ${days?.from ?? null}::date and ${days?.to ?? null}::date))
    group by thread_id order by max(sort_at) desc, thread_id desc`.execute(fresh.db);
  return rows.map(({ id }) => id);
}

const later = (at: string, random: () => number) => new Date(Date.parse(at) + random() * 5 * 86_400_000).toISOString();

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

test('no filter tells of a circle that its reader does not see: of a mark there, or of an outside that stands at the desk', async () => {
  const { threadId: followed } = await told('2026-11-20T08:00:00Z');
  await seedReply(fresh.db, { threadId: followed, personId: joris.id, at: '2026-11-20T09:00:00Z' });
  await seedReply(fresh.db, { threadId: followed, personId: joris.id, at: '2026-11-20T09:01:00Z', circleId: closed });
  await seedAttention(fresh.db, { personId: sanne.id, threadId: followed, circleId: closed, follows: true });
  const has = async (id: number, filter: StreamFilter, ...more: number[]) =>
    idsOf(await firstPage(filter, [...both, ...more])).includes(id);
  expect([await has(followed, { mine: true }), await has(followed, { mine: true }, closed)]).toEqual([false, true]);

  const { threadId } = await told('2026-11-20T08:00:00Z');
  await seedReply(fresh.db, { threadId, personId: joris.id, at: '2026-11-20T09:00:00Z' });
  await seedAttention(fresh.db, { personId: sanne.id, threadId, follows: true });
  await sql`update placements set circle_id = ${deskCircle}, home = true
    where thread_id = ${threadId} and circle_id = ${outsideCircle}`.execute(fresh.db);
  await sql`insert into cases (thread_id, state, waiting_since, closed_at, closed_by)
    values (${threadId}, 'answered', now(), now(), ${joris.id})`.execute(fresh.db);
  const days = { from: '2026-11-20', to: '2026-11-20', timeZone: 'Europe/Amsterdam' };
  for (const filter of [{ outcome: 'discussed' }, { outcome: 'answered' }, { days }, { mine: true, days }] as const)
    expect([await has(threadId, filter), await has(threadId, filter, deskCircle)], JSON.stringify(filter)).toEqual([
      false,
      true,
    ]);
});
