import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { everyoneCircle } from '#storage/schema.ts';
import { type TestApp, testApp } from './api-app.ts';
import { beginIn, numberOf, openCircle, sayIn } from './circles.ts';
import { answer, apply, askToMove, previewOf } from './moves.ts';
import { type SeededPerson, seedPerson } from './people.ts';
import { seedMention } from './seed.ts';

let app: TestApp;
let host: SeededPerson;
let deputy: SeededPerson;
let anna: SeededPerson;
let bram: SeededPerson;
let guest: SeededPerson;
let stranger: SeededPerson;
let everyone: string;
/** A closed circle of the first five, with a talk in it that `anna` began. */
let closed: string;
let thread: string;
let replies: Record<'anna' | 'bram' | 'guest' | 'host', string>;

beforeAll(async () => {
  app = await testApp();
  [host, deputy, anna, bram, stranger] = (await Promise.all(
    ['Hanna', 'Dirk', 'Anna', 'Bram', 'Vreemd'].map((name) => seedPerson(app.db, { name })),
  )) as [SeededPerson, SeededPerson, SeededPerson, SeededPerson, SeededPerson];
  guest = await seedPerson(app.db, { name: 'Gast', relation: 'expert' });
  everyone = app.ids.encode('circle', everyoneCircle);
});
afterAll(() => app.drop());

beforeEach(async () => {
  const opened = await openCircle(app, { hosts: [host], deputies: [deputy], members: [anna, bram] });
  closed = opened.json.id;
  await sql`insert into memberships (circle_id, person_id, until) values (${numberOf(app, opened)}, ${guest.id}, '2999-01-01')`.execute(
    app.db,
  );
  const begun = await beginIn(app, anna, closed, { title: 'Fietsenstalling', text: 'Annawoord in de kring.' });
  thread = begun.json.id;
  const say = async (who: SeededPerson, text: string) => (await sayIn(app, who, closed, thread, text)).json.id;
  replies = {
    anna: begun.json.reply.id,
    bram: await say(bram, 'Bramwoord in de kring.'),
    guest: await say(guest, 'Gastwoord in de kring.'),
    host: await say(host, 'Hannawoord in de kring.'),
  };
});

const where = () => ({ from: closed, to: everyone });
const seenBy = async (person: SeededPerson, id = thread) => {
  const { status, json } = await app.as(person)('GET', `/api/threads/${id}`);
  return status === 200 ? json.replies.map(({ text }: { text: string }) => text.split(' ')[0]) : status;
};

test('a dry run says who would newly read which words of whom, and whose yes is needed; nothing is written', async () => {
  const inbox = async () => (await app.as(anna)('GET', '/api/inbox/count')).json.unread;
  const before = await inbox();
  const { status, json } = await previewOf(app, host, thread, where());
  expect(status).toBe(200);
  expect(json).toMatchObject({
    wider: true,
    title: 'Fietsenstalling',
    replyCount: 4,
    lostReaders: { colleagues: 0, guests: 1 },
  });
  // The stranger and the administrator of the test itself.
  expect(json.newReaders).toMatchObject({ colleagues: 2, guests: 0 });
  expect(json.newReaders.names.map(({ name }: { name: string }) => name)).toContain('Vreemd');
  expect(
    json.replies.map(({ state, person }: { state: string; person: { name: string } }) => [person.name, state]),
  ).toEqual([
    ['Anna', 'asks'],
    ['Bram', 'asks'],
    ['Gast', 'asks'],
    ['Hanna', 'own'],
  ]);
  expect(
    json.asked.map(({ person, replies: n, title }: { person: { name: string }; replies: number; title: boolean }) => [
      person.name,
      n,
      title,
    ]),
  ).toEqual([
    ['Anna', 1, true],
    ['Bram', 1, false],
    ['Gast', 1, false],
  ]);
  expect((await app.as(host)('GET', `/api/threads/${thread}/moves`)).json).toEqual({ moves: [] });
  expect(await inbox()).toBe(before);
});

test('what is agreed to goes, what is not stays where it was, and the title goes only with who began it', async () => {
  const { json: move } = await askToMove(app, host, thread, where());
  expect(move).toMatchObject({ state: 'asking', waiting: 4, mayApply: true });
  expect((await app.as(bram)('GET', '/api/inbox')).json.items[0]).toMatchObject({
    kind: 'move-asks',
    person: { name: 'Hanna' },
  });
  const refused = await apply(app, host, move.id);
  expect([refused.status, refused.json.code]).toEqual([409, 'not_agreed']);
  expect((await answer(app, anna, move.id, { agrees: true })).status).toBe(200);
  expect((await answer(app, bram, move.id, { agrees: false })).status).toBe(200);
  expect(await seenBy(stranger)).toBe(404);
  const done = await apply(app, host, move.id);
  expect(done.json).toMatchObject({ state: 'done' });
  expect(await seenBy(stranger)).toEqual(['Annawoord', 'Hannawoord']);
  expect(await seenBy(guest)).toEqual(['Bramwoord', 'Gastwoord']);
  expect(await seenBy(bram)).toEqual(['Annawoord', 'Bramwoord', 'Gastwoord', 'Hannawoord']);
  expect(
    (await app.as(stranger)('GET', `/api/threads/${thread}`)).json.events.map(({ kind }: { kind: string }) => kind),
  ).toEqual(['moved-here']);
  expect((await apply(app, host, move.id)).json.code).toBe('move_over');
});
