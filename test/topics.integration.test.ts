import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFreshPreview } from '#api/access-fresh-preview.ts';
import { SourceError } from '#ingest/errors.ts';
import type { HttpAnswer } from '#platform/http.ts';
import { createLog } from '#platform/log.ts';
import { compile } from '#search/postgres/compile.ts';
import { countPreview, undecided } from '#storage/topic-preview.ts';
import { beginRun, nextMentions, nextRun, storeRunStep } from '#storage/topic-runs.ts';
import { type SeededPerson, seedPerson } from './people.ts';
import { type FeedItem, hoursAgo, type TopicWorld, topicWorld } from './topic-world.ts';

let world: TopicWorld;
beforeEach(async () => {
  world = await topicWorld();
});
afterEach(() => world.close());

const day = 24;
const about = (n: number, words: string, hours: number): FeedItem => ({
  id: String(n),
  title: `Bericht ${n}`,
  text: `Over ${words} wordt volgens de wethouder nummer ${n} nog veel gepraat.`,
  at: hoursAgo(hours),
});
const five = [
  about(1, 'de sluisbrug', 3 * day),
  about(2, 'de afvalpas', 1.5 * day),
  about(3, 'sluisbrug en afvalpas', day),
  about(4, 'de noodbrug', 5),
  about(5, 'de sluisbrug', 1),
];
const ask: TopicWorld['api']['ask'] = (...asked) => world.api.ask(...asked);

describe('a topic', () => {
  test('does not collect before it says on what basis and what it asks, and keeps both while it does', async () => {
    const { json: made } = await ask('POST', '/api/topics', { name: 'Sluisbrug', kind: 'theme' });
    expect(made).toMatchObject({ state: 'draft', version: 0, missing: ['legal-basis', 'query'], versions: [] });
    const path = `/api/topics/${made.id}`;
    const refused = await ask('POST', `${path}/start`, {});
    expect([refused.status, refused.json.code]).toEqual([409, 'topic_incomplete']);
    expect(refused.json.errors.map((one: { path: string }) => one.path)).toEqual(['legalBasis', 'query']);
    const back = { after: 0, query: 'sluisbrug', apply: { from: 'days', days: 30 } };
    expect((await ask('POST', `${path}/versions`, back)).json.errors[0].path).toBe('apply');
    expect((await ask('POST', `${path}/versions`, { after: 0, query: 'sluisbrug' })).status).toBe(201);
    expect((await ask('PATCH', path, { legalBasis: 'public-task', purpose: 'Antwoorden' })).json.missing).toEqual([]);
    expect((await ask('POST', `${path}/start`, {})).json.topic.state).toBe('active');
    expect((await ask('PATCH', path, { legalBasis: null })).json.code).toBe('topic_incomplete');
    expect((await ask('PATCH', path, { name: 'Brug' })).json).toMatchObject({ name: 'Brug', purpose: 'Antwoorden' });
  });

  test('has a name of its own, a query that can be asked, and sources that are there', async () => {
    const id = await world.topic('Sluisbrug', 'sluisbrug');
    const make = (more: object) =>
      ask('POST', '/api/topics', { name: 'Anders', kind: 'theme', query: 'brug', ...more });
    expect((await make({ name: 'SLUISBRUG' })).json.code).toBe('topic_exists');
    expect((await make({ query: '(brug' })).json).toMatchObject({ code: 'query_refused', query: [{ from: 0 }] });
    expect((await make({ query: 'NIET brug' })).json.code).toBe('query_refused');
    expect((await make({ query: 'brug is:open' })).json.code).toBe('query_refused');
    expect((await make({ query: 'zoekvraag:anders' })).json.code).toBe('query_refused');
    expect((await make({ query: 'zoekvraag:sluisbrug' })).status).toBe(201);
    expect((await make({ name: 'Derde', sources: [world.api.ids.encode('source', 999)] })).json.errors[0].path).toBe(
      'sources',
    );
    const ring = await ask('POST', `/api/topics/${id}/versions`, { after: 1, query: 'brug OF zoekvraag:Anders' });
    expect([ring.status, ring.json.query[0].code]).toEqual([422, 'ring']);
    expect((await ask('DELETE', `/api/topics/${id}`)).status).toBe(204);
    expect((await ask('GET', `/api/topics/${id}`)).status).toBe(404);
    expect((await make({ name: 'Sluisbrug' })).status).toBe(201);
  });

  test('keeps every version with who made it, says what differs, and goes back', async () => {
    const id = await world.topic('Sluisbrug', '(sluisbrug OF "brug bij de sluis") NIET te taal:nl');
    const path = `/api/topics/${id}`;
    const next = { after: 1, query: '(sluisbrug OF noodbrug) NIET Terneuzen taal:nl', note: 'Ook de noodbrug' };
    const saved = await ask('POST', `${path}/versions`, next);
    expect(saved.json).toMatchObject({
      run: null,
      topic: {
        version: 2,
        versions: [{ version: 2, note: 'Ook de noodbrug', madeBy: { name: world.api.colleague.name } }, { version: 1 }],
      },
    });
    expect((await ask('POST', `${path}/versions`, next)).json.code).toBe('topic_changed');
    const { json: difference } = await ask('GET', `${path}/difference?from=1&to=2`);
    expect(difference).toMatchObject({
      added: [
        { kind: 'word', wanted: true, text: 'noodbrug' },
        { kind: 'word', wanted: false, text: 'Terneuzen' },
      ],
      removed: [
        { kind: 'phrase', wanted: true, text: '"brug bij de sluis"' },
        { kind: 'word', wanted: false, text: 'te' },
      ],
      regrouped: false,
      sources: { change: 'none' },
    });
    const back = await ask('POST', `${path}/go-back`, { after: 2, version: 1 });
    expect(back.json.topic).toMatchObject({
      version: 3,
      versions: [{ query: '(sluisbrug OF "brug bij de sluis") NIET te taal:nl' }, {}, {}],
    });
    expect((await ask('GET', `${path}/difference?from=1&to=3`)).json).toMatchObject({ added: [], removed: [] });
    expect((await ask('POST', `${path}/go-back`, { after: 3, version: 9 })).json.errors[0].path).toBe('version');
  });
});

