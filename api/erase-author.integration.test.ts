import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '#test/api-app.ts';
import { seedPerson } from '#test/people.ts';
import { seedMention } from '#test/seed.ts';

let it: TestApp;
beforeAll(async () => {
  it = await testApp();
});
afterAll(() => it.drop());

const authorOf = (mentionId: number) => `/api/mentions/${it.ids.encode('mention', mentionId)}/author`;

test('an author is erased by one of their mentions: every word of theirs goes, of nobody else, and once is enough', async () => {
  const authorKey = randomBytes(32);
  const first = await seedMention(it.db, {
    title: 'Eerste',
    authorName: 'J. de Boer',
    authorKey,
    earlier: ['Eerder.'],
  });
  const second = await seedMention(it.db, { title: 'Tweede', authorName: 'J. de Boer', authorKey });
  const other = await seedMention(it.db, {
    title: 'Van een ander',
    authorName: 'A. Prins',
    authorKey: randomBytes(32),
  });
  const before = await it.ask('GET', authorOf(second.mentionId));
  expect([before.status, before.json]).toEqual([200, { mentions: 2 }]);

  const erased = await it.ask('DELETE', authorOf(first.mentionId));
  expect([erased.status, erased.json]).toEqual([200, { erased: 2 }]);
  for (const { threadId } of [first, second]) {
    const { json } = await it.ask('GET', `/api/threads/${it.ids.encode('thread', threadId)}`);
    expect(json.mentions[0]).toMatchObject({ state: 'erased', text: null, author: null, earlier: [] });
  }
  const { json } = await it.ask('GET', `/api/mentions/${it.ids.encode('mention', other.mentionId)}`);
  expect(json).toMatchObject({ state: 'live', title: 'Van een ander' });

  for (const { mentionId } of [first, second]) {
    expect((await it.ask('DELETE', authorOf(mentionId))).json).toEqual({ erased: 0 });
    expect((await it.ask('GET', authorOf(mentionId))).json).toEqual({ mentions: 0 });
  }
});

test('what said that somebody here wrote it goes too', async () => {
  const { mentionId } = await seedMention(it.db, { authorKey: randomBytes(32) });
  const guest = await seedPerson(it.db, { relation: 'customer' });
  const circle = sql`(insert into circles (kind, name) values ('closed', 'x') returning id)`;
  await sql`with c as ${circle}, claimed as (
      insert into invitations (token_hash, circle_id, mention_id, name, relation, reason, until, made_by, expires_at)
      select ${randomBytes(32)}, id, ${mentionId}, 'Anouk', 'customer', 'x', today() + 9, ${it.colleague.id}, now() from c)
    insert into mention_authors (circle_id, mention_id, person_id, how, confirmed_by)
    select id, ${mentionId}, ${guest.id}, 'confirmed-by-host', ${it.colleague.id} from c`.execute(it.db);
  await it.ask('DELETE', authorOf(mentionId));
  const { rows } = await sql`select from mention_authors where mention_id = ${mentionId}
    union all select from invitations where mention_id = ${mentionId}`.execute(it.db);
  expect(rows).toEqual([]);
});

test('an erasure tells the open pages which threads changed', async () => {
  const { mentionId, threadId } = await seedMention(it.db, { authorKey: randomBytes(32) });
  const { rows } = await sql<{ last: number }>`select coalesce(max(seq), 0) as last from changes`.execute(it.db);
  await it.ask('DELETE', authorOf(mentionId));
  const told = await sql<{ ref: number }>`
    select ref from changes where seq > ${rows[0]!.last} and kind = 1`.execute(it.db);
  expect(told.rows.map(({ ref }) => ref)).toContain(threadId);
});

test('where no author is known, nothing is wiped and the answer says why, in both languages', async () => {
  const nobody = await seedMention(it.db, { title: 'Van niemand' });
  const gone = await seedMention(it.db, { state: 'withdrawn' });
  for (const { mentionId } of [nobody, gone])
    for (const method of ['GET', 'DELETE']) {
      const refused = await it.ask(method, authorOf(mentionId));
      expect(refused.status).toBe(409);
      expect(refused.json).toMatchObject({
        code: 'author_unknown',
        title: 'Van dit bericht kennen we geen schrijver.',
      });
    }
  const inEnglish = await it.ask('DELETE', authorOf(gone.mentionId), undefined, { 'accept-language': 'en' });
  expect(inEnglish.json.title).toBe('We know no author of this mention.');
  const { json } = await it.ask('GET', `/api/mentions/${it.ids.encode('mention', nobody.mentionId)}`);
  expect(json).toMatchObject({ state: 'live', title: 'Van niemand' });
});

test('the author of a mention that is not there, or not to be seen, is not found', async () => {
  const hidden = await seedMention(it.db, { authorKey: randomBytes(32) });
  await sql`delete from placements where thread_id = ${hidden.threadId}`.execute(it.db);
  for (const mentionId of [hidden.mentionId, 999_999_999])
    for (const method of ['GET', 'DELETE']) expect((await it.ask(method, authorOf(mentionId))).status).toBe(404);
  const { rows } = await sql`select from mention_texts where mention_id = ${hidden.mentionId}`.execute(it.db);
  expect(rows).toHaveLength(1);
});
