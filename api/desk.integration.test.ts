import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeSource } from '#storage/sources.ts';
import { type TestApp, testApp } from '#test/api-app.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { seedMention, seedSource } from '#test/seed.ts';
import { seedCircle, seedInsideThread } from '#test/seed-inside.ts';

let app: TestApp;
let fatima: SeededPerson;
let ravi: SeededPerson;
let joris: SeededPerson;

beforeAll(async () => {
  app = await testApp();
  fatima = await seedPerson(app.db, { name: 'Fatima El Idrissi', role: 'communication' });
  ravi = await seedPerson(app.db, { name: 'Ravi Ramdin', role: 'communication' });
  joris = await seedPerson(app.db, { name: 'Joris Vink' });
});
afterAll(() => app.drop());

const caseOf = (threadId: number) => `/api/threads/${app.ids.encode('thread', threadId)}/case`;
const act = (person: SeededPerson, threadId: number, action: string, body: object) =>
  app.as(person)('POST', `${caseOf(threadId)}/${action}`, body);
const idOf = (person: SeededPerson) => app.ids.encode('person', person.id);
const waiting = async (since: string) => {
  const { threadId } = await seedMention(app.db);
  await sql`insert into cases (thread_id, waiting_since) values (${threadId}, now() - ${since}::interval)`.execute(
    app.db,
  );
  return threadId;
};
const eventsOf = async (threadId: number) =>
  (await app.db.selectFrom('thread_events').selectAll().where('thread_id', '=', threadId).orderBy('id').execute()).map(
    ({ kind, person_id, detail }) => ({ kind, person: person_id, detail }),
  );

test('a thread that nobody put on the desk is taken with version 0, and whoever takes it follows it', async () => {
  const { threadId } = await seedMention(app.db, { publishedAt: new Date('2026-11-20T09:00:00Z') });
  const taken = await act(fatima, threadId, 'take', { version: 0 });
  expect(taken.status).toBe(200);
  expect(taken.json).toMatchObject({
    state: 'taken',
    holder: { id: idOf(fatima), name: 'Fatima El Idrissi' },
    waitingSince: '2026-11-20T09:00:00.000Z',
    version: 1,
  });
  const follows =
    await sql`select from attention where person_id = ${fatima.id} and thread_id = ${threadId} and follows`.execute(
      app.db,
    );
  expect(follows.rows.length).toBeGreaterThan(0);
  expect(await eventsOf(threadId)).toEqual([{ kind: 'taken', person: fatima.id, detail: {} }]);
  const changes = await sql`select from changes where kind = 1 and ref = ${threadId} and circle_id is null`.execute(
    app.db,
  );
  expect(changes.rows.length).toBe(2);
});

test('taking what one holds already is done, and is told once', async () => {
  const threadId = await waiting('1 hour');
  await act(fatima, threadId, 'take', { version: 1 });
  const again = await act(fatima, threadId, 'take', { version: 1 });
  expect([again.status, again.json.version]).toEqual([200, 2]);
  expect(await eventsOf(threadId)).toHaveLength(1);
});

test('who comes second hears who was first, and nothing changes', async () => {
  const threadId = await waiting('1 hour');
  await act(fatima, threadId, 'take', { version: 1 });
  const late = await act(ravi, threadId, 'take', { version: 1 });
  expect(late.status).toBe(409);
  expect(late.json).toMatchObject({
    code: 'case_changed',
    facts: { holder: 'Fatima El Idrissi', state: 'taken', version: 2 },
  });
  for (const [action, more] of [
    ['take', {}],
    ['answer', { text: 'Morgen.' }],
    ['no-answer', { reason: 'no-question' }],
    ['release', {}],
    ['hand-over', { to: app.ids.encode('person', app.colleague.id) }],
  ] as const) {
    const refused = await act(ravi, threadId, action, { version: 2, ...more });
    expect([action, refused.status, refused.json.code, refused.json.facts.holder]).toEqual([
      action,
      409,
      'case_held',
      'Fatima El Idrissi',
    ]);
  }
  expect(await eventsOf(threadId)).toHaveLength(1);
});

test('what was taken and put back meanwhile is not what a colleague saw', async () => {
  const threadId = await waiting('1 hour');
  await act(fatima, threadId, 'take', { version: 1 });
  await act(fatima, threadId, 'release', { version: 2 });
  const stale = await act(ravi, threadId, 'answer', { version: 1, text: 'Ja.' });
  expect(stale.json).toMatchObject({ code: 'case_changed', facts: { state: 'open', version: 3 } });
});

test('answering what nobody has takes and answers it in one step, with link and text in the log', async () => {
  const threadId = await waiting('2 hours');
  const answered = await act(ravi, threadId, 'answer', {
    version: 1,
    url: 'https://forum.example/p/2',
    text: 'Morgen.',
  });
  expect(answered.json).toMatchObject({
    state: 'answered',
    holder: null,
    closedBy: { name: 'Ravi Ramdin' },
    answerUrl: 'https://forum.example/p/2',
    answerText: 'Morgen.',
    version: 2,
  });
  const twice = await act(fatima, threadId, 'answer', { version: 1, text: 'Overmorgen.' });
  expect(twice.json).toMatchObject({ code: 'case_changed', facts: { state: 'answered', closedBy: 'Ravi Ramdin' } });
  expect(await eventsOf(threadId)).toEqual([
    { kind: 'answered', person: ravi.id, detail: { url: 'https://forum.example/p/2', text: 'Morgen.' } },
  ]);
});

