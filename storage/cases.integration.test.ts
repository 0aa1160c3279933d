import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addedSource, aMention } from '#test/builders.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { fetchedAt, saved } from '#test/saving.ts';
import { installationSecret } from './installation.ts';
import { createKeys, type Keys } from './keys.ts';
import { expireTexts } from './retention.ts';
import { changeSource } from './sources.ts';

let database: FreshDatabase;
let keys: Keys;
beforeAll(async () => {
  database = await freshDatabase();
  keys = createKeys(await installationSecret(database.db));
});
afterAll(() => database.drop());

const casesOf = async (sourceId: number) =>
  (
    await sql<{ title: string; waitingSince: Date; state: string }>`
      select x.title, c.waiting_since as "waitingSince", c.state from cases c join mentions m on m.thread_id = c.thread_id
      left join mention_texts x on x.mention_id = m.id and x.edition = 0 where m.source_id = ${sourceId} order by x.title`.execute(
      database.db,
    )
  ).rows;

test('a kind of source whose writers expect an answer has a desk unless somebody says otherwise', async () => {
  const desks = await Promise.all(
    [{ kind: 'forum' }, { kind: 'news' }, {}, { kind: 'review', desk: false }, { kind: 'blog', desk: true }].map(
      async (source) => {
        const id = await addedSource(database.db, source);
        const { desk } = await database.db
          .selectFrom('sources')
          .select('desk')
          .where('id', '=', id)
          .executeTakeFirstOrThrow();
        return desk;
      },
    ),
  );
  expect(desks).toEqual([true, false, false, false, true]);
});

test('a new thread of such a source waits since it was written, a copy or an edit makes no case, nor does another source', async () => {
  const forum = await addedSource(database.db, { kind: 'forum' });
  const news = await addedSource(database.db, { kind: 'news' });
  const question = aMention({
    namespace: 'feed:a',
    title: 'Vraag',
    urlKey: 'forum.example/1',
    publishedAt: new Date('2026-11-22T08:00:00Z'),
  });
  await saved(database.db, keys, forum, [question]);
  await saved(database.db, keys, news, [
    aMention({ namespace: 'feed:b', title: 'Bericht' }),
    aMention({ namespace: 'feed:b', urlKey: 'forum.example/1' }),
  ]);
  // What outsiders answer each other asks nothing of us.
  await saved(database.db, keys, forum, [aMention({ namespace: 'feed:a', title: 'Re: Vraag', inReplyTo: 'item-1' })]);
  await saved(database.db, keys, forum, [
    { ...question, text: 'Anders.', contentHash: Buffer.alloc(32, 1), fingerprint: Buffer.alloc(16, 1) },
  ]);
  expect(await casesOf(forum)).toEqual([
    { title: 'Vraag', waitingSince: new Date('2026-11-22T08:00:00Z'), state: 'open' },
  ]);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from cases`.execute(database.db);
  expect(rows[0]!.n).toBe(1);
});

test('the backlog of a source that is new to us waits for nobody', async () => {
  const forum = await addedSource(database.db, { kind: 'forum' });
  const daysAgo = (days: number) => new Date(fetchedAt.getTime() - days * 86_400_000);
  await saved(database.db, keys, forum, [
    aMention({ namespace: 'feed:c', title: 'Van 29 dagen', publishedAt: daysAgo(29) }),
    aMention({ namespace: 'feed:c', title: 'Van 31 dagen', publishedAt: daysAgo(31) }),
  ]);
  expect((await casesOf(forum)).map(({ title }) => title)).toEqual(['Van 29 dagen']);
});

test('switched off, a source brings no cases and keeps those it has; switched on it brings them from then on', async () => {
  const forum = await addedSource(database.db, { kind: 'forum' });
  const bring = (title: string) => saved(database.db, keys, forum, [aMention({ namespace: 'feed:d', title })]);
  await bring('Een');
  await changeSource(database.db, forum, { desk: false });
  await bring('Twee');
  await changeSource(database.db, forum, { desk: true });
  await bring('Vier');
  expect((await casesOf(forum)).map(({ title }) => title)).toEqual(['Een', 'Vier']);
});

test('a text that expires takes its open case along; where colleagues talked about it, case and place in the stream stay', async () => {
  const forum = await addedSource(database.db, { kind: 'forum' });
  await saved(database.db, keys, forum, [
    aMention({ namespace: 'feed:e', title: 'Besproken' }),
    aMention({ namespace: 'feed:e', title: 'Stil' }),
  ]);
  const idOf = async (title: string) =>
    (
      await sql<{
        id: number;
      }>`select m.thread_id as id from mentions m join mention_texts x on x.mention_id = m.id where x.title = ${title}`.execute(
        database.db,
      )
    ).rows[0]!.id;
  const [discussed, silent] = [await idOf('Besproken'), await idOf('Stil')];
  await sql`insert into placements (thread_id, circle_id, sort_at, reply_count) values (${discussed}, 2, now(), 1)`.execute(
    database.db,
  );
  await expireTexts(database.db, new Date(fetchedAt.getTime() + 200 * 86_400_000));
  const { rows } = await sql<{ thread: number; state: string }>`
    select c.thread_id as thread, c.state from cases c join placements p on p.thread_id = c.thread_id and p.circle_id = 1
    where c.thread_id in (${discussed}, ${silent})`.execute(database.db);
  expect(rows).toEqual([{ thread: discussed, state: 'open' }]);
  const left = await sql`select from cases where thread_id = ${silent}`.execute(database.db);
  expect(left.rows).toEqual([]);
});
