import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { everyoneCircle } from '#storage/schema.ts';
import { type TestApp, testApp } from './api-app.ts';
import { audienceIn, beginIn, numberOf, openCircle, sayIn } from './circles.ts';
import { answer, apply, askToMove } from './moves.ts';
import { type SeededPerson, seedPerson } from './people.ts';
import { edit } from './talk.ts';

let app: TestApp;
let host: SeededPerson;
let anna: SeededPerson;
let guest: SeededPerson;
/** A closed circle of them, with a reply of each in a talk that the host began. */
let closed: string;
let circleId: number;
let thread: string;
let said: { anna: string; guest: string };

beforeAll(async () => {
  app = await testApp();
  host = await seedPerson(app.db, { name: 'Hanna' });
  anna = await seedPerson(app.db, { name: 'Anna' });
  guest = await seedPerson(app.db, { name: 'Gast', relation: 'expert' });
});
afterAll(() => app.drop());

beforeEach(async () => {
  const opened = await openCircle(app, { hosts: [host], deputies: [anna] });
  closed = opened.json.id;
  circleId = numberOf(app, opened);
  await sql`insert into memberships (circle_id, person_id, until) values (${circleId}, ${guest.id}, '2999-01-01')`.execute(
    app.db,
  );
  thread = (await beginIn(app, host, closed, { title: 'Fietsenstalling', text: 'Hannawoord.' })).json.id;
  said = {
    anna: (await sayIn(app, anna, closed, thread, 'Annawoord.')).json.id,
    guest: (await sayIn(app, guest, closed, thread, 'Gastwoord.')).json.id,
  };
});

/** As their editor does it: with who reads along by now. */
const change = (person: SeededPerson, reply: string, version = 1, audience?: string) => {
  const own = { id: reply, threadId: thread, circle: { id: closed } };
  return edit(app, person, own, { text: 'Anders.', version, ...(audience === undefined ? {} : { audience }) });
};
const take = (person: SeededPerson, reply: string) => app.as(person)('DELETE', `/api/replies/${reply}`);
const textOf = async (reply: string) =>
  (await sql<{ text: string }>`select text from replies where id = ${app.ids.decode('reply', reply)}`.execute(app.db))
    .rows[0]!.text;

test('whose words went where they do not read can take them back, hears nothing of that place, and has them in their own file', async () => {
  // The guest agrees that theirs go to all colleagues, where they do not read; what a closed circle is, they do not hear either.
  const { json: move } = await askToMove(app, host, thread, {
    from: closed,
    to: app.ids.encode('circle', everyoneCircle),
  });
  await answer(app, guest, move.id, { agrees: true });
  expect((await apply(app, host, move.id)).status).toBe(200);
  const refused = await change(guest, said.guest, 2);
  expect([refused.status, refused.json.code]).toEqual([409, 'not_writable']);
  expect((await app.as(guest)('GET', '/api/me/export')).json.replies).toContainEqual(
    expect.objectContaining({ id: said.guest, text: 'Gastwoord.' }),
  );
  const never = app.ids.encode('reply', 9_999_999);
  const [foreign, absent] = [
    await take(guest, (await sayIn(app, anna, app.ids.encode('circle', everyoneCircle), thread)).json.id),
    await take(guest, never),
  ];
  expect([foreign.status, foreign.text]).toEqual([404, absent.text]);
  expect(await textOf(said.guest)).toBe('Gastwoord.');
  for (let n = 0; n < 2; n++) {
    const gone = await take(guest, said.guest);
    expect([gone.status, gone.text]).toEqual([204, '']);
  }
  expect(await textOf(said.guest)).toBe('');
  const { json } = await app.as(host)('GET', `/api/threads/${thread}`);
  expect(JSON.stringify(json)).not.toContain('Gastwoord');
});

test('whoever was put out of a circle takes their words back, changes none, and learns nothing of what became of it', async () => {
  await sql`update memberships set left_at = now() where circle_id = ${circleId} and person_id = ${guest.id}`.execute(
    app.db,
  );
  await sql`update circles set archived_at = now() where id = ${circleId}`.execute(app.db);
  const refused = await change(guest, said.guest);
  expect([refused.status, refused.json.code, refused.json.facts]).toEqual([
    409,
    'not_writable',
    { reason: 'change-not_writable' },
  ]);
  expect(refused.text).not.toContain('Kring');
  expect((await take(guest, said.guest)).status).toBe(204);
});

