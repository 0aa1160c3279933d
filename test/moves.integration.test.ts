import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { changeKinds, everyoneCircle } from '#storage/schema.ts';
import { makeFeed } from '#storage/search-feeds.ts';
import { type TestApp, testApp } from './api-app.ts';
import { beginIn, numberOf, openCircle, sayIn } from './circles.ts';
import { answer, apply, askToMove, previewOf } from './moves.ts';
import { type SeededPerson, seedPerson } from './people.ts';
import { begin, edit } from './talk.ts';

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
  expect(move).toMatchObject({ state: 'asking', waiting: 3, mayApply: true });
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

test('who did not agree has no sentence in the wider circle: not in the stream, the thread, search, its feed, an export or a notice', async () => {
  const { json: move } = await askToMove(app, host, thread, where());
  await answer(app, anna, move.id, { agrees: true });
  // Guest and Bram do not answer; what is said after the asking is in no move.
  await sayIn(app, anna, closed, thread, 'Annalater in de kring.');
  await apply(app, host, move.id);
  const asked = app.as(stranger);
  const { rows } = await sql<{ id: number }>`
    insert into saved_searches (owner_id, name, query) values (${stranger.id}, 'Kring', 'kring') returning id`.execute(
    app.db,
  );
  const token = await makeFeed(app.db, { searchId: rows[0]!.id, personId: stranger.id });
  const path = `/feeds/${token}.atom`;
  const everything = [];
  for (const from of [
    '/api/stream',
    `/api/threads/${thread}`,
    `/api/threads/${thread}/replies`,
    '/api/search?q=kring',
    '/api/search?q=bramwoord',
    '/api/search?q=gastwoord',
    path,
    '/api/me/export',
    '/api/inbox',
    `/api/threads/${thread}/moves`,
  ]) {
    const { status, text } = await asked('GET', from);
    expect([from, status]).toEqual([from, 200]);
    everything.push(text);
  }
  const told = everything.join();
  expect(told).toContain('Annawoord');
  for (const kept of ['Bramwoord', 'Gastwoord', 'Annalater']) expect(told).not.toContain(kept);
  expect((await asked('GET', '/api/search?q=annawoord')).text).toContain('Annawoord');
  // In the circle it left, search finds only what stayed.
  expect((await app.as(bram)('GET', '/api/search?q=bramwoord')).text).toContain('Bramwoord');
  expect((await asked('PATCH', `/api/replies/${replies.bram}`, { text: 'x', version: 1, audience: '' })).status).toBe(
    404,
  );
});

test('a yes is for the words as they were, and only for one’s own', async () => {
  const { json: move } = await askToMove(app, host, thread, where());
  await answer(app, anna, move.id, { agrees: true });
  await answer(app, bram, move.id, { agrees: true });
  const own = { id: replies.bram, threadId: thread, circle: { id: where().from } };
  expect((await edit(app, bram, own, { text: 'Bramanders nu.' })).status).toBe(200);
  expect((await answer(app, bram, move.id, { agrees: true, replies: [replies.anna] })).status).toBe(400);
  expect((await answer(app, bram, move.id, { agrees: true, title: true })).status).toBe(400);
  const { json: seen } = await app.as(host)('GET', `/api/moves/${move.id}`);
  expect(seen.replies.map(({ state }: { state: string }) => state)).toEqual(['agreed', 'changed', 'asks', 'own']);
  const mine = (await app.as(bram)('GET', `/api/moves/${move.id}`)).json;
  expect([mine.replies.length, mine.titleOf, mine.waiting, mine.mayApply]).toEqual([1, null, null, false]);
  expect(mine.to).toMatchObject({ colleagues: 2, guests: 0 });
  // A guest is told no numbers.
  expect((await app.as(guest)('GET', `/api/moves/${move.id}`)).json.to).toMatchObject({
    colleagues: null,
    guests: null,
  });
  await apply(app, host, move.id);
  expect(await seenBy(stranger)).toEqual(['Annawoord', 'Hannawoord']);
});

