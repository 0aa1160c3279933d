import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isSeen } from '#api/schema-text.ts';
import { installationSecret } from '#storage/installation.ts';
import { createKeys } from '#storage/keys.ts';
import { eraseAuthor, withdrawMentions } from '#storage/retention.ts';
import { type TestApp, testApp } from './api-app.ts';
import { type SeededPerson, seedPerson } from './people.ts';
import { seedMention } from './seed.ts';
import { audienceOf, begin, edit, say } from './talk.ts';

let app: TestApp;
let ravi: SeededPerson;
let sanne: SeededPerson;
let left: SeededPerson;
let audience: { circle: string; token: string };
const mark = '\uFFFC';
const text = 'Sinds 🜁 maandag is de brug dicht, zegt de wethouder.';

beforeAll(async () => {
  app = await testApp(undefined, 'https://wacht.example');
  ravi = await seedPerson(app.db, { name: 'Ravi' });
  sanne = await seedPerson(app.db, { name: 'Sanne' });
  left = await seedPerson(app.db, { name: 'Weg' });
  await sql`update people set deactivated_at = now() where id = ${left.id}`.execute(app.db);
  audience = await audienceOf(app, ravi);
});
afterAll(() => app.drop());

async function outside({ url = null as string | null, hidden = false, author = Buffer.alloc(0) } = {}) {
  const seeded = await seedMention(app.db, {
    text,
    url,
    title: 'Brug dicht',
    ...(author.length ? { authorKey: author } : {}),
  });
  if (hidden) await sql`update placements set circle_id = 77 where thread_id = ${seeded.threadId}`.execute(app.db);
  const id = app.ids.encode('thread', seeded.threadId);
  return { ...seeded, id, mention: app.ids.encode('mention', seeded.mentionId) };
}
const replyOf = async (threadId: string, replyId: string) => {
  const { json } = await app.as(sanne)('GET', `/api/threads/${threadId}`);
  return json.replies.find(({ id }: { id: string }) => id === replyId);
};
const send = (threadId: string, words: { text: string; references?: unknown[] }) =>
  say(app, ravi, threadId, { ...words, audience });

test('a quote is where it stands, never the words: they are shown while they are the same', async () => {
  const { id, mention, mentionId } = await outside();
  const [from, to] = [text.indexOf('maandag'), text.indexOf(',')];
  const reply = (await send(id, { text: `${mark}\nKlopt.`, references: [{ kind: 'quote', id: mention, from, to }] }))
    .json;
  const quote = { kind: 'quote', id: mention, threadId: id, from, to, source: 'De Waardbode' };
  expect(reply.references).toEqual([{ ...quote, text: 'maandag is de brug dicht' }]);
  const { rows } = await sql<{ all: string }>`select r.*::text || q.*::text as all from replies r
    join reply_references q on q.reply_id = r.id where r.thread_id = ${app.ids.decode('thread', id)}`.execute(app.db);
  expect(rows[0]!.all).not.toContain('maandag');

  // Words before it may change: what stands there is no longer what was quoted.
  await sql`update mention_texts set text = 'Nu ' || text where mention_id = ${mentionId}`.execute(app.db);
  expect((await replyOf(id, reply.id)).references).toEqual([{ ...quote, text: null }]);
  await sql`update mention_texts set text = substr(text, 4) where mention_id = ${mentionId}`.execute(app.db);
  expect((await replyOf(id, reply.id)).references).toEqual([{ ...quote, text: 'maandag is de brug dicht' }]);
});

test('a quote is a part, of at most two thousand characters', async () => {
  const { mentionId, threadId } = await seedMention(app.db, { text: 'lang '.repeat(600) });
  const quoting = (to: number) =>
    send(app.ids.encode('thread', threadId), {
      text: mark,
      references: [{ kind: 'quote', id: app.ids.encode('mention', mentionId), from: 0, to }],
    });
  expect((await quoting(2_001)).status).toBe(400);
  expect((await quoting(2_000)).json.references[0].text).toHaveLength(2_000);
});