/** What topics found, where, and what search knows of it. */
async function found() {
  const { db } = world.api;
  const matches = await sql`select mention_id, topic_id, version, spans, at, run_id, judged, judged_by, judged_at
    from mention_topics order by 1, 2`.execute(db);
  const places =
    await sql`select thread_id, circle_id, topic_id, sort_at from placement_topics order by 1, 2, 3`.execute(db);
  const documents = await sql`select ref, topics from search_documents order by 1`.execute(db);
  return { matches: matches.rows, places: places.rows, documents: documents.rows };
}

describe('a version applied to what was there', () => {
  test('finds what it would have found, leaves what it did not, and is undone exactly', async () => {
    const id = await world.topic('Brug', 'afvalpas OF noodbrug');
    await world.follow('/a', five);
    await world.poll();
    const path = `/api/topics/${id}`;
    const { id: judged, threadId: judgedIn } = await world.mentionCalled('Bericht 2');
    await ask('PUT', `/api/mentions/${judged}/topics/${id}`, { about: true });
    const { id: refused } = await world.mentionCalled('Bericht 4');
    await ask('PUT', `/api/mentions/${refused}/topics/${id}`, { about: false });
    expect(await world.stories(id)).toEqual(['Bericht 3', 'Bericht 2']);
    const before = await found();

    const version = { after: 1, query: 'sluisbrug', apply: { from: 'days', days: 2.5 } };
    expect((await ask('POST', `${path}/versions`, version)).status).toBe(400);
    const asked = { ...version, apply: { from: 'days', days: 2 } };
    expect((await ask('POST', `${path}/versions`, asked)).json.run).toMatchObject({ state: 'waiting', days: 2 });
    expect((await ask('POST', `${path}/versions`, { after: 2, query: 'brug' })).json.code).toBe('run_under_way');
    await world.runs();
    // Bericht 1 is older than two days; somebody said that Bericht 2 is about us.
    expect(await world.stories(id)).toEqual(['Bericht 5', 'Bericht 3', 'Bericht 2']);
    const { json: run } = await ask('GET', path).then(({ json }) => ({ json: json.run }));
    expect(run).toMatchObject({ state: 'done', total: 4, done: 4, added: 1, removed: 1 });
    expect((await ask('GET', `/api/threads/${judgedIn}/topics`)).json.topics[0]).toMatchObject({ version: 1 });
    const { threadId: addedIn } = await world.mentionCalled('Bericht 5');
    expect((await ask('GET', `/api/threads/${addedIn}/topics`)).json.topics[0]).toMatchObject({
      byRun: true,
      version: 2,
      words: ['sluisbrug'],
    });

    const undo = await ask('POST', `${path}/runs/${run.id}/undo`);
    expect([undo.status, undo.json.state]).toEqual([202, 'undoing']);
    await world.runs();
    expect(await found()).toEqual(before);
    expect((await ask('GET', `${path}/runs`)).json.runs).toMatchObject([{ state: 'undone', undoUntil: null }]);
    expect((await ask('POST', `${path}/runs/${run.id}/undo`)).json.code).toBe('not_undoable');
    expect((await ask('GET', path)).json.version).toBe(2);
  });

  test('ends the same when it is cut off in the middle, and when two do it at the same time', async () => {
    const { db } = world.api;
    await world.follow('/a', five);
    await world.poll();
    const id = await world.topic('Brug', 'sluisbrug');
    await ask('POST', `/api/topics/${id}/start`, { apply: { from: 'days', days: 30 } });
    const plain = { kind: 'word', word: { text: 'sluisbrug', prefix: false } } as const;
    const { condition } = compile(plain, { circles: [1] });
    const run = (await nextRun(db))!;
    await beginRun(db, run);
    const looked = await nextMentions(db, run, condition, 2);
    const hits = looked.filter(({ may }) => may).map(({ mentionId }) => ({ mentionId, spans: [] }));
    expect(await storeRunStep(db, run, looked, hits, false)).toBe(true);
    // Whoever was as far, and whoever begins again where the run then stood, does nothing twice.
    expect(await storeRunStep(db, run, looked, hits, false)).toBe(false);
    await Promise.all([world.runs(), world.runs()]);
    const { json } = await ask('GET', `/api/topics/${id}/runs`);
    expect(json.runs).toMatchObject([{ state: 'done', done: 5, total: 5, added: 3, removed: 0 }]);
    expect(await world.stories(id)).toEqual(['Bericht 5', 'Bericht 3', 'Bericht 1']);
    await ask('POST', `/api/topics/${id}/runs/${json.runs[0].id}/undo`);
    await Promise.all([world.runs(), world.runs()]);
    expect(await world.stories(id)).toEqual([]);
    expect((await found()).matches).toEqual([]);
  });

  test('does not touch what was edited since it looked, nor undo what an edit found', async () => {
    const { db } = world.api;
    await world.follow('/a', five);
    await world.poll();
    const id = await world.topic('Brug', 'sluisbrug');
    await ask('POST', `/api/topics/${id}/start`, { apply: { from: 'days', days: 30 } });
    const run = (await nextRun(db))!;
    await beginRun(db, run);
    const { condition } = compile({ kind: 'word', word: { text: 'sluisbrug', prefix: false } }, { circles: [1] });
    const looked = await nextMentions(db, run, condition, 500);
    const hits = looked.filter(({ may }) => may).map(({ mentionId }) => ({ mentionId, spans: [1, 1] }));
    // Between looking and writing one is no longer about it, and another is now.
    world.show('/a', [
      { ...five[0]!, text: 'Nu over heel iets anders.' },
      { ...five[1]!, text: 'Nu over de sluisbrug.' },
      ...five.slice(2),
    ]);
    await world.poll();
    await storeRunStep(db, run, looked, hits, true);
    expect(await world.stories(id)).toEqual(['Bericht 5', 'Bericht 3', 'Bericht 2']);
    const { runs } = (await ask('GET', `/api/topics/${id}/runs`)).json;
    await ask('POST', `/api/topics/${id}/runs/${runs[0].id}/undo`);
    await world.runs();
    expect(await world.stories(id)).toEqual(['Bericht 2']);
  });
});

