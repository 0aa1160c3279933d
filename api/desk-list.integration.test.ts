import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '#test/api-app.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { seedMention } from '#test/seed.ts';

let app: TestApp;
let fatima: SeededPerson;
let ravi: SeededPerson;
const threads: number[] = [];

/** Twelve that wait, an hour apart, of which 0 to 2 are Fatima's and 3 is Ravi's; three answered and one closed. */
beforeAll(async () => {
  app = await testApp();
  fatima = await seedPerson(app.db, { name: 'Fatima El Idrissi', role: 'communication' });
  ravi = await seedPerson(app.db, { name: 'ravi ramdin', role: 'communication' });
  for (let n = 0; n < 16; n++) {
    const { threadId } = await seedMention(app.db, { title: `Vraag ${n}` });
    threads.push(threadId);
    const holder = n < 3 ? fatima.id : n === 3 ? ravi.id : null;
    if (n < 12)
      await sql`insert into cases (thread_id, state, waiting_since, holder_id, taken_at)
        values (${threadId}, ${holder ? 'taken' : 'open'}, now() - ${n} * interval '1 hour', ${holder},
          ${holder ? new Date() : null})`.execute(app.db);
  }
  // Answered after 10, 30 and 90 minutes; midnight in Amsterdam divides today from yesterday.
  const midnight = sql`date_trunc('day', now(), 'Europe/Amsterdam')`;
  for (const [n, minutes, state, at] of [
    [12, 10, 'answered', sql`now()`],
    [13, 30, 'answered', midnight],
    [14, 90, 'answered', sql`${midnight} - interval '1 second'`],
    [15, 5, 'unanswered', sql`now()`],
  ] as const) {
    const reason = state === 'unanswered' ? 'no-question' : null;
    await sql`insert into cases (thread_id, state, waiting_since, closed_at, closed_by, reason)
      values (${threads[n]!}, ${state}, ${at} - ${minutes} * interval '1 minute', ${at}, ${ravi.id}, ${reason})`.execute(
      app.db,
    );
  }
});
afterAll(() => app.drop());

const titles = async (query: string, person = ravi) => {
  const answer = await app.as(person)('GET', `/api/desk?${query}`);
  expect(answer.status).toBe(200);
  return answer.json.threads.map(({ title }: { title: string }) => Number(title.split(' ')[1]));
};

test('the open list holds what is open and what is taken, who waits longest first or last', async () => {
  expect(await titles('list=open')).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  expect(await titles('order=newest&limit=3')).toEqual([0, 1, 2]);
});

test('mine are those I hold; closed ones are listed newest first with their moment as place', async () => {
  expect(await titles('list=mine', fatima)).toEqual([2, 1, 0]);
  expect(await titles('list=answered')).toEqual([12, 13, 14]);
  expect(await titles('list=unanswered')).toEqual([15]);
});

test('rows are rows of the stream with the case in them', async () => {
  const { threads: rows } = (await app.as(ravi)('GET', '/api/desk?list=mine')).json;
  expect(rows[0]).toMatchObject({
    born: 'outside',
    title: 'Vraag 3',
    case: { state: 'taken', holder: { name: 'ravi ramdin' } },
  });
  expect(rows[0].sortAt).toBe(rows[0].case.waitingSince);
});

test('rows that are closed say by whom and when, and why when there is no answer', async () => {
  const [answered] = (await app.as(ravi)('GET', '/api/desk?list=answered')).json.threads;
  expect(answered.case).toMatchObject({ state: 'answered', closedBy: { name: 'ravi ramdin' }, reason: null });
  expect(answered.case.closedAt).toBe(answered.sortAt);
  const [unanswered] = (await app.as(ravi)('GET', '/api/desk?list=unanswered')).json.threads;
  expect(unanswered.case).toMatchObject({ state: 'unanswered', reason: 'no-question' });
});

test('a cursor goes through the whole list without repeating, and counts for its viewer, list and order alone', async () => {
  for (const order of ['waiting', 'newest']) {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = (await app.as(ravi)('GET', `/api/desk?order=${order}&limit=5${cursor && `&cursor=${cursor}`}`)).json;
      seen.push(...page.threads.map(({ id }: { id: string }) => id));
      cursor = page.cursor ?? '';
    } while (cursor);
    expect(new Set(seen).size).toBe(12);
    expect(seen).toHaveLength(12);
  }
  const { cursor } = (await app.as(ravi)('GET', '/api/desk?limit=5')).json;
  for (const [person, query] of [
    [fatima, 'limit=5'],
    [ravi, 'limit=5&order=newest'],
    [ravi, 'limit=5&list=mine'],
  ] as const) {
    expect((await app.as(person)('GET', `/api/desk?${query}&cursor=${cursor}`)).status).toBe(400);
  }
});

test('counts, who has what by name, and today in the time zone of the installation', async () => {
  const { counts, holders, nobody, today } = (await app.as(fatima)('GET', '/api/desk')).json;
  expect(counts).toEqual({ open: 12, mine: 3, answered: 3, unanswered: 1 });
  expect(holders.map(({ person, count }: { person: { name: string }; count: number }) => [person.name, count])).toEqual(
    [
      ['Fatima El Idrissi', 3],
      ['ravi ramdin', 1],
    ],
  );
  expect(nobody).toBe(8);
  expect(today).toEqual({ answered: 2, unanswered: 1, medianMinutes: 20 });
});

test('what was closed and left the outside stream is not counted', async () => {
  const answered = async () => {
    const { counts, today } = (await app.ask('GET', '/api/desk')).json;
    return [counts.answered, today.answered];
  };
  expect(await answered()).toEqual([3, 2]);
  const { rows } = await sql<{
    sort_at: Date;
  }>`delete from placements where thread_id = ${threads[12]!} returning sort_at`.execute(app.db);
  expect(await titles('list=answered')).toEqual([13, 14]);
  expect(await answered()).toEqual([2, 1]);
  await sql`insert into placements (thread_id, circle_id, sort_at) values (${threads[12]!}, 1, ${rows[0]!.sort_at})`.execute(
    app.db,
  );
});

test('a thread that left the outside stream is nowhere on the desk', async () => {
  const { rows } = await sql<{
    sort_at: Date;
  }>`delete from placements where thread_id = ${threads[11]!} returning sort_at`.execute(app.db);
  expect(await titles('list=open&limit=1')).toEqual([10]);
  expect((await app.ask('GET', '/api/desk')).json).toMatchObject({ counts: { open: 11 }, nobody: 7 });
  await sql`insert into placements (thread_id, circle_id, sort_at) values (${threads[11]!}, 1, ${rows[0]!.sort_at})`.execute(
    app.db,
  );
});

test('a desk on which nothing ever was says so in noughts', async () => {
  const empty = await testApp();
  expect((await empty.ask('GET', '/api/desk?list=mine')).json).toEqual({
    threads: [],
    cursor: null,
    counts: { open: 0, mine: 0, answered: 0, unanswered: 0 },
    holders: [],
    nobody: 0,
    today: { answered: 0, unanswered: 0, medianMinutes: null },
  });
  await empty.drop();
});