const silenced: Record<string, [code: string, put: () => Promise<unknown>]> = {
  muted: [
    'muted',
    () =>
      sql`update memberships set muted_at = now() where circle_id = ${circleId} and person_id = ${guest.id}`.execute(
        app.db,
      ),
  ],
  'after their last day': [
    'not_writable',
    async () => {
      await sql`update circles set after_end = 'read' where id = ${circleId}`.execute(app.db);
      await sql`update memberships set until = today() - 1 where circle_id = ${circleId} and person_id = ${guest.id}`.execute(
        app.db,
      );
    },
  ],
  'in an archived circle': [
    'circle_ended',
    () => sql`update circles set archived_at = now() where id = ${circleId}`.execute(app.db),
  ],
  'after the last day of the circle': [
    'circle_ended',
    () => sql`update circles set ends_on = today() - 1 where id = ${circleId}`.execute(app.db),
  ],
  'in a conversation that was closed there': [
    'thread_closed',
    () => sql`update placements set closed_at = now() where circle_id = ${circleId}`.execute(app.db),
  ],
  'under a frame that changed since': [
    'frame_changed',
    () => sql`update circles set frame_version = frame_version + 1 where id = ${circleId}`.execute(app.db),
  ],
};
test.each(Object.entries(silenced))(
  '%s one changes no words any more, and takes them back',
  async (_when, [code, put]) => {
    expect((await change(guest, said.guest)).status).toBe(200);
    await put();
    const refused = await change(guest, said.guest, 2);
    expect(refused.json).toMatchObject({ code, facts: { reason: `change-${code}` } });
    expect(refused.json.detail.toLowerCase()).toContain('intrekken');
    expect(await textOf(said.guest)).toBe('Anders.');
    expect((await take(guest, said.guest)).json).toMatchObject({ text: '', own: true });
  },
);

test('who is muted while their change is under way does not make it', async () => {
  let muted: Promise<unknown> = Promise.resolve();
  let sent: ReturnType<typeof change> | undefined;
  await app.db.transaction().execute(async (trx) => {
    await sql`select from circles where id = ${circleId} for no key update`.execute(trx);
    sent = change(guest, said.guest);
    await waiting();
    muted =
      sql`update memberships set muted_at = now() where circle_id = ${circleId} and person_id = ${guest.id}`.execute(
        trx,
      );
    await muted;
  });
  expect((await sent!).json.code).toBe('muted');
  expect(await textOf(said.guest)).toBe('Gastwoord.');
});

test('other words are for who was shown to read along: whoever came since is shown first, and they reach nobody before', async () => {
  const { token } = await audienceIn(app, anna, closed);
  await letIn(app.db);
  const refused = await change(anna, said.anna, 1, token);
  expect([refused.status, refused.json.code]).toEqual([409, 'audience_changed']);
  expect(refused.json.facts).toMatchObject({ reason: 'change-audience_changed', colleagues: 2, outsiders: 2 });
  expect(await textOf(said.anna)).toBe('Annawoord.');
  expect((await change(anna, said.anna, 1, refused.json.facts.token)).status).toBe(200);
  expect(await textOf(said.anna)).toBe('Anders.');
});

test('nobody edits by the audience of another circle, of somebody else, or by none', async () => {
  const { token: wide } = await audienceIn(app, anna, app.ids.encode('circle', everyoneCircle));
  expect((await change(anna, said.anna, 1, wide)).json.code).toBe('audience_changed');
  const { token: theirs } = await audienceIn(app, host, closed);
  for (const none of [theirs, 'x', '']) expect((await change(anna, said.anna, 1, none)).status).toBe(400);
  expect(await textOf(said.anna)).toBe('Annawoord.');
});

test('who comes in while a change is under way does not read it unseen', async () => {
  const { token } = await audienceIn(app, anna, closed);
  let sent: ReturnType<typeof change> | undefined;
  await app.db.transaction().execute(async (trx) => {
    await letIn(trx);
    sent = change(anna, said.anna, 1, token);
    await waiting();
  });
  expect((await sent!).json.code).toBe('audience_changed');
  expect(await textOf(said.anna)).toBe('Annawoord.');
});

test('an edit stands under the frame that its author has read', async () => {
  await sql`update circles set frame_version = frame_version + 1 where id = ${circleId}`.execute(app.db);
  const { json } = await app.as(anna)('GET', `/api/circles/${closed}/frames`);
  expect((await change(anna, said.anna)).json.code).toBe('frame_changed');
  await sql`insert into frame_acknowledgements as a (circle_id, person_id, version)
    select id, ${anna.id}, frame_version from circles where id = ${circleId}
    on conflict (circle_id, person_id) do update set version = excluded.version`.execute(app.db);
  expect((await change(anna, said.anna)).status).toBe(200);
  const { rows } = await sql<{ version: number }>`select frame_version as version from replies
    where id = ${app.ids.decode('reply', said.anna)}`.execute(app.db);
  expect(rows).toEqual([{ version: json.frames[0].frame.version + 1 }]);
});

/** Somebody else from outside comes in, as by an invitation. */
async function letIn(db: TestApp['db']): Promise<void> {
  const { id } = await seedPerson(app.db, { relation: 'customer' });
  await sql`update circles set audience_version = audience_version + 1 where id = ${circleId}`.execute(db);
  await sql`insert into memberships (circle_id, person_id, until) values (${circleId}, ${id}, '2999-01-01')`.execute(
    db,
  );
}

/** Until somebody waits for a lock on circles. */
async function waiting(): Promise<void> {
  for (let n = 0; n < 200; n++) {
    const { rows } = await sql`select from pg_stat_activity where datname = current_database()
      and wait_event_type = 'Lock' and query like '%from circles where id = (select%'`.execute(app.db);
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('Nobody waits');
}