test('what is not about us leaves the stream, the figures and search, and comes back when that is taken back', async () => {
  const id = await world.topic('Brug', 'sluisbrug');
  await world.follow('/a', five);
  await world.poll();
  const { id: mention } = await world.mentionCalled('Bericht 5');
  const judge = (saying: boolean | null) => ask('PUT', `/api/mentions/${mention}/topics/${id}`, { about: saying });
  const before = await found();
  const told = async () => (await ask('GET', `/api/figures?topic=${id}`)).json.totals.stories;
  expect((await judge(false)).json).toMatchObject({ judged: false, judgedBy: { name: world.api.colleague.name } });
  expect(await world.stories(id)).toEqual(['Bericht 3', 'Bericht 1']);
  expect(await told()).toBe(2);
  expect((await ask('GET', '/api/topics')).json.topics[0]).toMatchObject({
    lastWeek: 2,
    unread: 2,
    precision: { judged: 1, about: 0, share: null, tooFewBelow: 20 },
  });
  // It does not come back by itself.
  world.show('/a', [...five.slice(0, 4), { ...five[4]!, text: `${five[4]!.text} Aangevuld.` }]);
  await world.poll();
  expect(await world.stories(id)).toEqual(['Bericht 3', 'Bericht 1']);
  expect((await judge(null)).json).toMatchObject({ judged: null, judgedBy: null, judgedAt: null });
  const after = await found();
  expect([after.places, after.documents]).toEqual([before.places, before.documents]);
  const { id: other } = await world.mentionCalled('Bericht 2');
  expect((await ask('PUT', `/api/mentions/${other}/topics/${id}`, { about: false })).status).toBe(404);
});