test('when a mention goes its quotes go with it, everywhere, and what was said about it stays and can be edited', async () => {
  const author = createHash('sha256').update('schrijver').digest();
  for (const wipe of ['withdrawn', 'erased'] as const) {
    const { id, mention, mentionId, threadId } = await outside({ author });
    const references = [
      { kind: 'quote', id: mention, from: 0, to: 5 },
      { kind: 'mention', id: mention },
    ];
    const reply = (await send(id, { text: `${mark} ${mark} Zeker weten?`, references })).json;
    expect(reply.references).toMatchObject([{ text: 'Sinds' }, { title: 'Brug dicht' }]);
    if (wipe === 'withdrawn') await withdrawMentions(app.db, [mentionId]);
    else await eraseAuthor(app.db, mentionId);
    const after = await replyOf(id, reply.id);
    expect(after.references).toMatchObject([
      { id: mention, text: null },
      { id: mention, title: null },
    ]);
    const { rows } =
      await sql`select from reply_references where mention_id = ${mentionId} and digest is not null`.execute(app.db);
    expect(rows).toHaveLength(0);
    const edited = await edit(app, ravi, reply, { text: `${mark} ${mark} Zeker?`, references });
    expect(edited).toMatchObject({ status: 200, json: { references: [{ text: null }, { title: null }] } });
    expect((await send(id, { text: mark, references: [references[0]] })).status).toBe(400);
    // The thread stands, and can be talked about.
    expect((await send(id, { text: 'Jammer.' })).status).toBe(201);
    expect((await sql`select from placements where thread_id = ${threadId}`.execute(app.db)).rows).toHaveLength(2);
  }
});

test('addresses of ours and of what we know become references, others stay addresses', async () => {
  const { id } = await outside();
  const other = await outside();
  const known = await outside({ url: 'https://krant.example/brug' });
  const hidden = await outside({ hidden: true, url: 'https://krant.example/geheim' });
  const keys = createKeys(await installationSecret(app.db));
  for (const [one, key] of [
    [known, 'krant.example/brug'],
    [hidden, 'krant.example/geheim'],
  ] as const)
    await sql`insert into join_keys (key, thread_id, mention_id, source_id, at)
      values (decode(${keys.join('url', key)}, 'hex'), ${one.threadId}, ${one.mentionId}, 1, now())`.execute(app.db);
  const written = [
    `https://wacht.example/threads/${other.id}?a=b#c`,
    'http://www.krant.example/brug/?utm_source=x.',
    `https://elders.example/threads/${other.id}`,
    `https://wacht.example/threads/${hidden.id}`,
    'https://krant.example/geheim',
    `https://wacht.example/threads/t_${'A'.repeat(22)}`,
  ];
  const { json } = await send(id, { text: written.join('\n') });
  expect(json.text).toBe([mark, `${mark}.`, ...written.slice(2)].join('\n'));
  expect(json.references).toEqual([
    { kind: 'thread', id: other.id, title: 'Brug dicht' },
    { kind: 'mention', id: known.mention, threadId: known.id, title: 'Brug dicht', source: 'De Waardbode' },
  ]);
});

test('a reference to what is no longer the reader’s to see says only that it is there', async () => {
  const { id } = await outside();
  const shown = await outside();
  const references = [
    { kind: 'thread', id: shown.id },
    { kind: 'mention', id: shown.mention },
    { kind: 'quote', id: shown.mention, from: 0, to: 5 },
  ];
  const reply = (await send(id, { text: mark.repeat(3), references })).json;
  await sql`update placements set circle_id = 77 where thread_id = ${shown.threadId}`.execute(app.db);
  expect((await replyOf(id, reply.id)).references).toEqual([
    { kind: 'thread', id: null, title: null },
    { kind: 'mention', id: null, threadId: null, title: null, source: null },
    { kind: 'quote', id: null, threadId: null, from: 0, to: 5, text: null, source: null },
  ]);
});