test('an answer, and the end of a move, reach the open pages of whoever may see it, and of nobody else in the circle', async () => {
  const lid = await seedPerson(app.db, { name: 'Lid' });
  await sql`insert into memberships (circle_id, person_id) values (${app.ids.decode('circle', closed)}, ${lid.id})`.execute(
    app.db,
  );
  /** Who is told by an act. */
  const told = async (act: () => Promise<{ status: number }>) => {
    const newest = (await sql<{ seq: number }>`select max(seq) as seq from changes`.execute(app.db)).rows[0]!.seq;
    expect((await act()).status).toBeLessThan(300);
    const { rows } = await sql<{ ref: number }>`
      select distinct ref from changes where seq > ${newest} and kind = ${changeKinds.person} order by ref`.execute(
      app.db,
    );
    return rows.map(({ ref }) => ref);
  };
  const may = [host, deputy, anna, bram, guest].map(({ id }) => id).sort((a, b) => a - b);
  let move = '';
  const asking = async () => {
    const asked = await askToMove(app, host, thread, where());
    move = asked.json.id;
    return asked;
  };
  expect(await told(asking)).toEqual(may);
  expect(await told(() => answer(app, bram, move, { agrees: false }))).toEqual(may);
  expect(await told(() => app.as(host)('POST', `/api/moves/${move}/cancel`))).toEqual(may);
});

test('without the yes of who began it nothing goes, and a hidden reply never does', async () => {
  const { json: move } = await askToMove(app, host, thread, where());
  await app.as(host)('POST', `/api/replies/${replies.bram}/hide`, { reason: 'Te scherp.' });
  await answer(app, bram, move.id, { agrees: true });
  await answer(app, anna, move.id, { agrees: true, replies: [replies.anna] });
  expect((await apply(app, host, move.id)).json.code).toBe('not_agreed');
  await answer(app, anna, move.id, { agrees: true, title: true });
  expect((await apply(app, host, move.id)).status).toBe(200);
  expect(await seenBy(stranger)).toEqual(['Annawoord', 'Hannawoord']);
});

test('whoever comes to read along after it was shown is not agreed to', async () => {
  const reader = await seedPerson(app.db);
  const other = await openCircle(app, { hosts: [host], deputies: [deputy], members: [reader] });
  const to = other.json.id;
  const { json: move } = await askToMove(app, host, thread, { from: closed, to });
  const { json: seen } = await app.as(anna)('GET', `/api/moves/${move.id}`);
  // She is not in it: she learns its kind, how many would newly read it, and no name.
  expect(seen.to).toMatchObject({ circle: null, kind: 'closed', colleagues: 1, guests: 0 });
  const said = { agrees: true, audience: seen.to.audience };
  const mine = (await app.as(host)('GET', `/api/moves/${move.id}`)).json.to.audience;
  await app.as(host)('POST', `/api/circles/${to}/members`, { people: [app.ids.encode('person', stranger.id)] });
  for (const refused of [
    await app.as(anna)('POST', `/api/moves/${move.id}/answers`, said),
    await app.as(host)('POST', `/api/moves/${move.id}/apply`, { audience: mine }),
  ])
    expect([refused.status, refused.json.code]).toEqual([409, 'audience_changed']);
  expect((await answer(app, anna, move.id, { agrees: true })).status).toBe(200);
});

test('a yes is for who could read it then: when more can, its author is asked again, and nothing moves meanwhile', async () => {
  const reader = await seedPerson(app.db);
  const other = await openCircle(app, { hosts: [host], deputies: [deputy], members: [reader] });
  const to = other.json.id;
  const { json: move } = await askToMove(app, host, thread, { from: closed, to });
  // Of who reads there only the reader is new: the hosts read here as well.
  expect((await app.as(bram)('GET', `/api/moves/${move.id}`)).json.to).toMatchObject({ colleagues: 1, guests: 0 });
  await answer(app, anna, move.id, { agrees: true });
  await answer(app, bram, move.id, { agrees: true });
  await app.as(host)('POST', `/api/circles/${to}/members`, { people: [app.ids.encode('person', stranger.id)] });
  const states = async () => {
    const { json } = await app.as(host)('GET', `/api/moves/${move.id}`);
    return [json.titleOf.state, ...json.replies.map(({ state }: { state: string }) => state)];
  };
  expect(await states()).toEqual(['asks', 'asks', 'asks', 'asks', 'own']);
  const refused = await apply(app, host, move.id);
  expect(refused.json).toMatchObject({ code: 'audience_changed', facts: { reason: 'move-asked-again' } });
  expect(await seenBy(stranger)).toBe(404);
  for (const [who, times] of [
    [bram, 2],
    [guest, 1],
  ] as const) {
    const { rows } = await sql`select from notices n where n.person_id = ${who.id} and n.kind = 'move-asks'
      and n.thread_id = ${app.ids.decode('thread', thread)}`.execute(app.db);
    expect([who.name, rows.length]).toEqual([who.name, times]);
  }
  await answer(app, anna, move.id, { agrees: true });
  expect((await apply(app, host, move.id)).json).toMatchObject({ state: 'done' });
  expect(await seenBy(stranger)).toEqual(['Annawoord', 'Hannawoord']);
  // Whose words went where they do not read are not told what became of them there.
  const after = await app.as(anna)('GET', `/api/moves/${move.id}`);
  expect(after.text).not.toContain('Annawoord');
  expect((await app.as(host)('GET', `/api/moves/${move.id}`)).text).toContain('Annawoord');
});