describe('a preview', () => {
  test('counts what a query would have found, beside the present version and other topics, and stores nothing', async () => {
    const id = await world.topic('Brug', 'sluisbrug');
    const other = await world.topic('Afvalpas', 'afvalpas');
    await world.follow('/a', [...five, about(6, 'de sluisbrug', 40 * day)]);
    await world.poll();
    const before = await found();
    const { status, json } = await ask('POST', '/api/topics/preview', { query: 'afvalpas OF noodbrug', topic: id });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      total: 3,
      overlap: [{ topic: { id: other }, count: 2 }],
      present: { version: 1, total: 3, added: 2, removed: 2 },
    });
    expect(json.days).toHaveLength(30);
    expect(json.days.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(3);
    expect(json.samples.map(({ title, found }: { title: string; found: boolean }) => [title, found])).toEqual([
      ['Bericht 4', false],
      ['Bericht 3', true],
      ['Bericht 2', false],
    ]);
    const [{ text, spans }] = json.samples;
    expect(spans.map(({ from, to }: { from: number; to: number }) => text.slice(from, to))).toEqual(['noodbrug']);
    expect(await found()).toEqual(before);
    const refused = await ask('POST', '/api/topics/preview', { query: 'a OF (', topic: id });
    expect([refused.status, refused.json.code]).toEqual([422, 'query_refused']);
  });

  test('is given up when its time is over, whatever it asks', async () => {
    await world.follow('/a', five);
    await world.poll();
    const { db } = world.api;
    await sql`update search_documents set inexact = true`.execute(db);
    const cut = { circles: [1], timeZone: 'Europe/Amsterdam', from: '2020-01-01', until: performance.now() + 50 };
    const slow = sql<boolean>`(select true from pg_sleep(20))`;
    await expect(undecided(db, cut, slow, 10)).rejects.toMatchObject({ code: '57014' });
    const now = { condition: slow, confirmed: [] };
    await sql`update search_documents set inexact = false`.execute(db);
    await expect(countPreview(db, cut, { now, before: null, topicId: null, samples: 1 })).rejects.toMatchObject({
      code: '57014',
    });
  });

  test('of sources that are slow answers in time, begins nothing more for it, and keeps its place until they are done', async () => {
    const { db, ids, colleague } = world.api;
    const source = ids.encode('source', await world.follow('/a', five));
    const waiting: (() => void)[] = [];
    let read = 0;
    const deps = {
      db,
      ids,
      timeZone: 'Europe/Amsterdam',
      log: createLog('silent'),
      http: {
        request: () =>
          new Promise<HttpAnswer>((resolve) =>
            waiting.push(() =>
              resolve({ status: 200, headers: {}, body: new Uint8Array(), url: 'http://127.0.0.1/a' }),
            ),
          ),
      },
      readFeed: () => {
        read += 1;
        return Promise.reject(new SourceError('unreadable', 'Nothing'));
      },
      prepare: () => Promise.resolve([]),
    };
    const preview = createFreshPreview(deps, 20);
    const look = () => preview(colleague.viewer, { query: 'noodbrug', sources: [source] }, 'nl');
    for (const told of await Promise.all([look(), look()]))
      expect(told.sources).toMatchObject([{ items: 0, error: 'De site antwoordde niet op tijd.' }]);
    await expect(look()).rejects.toMatchObject({ code: 'busy' });
    for (const end of waiting) end();
    await expect.poll(() => look().then(({ sources }) => sources.length)).toBe(1);
    expect(read).toBe(0);
  });

  test('looks into sources as they are now, and stores nothing of it', async () => {
    const first = await world.follow('/a', five);
    const second = await world.follow('/weg', []);
    world.show('/weg', undefined as never);
    const sources = [first, second].map((source) => world.api.ids.encode('source', source));
    const { json } = await ask('POST', '/api/topics/preview/fresh', { query: 'noodbrug', sources });
    expect(json.samples).toMatchObject([{ title: 'Bericht 4', spans: [{ part: 'text' }] }]);
    expect(json.sources).toMatchObject([
      { items: 5, matched: 1, error: null },
      { items: 0, error: expect.stringMatching(/\w/) },
    ]);
    expect((await sql`select id from mentions`.execute(world.api.db)).rows).toEqual([]);
  });
});

