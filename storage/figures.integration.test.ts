import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { inDays } from '#test/days.ts';
import { seedPerson } from '#test/people.ts';
import { seedMention, seedSource } from '#test/seed.ts';
import { seedCircle, seedReply } from '#test/seed-inside.ts';
import { countFigures } from './figures.ts';
import type { StoriesCut } from './figures-rows.ts';
import { eraseAuthor, expireTexts, finishRemovals, withdrawMentions } from './retention.ts';
import { everyoneCircle, outsideCircle } from './schema.ts';

let fresh: FreshDatabase;
beforeEach(async () => {
  fresh = await freshDatabase();
});
afterEach(() => fresh.drop());

const cut: StoriesCut = {
  circles: [outsideCircle, everyoneCircle],
  timeZone: 'Europe/Amsterdam',
  before: '2026-11-01',
  from: '2026-11-16',
  to: '2026-11-30',
  sureFrom: 0.7,
};
const at = new Date('2026-11-20T09:00:00Z');
const muchLater = new Date('2027-11-20T09:00:00Z');

async function counted(more: Partial<StoriesCut> = {}) {
  const { stories, mentions } = await countFigures(fresh.db, { ...cut, ...more });
  const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0);
  const days = stories.filter(({ day }) => day !== null);
  return {
    stories: sum(days.map((row) => row.stories)),
    unlisted: sum(days.map((row) => row.unlisted)),
    negative: sum(days.filter(({ tone }) => tone === -1).map((row) => row.stories)),
    mentions: sum(mentions.filter(({ day }) => day !== null).map((row) => row.mentions)),
    bySource: sum(stories.filter(({ sourceId }) => sourceId !== null).map((row) => row.stories)),
    byLanguage: sum(stories.filter(({ language }) => language !== null).map((row) => row.stories)),
  };
}

test('what was said counts on when its words are gone, with the tone it had', async () => {
  const { db } = fresh;
  const source = await seedSource(db);
  const told = { sourceId: source, tone: -1, publishedAt: at, authorKey: Buffer.from('somebody') };
  const withdrawn = await seedMention(db, { ...told, authorKey: Buffer.from('a') });
  const erased = await seedMention(db, told);
  await seedMention(db, { ...told, authorKey: Buffer.from('b') });
  const all = { stories: 3, negative: 3, mentions: 3, bySource: 3, byLanguage: 3 };
  expect(await counted()).toEqual({ ...all, unlisted: 0 });

  await withdrawMentions(db, [withdrawn.mentionId]);
  await eraseAuthor(db, erased.mentionId);
  expect(await counted()).toEqual({ ...all, unlisted: 0 });

  await expireTexts(db, muchLater);
  // Only the third had words to expire; with them its place went.
  expect(await counted()).toEqual({ ...all, unlisted: 1 });
  expect(await counted({ sourceId: source })).toEqual({ ...all, unlisted: 1 });
  expect(await counted({ sourceId: source + 1 })).toMatchObject({ stories: 0, mentions: 0 });
  expect(await counted({ language: 'en' })).toMatchObject({ stories: 0, mentions: 0 });
  expect(await counted({ circles: [everyoneCircle] })).toMatchObject({ stories: 0, mentions: 0 });
});

test('what went with its source counts no longer', async () => {
  const { db } = fresh;
  const [wrong, right] = [await seedSource(db, 'Vergissing'), await seedSource(db)];
  await seedMention(db, { sourceId: wrong, publishedAt: at });
  const { threadId } = await seedMention(db, { sourceId: right, publishedAt: at });
  await seedMention(db, { threadId, sourceId: wrong, publishedAt: at });
  expect(await counted()).toMatchObject({ stories: 2, mentions: 3 });
  await sql`update sources set state = 'removed' where id = ${wrong}`.execute(db);
  await sql`insert into removals (source_id, up_to) select ${wrong}, max(id) from mentions`.execute(db);
  await finishRemovals(db);
  expect(await counted()).toMatchObject({ stories: 1, mentions: 1, unlisted: 0 });
});

test('a story that was merged into another counts once, its mentions as many as they are', async () => {
  const { db } = fresh;
  const from = await seedMention(db, { publishedAt: at });
  const into = await seedMention(db, { publishedAt: at });
  await sql`update threads set merged_into = ${into.threadId} where id = ${from.threadId}`.execute(db);
  expect(await counted()).toMatchObject({ stories: 1, mentions: 2 });
});

test('a story that stands only where the reader may not look is no story of theirs', async () => {
  const { db } = fresh;
  const hidden = await seedCircle(db, 'Directie');
  const { id: personId } = await seedPerson(db);
  const { threadId, mentionId } = await seedMention(db, { publishedAt: at });
  await seedReply(db, { threadId, personId, at: '2026-11-21T09:00:00Z', circleId: hidden });
  await withdrawMentions(db, [mentionId]);
  await sql`delete from placements where thread_id = ${threadId} and circle_id = ${outsideCircle}`.execute(db);
  expect(await counted()).toMatchObject({ stories: 0, mentions: 0, unlisted: 0 });
  expect(await counted({ circles: [...cut.circles, hidden] })).toMatchObject({ stories: 1, mentions: 1, unlisted: 1 });
});

test('a source that has not answered for a day is a gap from its last answer on, unless it was paused or the period was over', async () => {
  const { db } = fresh;
  const hours = (n: number) => new Date(Date.now() - n * 3_600_000);
  const made = async (label: string, values: Record<string, unknown>) => {
    const id = await seedSource(db, label);
    const { last_ok_at = null, interval_seconds = 900, ...facts } = values;
    await db
      .updateTable('source_polls')
      .set({ last_ok_at, interval_seconds } as never)
      .where('source_id', '=', id)
      .execute();
    await db
      .updateTable('sources')
      .set({ created_at: hours(900), ...facts } as never)
      .where('id', '=', id)
      .execute();
  };
  await made('Loopt', { last_ok_at: hours(1) });
  await made('Hapert net', { last_ok_at: hours(3), failing_since: hours(2), failures: 3 });
  await made('Hapert', { last_ok_at: hours(50), failing_since: hours(49), failures: 9 });
  await made('Staat stil', { last_ok_at: hours(500), state: 'paused' });
  await made('Zelden', { last_ok_at: hours(50), interval_seconds: 86_400 });
  await made('Nooit gelukt', { last_ok_at: null, failing_since: hours(70) });
  await made('Voorgoed weg', { last_ok_at: hours(60), state: 'stopped' });
  const gaps = async (to: string) => {
    const found = await countFigures(db, { ...cut, before: '2020-01-01', from: '2020-01-01', to });
    return found.gaps.map(({ source, since }) => [
      source.label,
      Math.round((Date.now() - since.getTime()) / 3_600_000),
    ]);
  };
  expect(await gaps(inDays(0))).toEqual([
    ['Nooit gelukt', 70],
    ['Voorgoed weg', 60],
    ['Hapert', 50],
  ]);
  expect(await gaps('2020-06-01')).toEqual([]);
});
