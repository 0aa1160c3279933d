import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asked, besides, type TestApp, testApp } from '#test/api-app.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { seedMention } from '#test/seed.ts';

let one: TestApp;
let other: TestApp;
let fatima: SeededPerson;
let ravi: SeededPerson;

beforeAll(async () => {
  one = await testApp();
  other = await besides(one);
  fatima = await seedPerson(one.db, { name: 'Fatima', role: 'communication' });
  ravi = await seedPerson(one.db, { name: 'Ravi', role: 'communication' });
});
afterAll(async () => {
  await other.drop();
  await one.drop();
});

type Act = { action: string; body: object };
const take: Act = { action: 'take', body: {} };
const answer: Act = { action: 'answer', body: { text: 'Morgen is het loket open.' } };
const noAnswer: Act = { action: 'no-answer', body: { reason: 'no-question' } };

/** Both at once, each in a process of their own; a few races at the same time, so that they meet in every order. */
async function races(
  count: number,
  first: Act,
  second: Act,
  judge: (threadId: number, answers: Asked[]) => Promise<void>,
) {
  for (let done = 0; done < count; done += 5) {
    await Promise.all(
      Array.from({ length: 5 }, async (_, n) => {
        const { threadId } = await seedMention(one.db);
        const path = `/api/threads/${one.ids.encode('thread', threadId)}/case`;
        const asked = [
          () => one.as(fatima)('POST', `${path}/${first.action}`, { version: 0, ...first.body }),
          () => other.as(ravi)('POST', `${path}/${second.action}`, { version: 0, ...second.body }),
        ];
        const answers =
          n % 2
            ? asked.map((ask) => ask())
            : asked
                .toReversed()
                .map((ask) => ask())
                .toReversed();
        await judge(threadId, await Promise.all(answers));
      }),
    );
  }
}

const names = ['Fatima', 'Ravi'];
const eventsOf = (threadId: number) =>
  one.db.selectFrom('thread_events').select(['kind', 'person_id']).where('thread_id', '=', threadId).execute();

test('of two colleagues who take the same thread, 500 times, one holds it and the other hears who', async () => {
  const won = [0, 0];
  await races(500, take, take, async (threadId, answers) => {
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = answers.findIndex(({ status }) => status === 200);
    won[winner]! += 1;
    expect(answers[winner]!.json.holder.name).toBe(names[winner]);
    expect(answers[1 - winner]!.json).toMatchObject({ code: 'case_changed', facts: { holder: names[winner] } });
    const held = await one.db.selectFrom('cases').selectAll().where('thread_id', '=', threadId).execute();
    expect(held.map(({ holder_id, version }) => [holder_id, version])).toEqual([[[fatima.id, ravi.id][winner], 1]]);
    expect(await eventsOf(threadId)).toHaveLength(1);
  });
  // Both win at times, or they never met.
  expect(Math.min(...won)).toBeGreaterThan(0);
}, 120_000);

test('nobody answers twice: of two answers at once, 200 times, one counts', async () => {
  await races(200, answer, answer, async (threadId, answers) => {
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = answers.findIndex(({ status }) => status === 200);
    expect(answers[1 - winner]!.json).toMatchObject({
      code: 'case_changed',
      facts: { state: 'answered', closedBy: names[winner] },
    });
    expect(await eventsOf(threadId)).toHaveLength(1);
  });
}, 60_000);

test('of "I take this" and "no answer" at once, 200 times, one counts', async () => {
  await races(200, take, noAnswer, async (threadId, answers) => {
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const isTaken = answers[0]!.status === 200;
    const [row] = await one.db.selectFrom('cases').selectAll().where('thread_id', '=', threadId).execute();
    expect([row!.state, row!.version]).toEqual([isTaken ? 'taken' : 'unanswered', 1]);
    expect(await eventsOf(threadId)).toHaveLength(1);
  });
}, 60_000);