describe('who may', () => {
  let reader: SeededPerson;
  beforeEach(async () => {
    reader = await seedPerson(world.api.db, { role: 'manager' });
  });

  test('reads what topics ask and find: every colleague; changes and judges: who has the right', async () => {
    const id = await world.topic('Brug', 'sluisbrug');
    await world.follow('/a', five);
    await world.poll();
    const as = world.api.as(reader);
    expect((await as('GET', '/api/topics')).json.topics).toMatchObject([{ id, unread: 3 }]);
    expect((await as('GET', `/api/topics/${id}`)).json.versions).toHaveLength(1);
    const { id: mention, threadId: mentionIn } = await world.mentionCalled('Bericht 1');
    expect((await as('GET', `/api/threads/${mentionIn}/topics`)).json.topics).toHaveLength(1);
    for (const [method, path, body] of [
      ['POST', '/api/topics', { name: 'x', kind: 'theme' }],
      ['PATCH', `/api/topics/${id}`, { name: 'x' }],
      ['DELETE', `/api/topics/${id}`, undefined],
      ['POST', `/api/topics/${id}/versions`, { after: 1, query: 'x' }],
      ['POST', '/api/topics/preview', { query: 'x' }],
      ['PUT', `/api/mentions/${mention}/topics/${id}`, { about: true }],
    ] as const)
      expect([path, (await as(method, path, body)).status]).toEqual([path, 403]);
  });
});
