import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from './api-app.ts';
import { type SeededPerson, seedPerson } from './people.ts';
import { seedMention } from './seed.ts';
import { seedCircle } from './seed-inside.ts';
import { begin, say } from './talk.ts';

let app: TestApp;
let ravi: SeededPerson;
let sanne: SeededPerson;
const mark = '\uFFFC';

beforeAll(async () => {
  app = await testApp();
  ravi = await seedPerson(app.db, { name: 'Ravi', role: 'communication' });
  sanne = await seedPerson(app.db, { name: 'Sanne' });
});
afterAll(() => app.drop());

test('everything one wrote is one file, and of others only who and where', async () => {
  const { threadId, mentionId } = await seedMention(app.db, { title: 'Brug dicht', text: 'Woorden van een vreemde' });
  const thread = app.ids.encode('thread', threadId);
  const mention = app.ids.encode('mention', mentionId);
  const begun = (await begin(app, ravi, { title: 'Stand', text: 'Wie kan er?' })).json;
  await say(app, sanne, thread, { text: 'Woorden van Sanne' });
  const references = [
    { kind: 'person', id: app.ids.encode('person', sanne.id) },
    { kind: 'quote', id: mention, from: 0, to: 7 },
    { kind: 'thread', id: begun.id },
  ];
  const reply = (await say(app, ravi, thread, { text: `${mark}, ${mark} en ${mark}: "klopt"\n`, references })).json;
  const gone = (await say(app, ravi, thread, { text: 'Toch niet' })).json;
  await app.as(ravi)('DELETE', `/api/replies/${gone.id}`);
  await sql`insert into tips (person_id, address, note) values (${ravi.id}, 'https://e.nl/tip', 'Kijk'),
    (${sanne.id}, 'https://e.nl/van-sanne', 'Woorden van Sanne')`.execute(app.db);
  await sql`insert into thread_events (thread_id, circle_id, kind, person_id, detail) values
    (${threadId}, 1, 'answered', ${ravi.id}, '{"text": "Ons antwoord"}'),
    (${threadId}, 1, 'handed-over', ${ravi.id}, ${JSON.stringify({ to: sanne.id, note: 'Jij?' })}::jsonb),
    (${threadId}, 1, 'unanswered', ${sanne.id}, '{"note": "Woorden van Sanne"}')`.execute(app.db);

  await sql`insert into saved_searches (owner_id, name, query, shared) values (${ravi.id}, 'Brug', 'brug', false),
    (${sanne.id}, 'Woorden van Sanne', 'x', true)`.execute(app.db);

  const { status, json, text, headers } = await app.as(ravi)('GET', '/api/me/export');
  expect(status).toBe(200);
  expect(headers.get('content-disposition')).toContain('attachment');
  const told = { id: thread, title: 'Brug dicht' };
  expect(json).toMatchObject({
    person: { name: 'Ravi', role: 'communication', email: expect.stringContaining('@') },
    relations: [{ kind: 'employee', until: null }],
    circles: [],
    invitations: [],
    notices: [],
    conversations: [{ id: begun.id, title: 'Stand' }],
    replies: [
      { id: begun.reply.id, text: 'Wie kan er?' },
      { id: reply.id, thread: told, text: `@Sanne, [${mention} 0-7 Brug dicht] en [${begun.id} Stand]: "klopt"\n` },
      { id: gone.id, text: '' },
    ],
    desk: [
      { kind: 'answered', thread: told, text: 'Ons antwoord' },
      { kind: 'handed-over', note: 'Jij?' },
    ],
    tips: [{ address: 'https://e.nl/tip', note: 'Kijk', state: 'waiting', thread: null }],
    searches: [{ name: 'Brug', query: 'brug', sort: 'newest', shared: false }],
  });
  expect(json.follows).toEqual(
    [thread, begun.id].sort((a, b) => app.ids.decode('thread', a)! - app.ids.decode('thread', b)!),
  );
  for (const words of ['Woorden van', 'Woorden van Sanne', 'van-sanne']) expect(text).not.toContain(words);
  const empty = await seedPerson(app.db);
  expect((await app.as(empty)('GET', '/api/me/export')).json).toMatchObject({
    replies: [],
    tips: [],
    desk: [],
    follows: [],
  });
});

test('much of it comes whole and in order, a page at a time', async () => {
  const writer = await seedPerson(app.db);
  const { threadId } = await seedMention(app.db);
  await sql`insert into replies (thread_id, circle_id, person_id, text)
    select ${threadId}, 2, ${writer.id}, 'nr ' || n from generate_series(1, 1050) n`.execute(app.db);
  const { json } = await app.as(writer)('GET', '/api/me/export');
  expect(json.replies.map((one: { text: string }) => one.text)).toEqual(
    Array.from({ length: 1050 }, (_, n) => `nr ${n + 1}`),
  );
});

test('what one may no longer see is not told of: one’s own words stay, without where', async () => {
  const writer = await seedPerson(app.db);
  const { threadId } = await seedMention(app.db, { title: 'Geheim' });
  await say(app, writer, app.ids.encode('thread', threadId), { text: 'Mijn woorden' });
  await sql`update placements set circle_id = circle_id + 70 where thread_id = ${threadId}`.execute(app.db);
  const left = await seedCircle(app.db, 'Geheime kring');
  await sql`insert into memberships (circle_id, person_id, left_at) values (${left}, ${writer.id}, now()), (${left}, ${ravi.id}, null)`.execute(
    app.db,
  );
  for (const person of [writer, sanne]) {
    await sql`insert into notices (person_id, kind, circle_id) values (${person.id}, 'added', ${left})`.execute(app.db);
    await sql`insert into invitations (token_hash, circle_id, name, relation, reason, until, made_by, expires_at, used_by, used_at)
      values (sha256(${`${person.id}`}::text::bytea), ${left}, 'Genodigde', 'expert', 'Een vraag', today() + 30, ${ravi.id},
        now() + interval '1 day', ${person.id}, now())`.execute(app.db);
  }
  const { json, text } = await app.as(writer)('GET', '/api/me/export');
  expect(json).toMatchObject({ replies: [{ text: 'Mijn woorden', thread: null }], follows: [] });
  for (const part of ['circles', 'invitations', 'notices']) {
    expect([part, json[part].length]).toEqual([part, 1]);
    expect([part, json[part][0].circle]).toEqual([part, null]);
  }
  expect(text).not.toContain('Geheim');
  expect((await app.as(ravi)('GET', '/api/me/export')).json.circles).toMatchObject([{ circle: 'Geheime kring' }]);
});
