import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dayOf, mostNewADay } from '#domain/schedule.ts';
import { type TopicWorld, topicWorld } from '#test/topic-world.ts';

let world: TopicWorld;
beforeEach(async () => {
  world = await topicWorld();
});
afterEach(() => world.close());

const items = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => ({ id: `${from + n}`, title: `Bericht ${from + n}`, text: 'Iets.' }));
const stored = async () => (await sql`select id from mentions`.execute(world.api.db)).rows.length;
const health = async () => (await world.api.ask('GET', '/api/sources')).json.sources[0].health;

test('of a source no more new items are taken in a day than there may be, it says so, and the rest comes the day after', async () => {
  const { db } = world.api;
  const id = await world.follow('/a', items(0, 3));
  await world.poll();
  expect(await stored()).toBe(3);
  const { rows } = await sql<{ day: string; count: number }>`
    select new_on as day, new_count as count from sources where id = ${id}`.execute(db);
  expect(rows).toEqual([{ day: dayOf(new Date()), count: 3 }]);
  // So many came already.
  await sql`update sources set new_count = ${mostNewADay - 2} where id = ${id}`.execute(db);
  world.show('/a', items(0, 8));
  await world.poll();
  expect(await stored()).toBe(5);
  expect(await health()).toMatchObject({ level: 'falters', reason: 'too-many' });
  const looked = world.prepared();
  world.show('/a', items(0, 50));
  await world.poll();
  expect(await stored()).toBe(5);
  expect(world.prepared()).toBe(looked);
  await sql`update sources set new_on = new_on - 1 where id = ${id}`.execute(db);
  // Nothing of the feed changed since, and what was left out is found all the same.
  await world.poll();
  expect(await stored()).toBe(50);
  expect(await health()).toMatchObject({ level: 'fine' });
});

test('an edit of what is there is followed however much is new', async () => {
  const { db } = world.api;
  await world.follow('/a', items(0, 1));
  await world.poll();
  await sql`update sources set new_count = ${mostNewADay}`.execute(db);
  world.show('/a', [{ id: '0', title: 'Bericht 0', text: 'Aangepast.' }, ...items(1, 3)]);
  await world.poll();
  const { rows } = await sql`select text from mention_texts where edition = 0`.execute(db);
  expect(rows).toEqual([{ text: 'Aangepast.' }]);
});
