import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { seedPerson } from '#test/people.ts';
import { seedMention } from '#test/seed.ts';
import { seedCircle, seedReply } from '#test/seed-inside.ts';
import { readFoundMentions, readFoundReplies } from './found.ts';
import { everyoneCircle, outsideCircle } from './schema.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

test('what an index found is told only where its reader reads it at this moment', async () => {
  const { threadId, mentionId } = await seedMention(fresh.db);
  const { id: personId } = await seedPerson(fresh.db);
  const circleId = await seedCircle(fresh.db, 'Bestuur');
  const replyId = await seedReply(fresh.db, { threadId, personId, at: '2026-11-10T10:00:00Z', circleId });
  const told = async (...circles: number[]) => [
    (await readFoundMentions(fresh.db, circles, [mentionId])).size,
    (await readFoundReplies(fresh.db, circles, [replyId])).size,
  ];
  expect(await told(circleId)).toEqual([1, 1]);
  expect(await told(outsideCircle)).toEqual([1, 0]);
  expect(await told(everyoneCircle)).toEqual([0, 0]);
});