test('no answer needs a reason, and "other" a note', async () => {
  const threadId = await waiting('2 hours');
  expect((await act(ravi, threadId, 'no-answer', { version: 1, reason: 'other' })).status).toBe(400);
  const closed = await act(ravi, threadId, 'no-answer', { version: 1, reason: 'other', note: 'Is opgelost.' });
  expect(closed.json).toMatchObject({ state: 'unanswered', reason: 'other', note: 'Is opgelost.' });
});

test('a slip that is reopened within the hour keeps its waiting time, later it waits anew', async () => {
  const threadId = await waiting('5 hours');
  await act(ravi, threadId, 'answer', { version: 1, text: 'Ja.' });
  const reopened = await act(fatima, threadId, 'reopen', { version: 2 });
  expect(reopened.json).toMatchObject({ state: 'open', answerText: null, closedAt: null, version: 3 });
  const hours = (at: string) => Math.round((Date.now() - Date.parse(at)) / 3_600_000);
  expect(hours(reopened.json.waitingSince)).toBe(5);
  await act(ravi, threadId, 'no-answer', { version: 3, reason: 'no-question' });
  await sql`update cases set closed_at = now() - interval '2 hours' where thread_id = ${threadId}`.execute(app.db);
  const later = await act(fatima, threadId, 'reopen', { version: 4 });
  expect(hours(later.json.waitingSince)).toBe(0);
  expect((await eventsOf(threadId)).map(({ kind }) => kind)).toEqual([
    'answered',
    'reopened',
    'unanswered',
    'reopened',
  ]);
});

test('a case is handed to a colleague of the desk, who follows it, and can be taken over', async () => {
  const threadId = await waiting('1 hour');
  await act(fatima, threadId, 'take', { version: 1 });
  const handed = await act(fatima, threadId, 'hand-over', { version: 2, to: idOf(ravi), note: 'Jij weet dit.' });
  expect(handed.json).toMatchObject({ state: 'taken', holder: { name: 'Ravi Ramdin' }, version: 3 });
  const follows =
    await sql`select from attention where person_id = ${ravi.id} and thread_id = ${threadId} and follows`.execute(
      app.db,
    );
  expect(follows.rows.length).toBeGreaterThan(0);
  const back = await act(fatima, threadId, 'hand-over', { version: 3, to: idOf(fatima) });
  expect(back.json).toMatchObject({ holder: { name: 'Fatima El Idrissi' }, version: 4 });
  expect((await eventsOf(threadId)).at(1)).toEqual({
    kind: 'handed-over',
    person: fatima.id,
    detail: { to: ravi.id, note: 'Jij weet dit.' },
  });
});

test('nobody who may not answer is handed a case, whatever stands where their id belongs', async () => {
  const threadId = await waiting('1 hour');
  const left = await seedPerson(app.db, { role: 'communication' });
  await sql`update people set deactivated_at = now() where id = ${left.id}`.execute(app.db);
  const former = await seedPerson(app.db, { role: 'communication', relation: 'alumnus' });
  const manager = await seedPerson(app.db, { role: 'manager' });
  const forged = app.ids.encode('thread', fatima.id).replace('t_', 'p_');
  const never = app.ids.encode('person', 999_999);
  for (const to of [idOf(joris), idOf(manager), idOf(left), idOf(former), never, forged, `p_${'A'.repeat(22)}`]) {
    const refused = await act(fatima, threadId, 'hand-over', { version: 1, to });
    expect([refused.status, refused.json.code, refused.json.errors[0].path]).toEqual([400, 'invalid_request', 'to']);
  }
  for (const to of [null, '', fatima.id, app.ids.encode('thread', threadId), [idOf(ravi)], undefined])
    expect((await act(fatima, threadId, 'hand-over', { version: 1, to })).status).toBe(400);
  expect(await eventsOf(threadId)).toEqual([]);
});

test('acts that do not fit the state change nothing', async () => {
  const threadId = await waiting('1 hour');
  expect((await act(ravi, threadId, 'release', { version: 1 })).json.code).toBe('case_changed');
  expect((await act(ravi, threadId, 'reopen', { version: 1 })).json.code).toBe('case_changed');
  const { threadId: unseen } = await seedMention(app.db);
  expect((await act(ravi, unseen, 'reopen', { version: 0 })).json.facts).toEqual({ state: 'open', version: 0 });
  const none = await sql`select from cases where thread_id = ${unseen}`.execute(app.db);
  expect(none.rows).toEqual([]);
});