test('inward a host takes it all without asking, and who reads it no longer finds what never was', async () => {
  const inner = (await openCircle(app, { hosts: [host], deputies: [deputy] })).json.id;
  const inward = { from: closed, to: inner };
  expect((await previewOf(app, host, thread, inward)).json).toMatchObject({
    wider: false,
    asked: [],
    lostReaders: { colleagues: 2, guests: 1 },
  });
  const never = app.ids.encode('thread', 9_999_999);
  const { json: move } = await askToMove(app, host, thread, inward);
  expect((await apply(app, host, move.id)).json).toMatchObject({ state: 'done' });
  expect(await seenBy(deputy)).toEqual(['Annawoord', 'Bramwoord', 'Gastwoord', 'Hannawoord']);
  for (const who of [guest, bram]) {
    const [gone, absent] = [
      await app.as(who)('GET', `/api/threads/${thread}`),
      await app.as(who)('GET', `/api/threads/${never}`),
    ];
    expect([gone.status, gone.text]).toEqual([absent.status, absent.text]);
    expect((await app.as(who)('GET', `/api/moves/${move.id}`)).status).toBe(404);
  }
  for (const path of ['/api/stream', '/api/inbox']) {
    const { text } = await app.as(guest)('GET', path);
    expect([text.includes(thread), text.includes('"moved"')]).toEqual([false, false]);
  }
});

test('who may not move it is refused, and a move given up asks nobody any more', async () => {
  expect((await previewOf(app, bram, thread, where())).json.code).toBe('not_host');
  expect((await previewOf(app, guest, thread, where())).status).toBe(404);
  expect((await previewOf(app, stranger, thread, where())).status).toBe(400);
  const { json: own } = await askToMove(app, anna, thread, where());
  expect((await askToMove(app, anna, thread, where())).json).toMatchObject({
    code: 'move_exists',
    facts: { move: own.id },
  });
  expect((await app.as(bram)('POST', `/api/moves/${own.id}/cancel`)).status).toBe(403);
  expect((await app.as(stranger)('GET', `/api/moves/${own.id}`)).status).toBe(404);
  expect((await app.as(anna)('POST', `/api/moves/${own.id}/cancel`)).json.state).toBe('cancelled');
  const { items } = (await app.as(bram)('GET', '/api/inbox')).json;
  const asking = items.filter(({ kind }: { kind: string }) => kind === 'move-asks');
  expect(asking.filter((one: { thread: { id: string } }) => one.thread.id === thread)).toEqual([]);
  expect(await seenBy(stranger)).toBe(404);
});

test('what all colleagues read, who began it takes inward only when it is all their own', async () => {
  const { json: begun } = await begin(app, anna, { title: 'Van mij', text: 'Alleen ik.' });
  const inward = { from: everyone, to: closed };
  expect((await previewOf(app, anna, begun.id, inward)).json.wider).toBe(true);
  const small = (await openCircle(app, { hosts: [anna], deputies: [deputy] })).json.id;
  const { json: move } = await askToMove(app, anna, begun.id, { from: everyone, to: small });
  expect((await apply(app, anna, move.id)).json.state).toBe('done');
  expect(await seenBy(stranger, begun.id)).toBe(404);
  const { json: shared } = await begin(app, anna, { title: 'Van ons', text: 'Ik eerst.' });
  await sayIn(app, bram, everyone, shared.id, 'Ik ook.');
  expect((await previewOf(app, anna, shared.id, { from: everyone, to: small })).json.code).toBe('not_host');
});