test('Z3: every key in every body, swapped for one of something invisible, missing or of another kind, is refused', async () => {
  const { id, mention } = await outside();
  const hidden = await outside({ hidden: true });
  const person = app.ids.encode('person', sanne.id);
  const reply = (await send(id, { text: 'Van mij' })).json;
  const missing = (kind: 'thread' | 'mention' | 'person') => app.ids.encode(kind, 999_999);
  const foreign = {
    person: [app.ids.encode('person', left.id), missing('person'), id, mention, '', null, 7],
    thread: [hidden.id, missing('thread'), mention, person, null],
    mention: [hidden.mention, missing('mention'), id, person, null],
  };
  const wrong = [
    ...foreign.person.map((one) => ({ kind: 'person', id: one })),
    ...foreign.thread.map((one) => ({ kind: 'thread', id: one })),
    ...foreign.mention.map((one) => ({ kind: 'mention', id: one })),
    ...foreign.mention.map((one) => ({ kind: 'quote', id: one, from: 0, to: 5 })),
    ...[
      [5, 5],
      [6, 5],
      [0, text.length + 1],
      [0, 2_001],
      [-1, 4],
      [0.5, 4],
      [6, 7],
      [7, 9],
    ].map(([from, to]) => ({ kind: 'quote', id: mention, from, to })),
    { kind: 'reply', id: reply.id },
  ];
  const before = await sql`select (select count(*) from replies) r, (select count(*) from threads) t`.execute(app.db);
  for (const one of wrong) {
    const words = { text: `Zie ${mark}`, references: [one], audience };
    const answers = [
      await say(app, ravi, id, words),
      await begin(app, ravi, words),
      await edit(app, ravi, reply, { text: words.text, references: [one] }),
    ];
    expect(
      answers.map(({ status }) => status),
      JSON.stringify(one),
    ).toEqual([400, 400, 400]);
  }
  for (const circle of [app.ids.encode('circle', 1), app.ids.encode('circle', 77), id, '']) {
    expect((await say(app, ravi, id, { audience: { ...audience, circle } })).status).toBe(400);
    expect((await begin(app, ravi, { audience: { ...audience, circle } })).status).toBe(400);
  }
  // What may not be seen and what is not there are one thing, in every answer.
  const answers = async (threadId: string, replyId: string) => [
    (await say(app, ravi, threadId, { audience })).text,
    (await app.as(ravi)('GET', `/api/threads/${threadId}`)).text,
    (await app.as(ravi)('GET', `/api/threads/${threadId}/replies`)).text,
    (await app.as(ravi)('PUT', `/api/threads/${threadId}/attention`, { follows: true })).text,
    (await app.as(ravi)('PATCH', `/api/replies/${replyId}`, { version: 1, audience: audience.token, text: 'x' })).text,
    (await app.as(ravi)('DELETE', `/api/replies/${replyId}`)).text,
  ];
  await sql`insert into circles (id, kind, name) overriding system value values (77, 'closed', 'elders')`.execute(
    app.db,
  );
  await sql`insert into replies (id, thread_id, circle_id, person_id, text)
    values (888888, ${hidden.threadId}, 77, ${sanne.id}, 'x')`.execute(app.db);
  expect(await answers(hidden.id, app.ids.encode('reply', 888_888))).toEqual(
    await answers(missing('thread'), app.ids.encode('reply', 999_999)),
  );
  const after = await sql`select (select count(*) - 1 from replies) r, (select count(*) from threads) t`.execute(
    app.db,
  );
  expect(after.rows).toEqual(before.rows);
});

test('whatever is typed or pasted comes back as it was, or is refused with the reason', async () => {
  const { id } = await outside();
  const person = { kind: 'person', id: app.ids.encode('person', sanne.id) };
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1 }).map((units) => String.fromCharCode(...units)),
    fc.constantFrom('\u202Edlo', 'a\0b', '\uD800', 'x\uDFFF', '<b>', "'; drop table replies; --", '\uFEFF.', mark),
  );
  await fc.assert(
    fc.asyncProperty(hostile, fc.nat(2), async (written, surplus) => {
      const places = written.split(mark).length - 1;
      const references = Array.from({ length: places + surplus }, () => person);
      const answer = await send(id, { text: written, references });
      const fits = surplus === 0 && isSeen(written.toWellFormed()) && !written.includes('\0');
      expect(answer.status).toBe(fits ? 201 : 400);
      if (fits) expect((await replyOf(id, answer.json.id)).text).toBe(written.toWellFormed());
    }),
    { numRuns: process.env.FULL ? 300 : 40, endOnFailure: true },
  );
}, 60_000);

test('a paste that is too long is refused with the limit, and nothing is stored', async () => {
  const { id, threadId } = await outside();
  for (const length of [20_001, 200_000]) {
    const answer = await send(id, { text: 'a'.repeat(length) });
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ path: 'text' }] } });
    expect(answer.json.errors[0].message).toContain('20000');
  }
  expect((await send(id, { text: 'a'.repeat(300_000) })).status).toBe(413);
  expect((await send(id, { text: 'a'.repeat(20_000) })).status).toBe(201);
  expect((await sql`select from replies where thread_id = ${threadId}`.execute(app.db)).rows).toHaveLength(1);
  const noKey = await app.as(ravi)('POST', `/api/threads/${id}/replies`, { ...audience, text: 'x' });
  expect(noKey.status).toBe(400);
  const bad = await say(app, ravi, id, { key: `${randomUUID()}x`, audience });
  expect(bad.status).toBe(400);
});