test('a conversation without an outside has no case; what is not there answers as if it never was', async () => {
  const { rows } = await sql<{ id: number }>`
    with made as (insert into threads (born, title) values ('inside', 'Zaterdag') returning id)
    insert into placements (thread_id, circle_id, sort_at) select id, 2, now() from made returning thread_id as id`.execute(
    app.db,
  );
  expect((await act(ravi, rows[0]!.id, 'take', { version: 0 })).json.code).toBe('no_outside');
  const gone = await act(ravi, 999_999, 'take', { version: 0 });
  const { rows: hidden } = await sql<{ id: number }>`insert into threads (born) values ('inside') returning id`.execute(
    app.db,
  );
  const unseen = await act(ravi, hidden[0]!.id, 'take', { version: 0 });
  const circleId = await seedCircle(app.db, 'Directie');
  const at = new Date().toISOString();
  const closed = await seedInsideThread(app.db, { personId: joris.id, at, circleId });
  expect((await act(ravi, closed, 'take', { version: 0 })).text).toBe(gone.text);
  const foreign = await app.as(ravi)(
    'POST',
    `/api/threads/${app.ids.encode('mention', 1).replace('m_', 't_')}/case/take`,
    {
      version: 0,
    },
  );
  expect(gone.status).toBe(404);
  expect([unseen.text, foreign.text]).toEqual([gone.text, gone.text]);
  expect((await act(joris, rows[0]!.id, 'take', { version: 0 })).status).toBe(403);
});

test('a merged thread acts as the one it went into, and both histories are kept', async () => {
  const from = await waiting('1 hour');
  const into = await waiting('2 hours');
  await act(fatima, from, 'take', { version: 1 });
  await sql`update threads set merged_into = ${into} where id = ${from}`.execute(app.db);
  await sql`delete from placements where thread_id = ${from}`.execute(app.db);
  expect((await act(ravi, from, 'take', { version: 1 })).json).toMatchObject({ holder: { name: 'Ravi Ramdin' } });
  const { readEvents } = await import('#storage/thread-events.ts');
  const events = await readEvents(app.db, [1, 2], into);
  expect(events.map(({ kind, person }) => [kind, person?.name])).toEqual([
    ['taken', 'Fatima El Idrissi'],
    ['taken', 'Ravi Ramdin'],
  ]);
});

test('what is removed with its source leaves the desk, what its author withdrew stays and says so', async () => {
  const sourceId = await seedSource(app.db, 'Forum weg', 'forum');
  const { threadId: removed } = await seedMention(app.db, { sourceId });
  const { threadId: answered } = await seedMention(app.db, { sourceId });
  const { threadId: withdrawn, mentionId } = await seedMention(app.db);
  for (const id of [removed, answered, withdrawn])
    await sql`insert into cases (thread_id, waiting_since) values (${id}, now())`.execute(app.db);
  await act(ravi, answered, 'answer', { version: 1, text: 'Ja.' });
  await removeSource(app.db, sourceId, { mentions: true });
  const { withdrawMentions } = await import('#storage/retention.ts');
  await withdrawMentions(app.db, [mentionId]);
  const open = (await app.ask('GET', '/api/desk?order=newest&limit=100')).json.threads;
  const states = new Map(open.map(({ id, state }: { id: string; state: string }) => [id, state]));
  expect(states.get(app.ids.encode('thread', withdrawn))).toBe('withdrawn');
  expect(states.has(app.ids.encode('thread', removed))).toBe(false);
  const kept = await app.db
    .selectFrom('cases')
    .select('thread_id')
    .where('thread_id', 'in', [removed, answered])
    .execute();
  expect(kept).toEqual([{ thread_id: answered }]);
  expect((await act(ravi, removed, 'take', { version: 1 })).status).toBe(404);
});

test('what somebody holds is free again when they leave or lose the desk, not when they get another role with it', async () => {
  const change = (person: SeededPerson, body: object) => app.ask('PATCH', `/api/people/${idOf(person)}`, body);
  const held = async (person: SeededPerson) => {
    const threadId = await waiting('1 hour');
    expect((await act(person, threadId, 'take', { version: 1 })).status).toBe(200);
    return threadId;
  };
  const stands = async (threadId: number) =>
    (await app.ask('GET', `/api/threads/${app.ids.encode('thread', threadId)}`)).json.case;
  const [leaver, mover, riser] = await Promise.all(
    ['Vertrekt', 'Verhuist', 'Stijgt'].map((name) => seedPerson(app.db, { name, role: 'communication' })),
  );
  const cases = [await held(leaver!), await held(mover!), await held(riser!)] as const;
  expect((await change(leaver!, { active: false })).status).toBe(200);
  expect((await change(mover!, { role: 'employee' })).status).toBe(200);
  expect((await change(riser!, { role: 'administrator' })).status).toBe(200);
  for (const free of cases.slice(0, 2)) {
    expect(await stands(free)).toMatchObject({ state: 'open', holder: null, takenAt: null, version: 3 });
    expect((await eventsOf(free)).map(({ kind, person }) => [kind, person])).toEqual([
      ['taken', expect.any(Number)],
      ['released', app.colleague.id],
    ]);
  }
  expect(await stands(cases[2])).toMatchObject({ state: 'taken', holder: { id: idOf(riser!) } });
});
