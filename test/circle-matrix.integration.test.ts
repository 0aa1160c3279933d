import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deskCircle, everyoneCircle, outsideCircle } from '#storage/schema.ts';
import { type Asked, type TestApp, testApp } from './api-app.ts';
import {
  type Outcome,
  ofCircles,
  ofKept,
  ofThreads,
  outcome,
  type Place,
  people,
  places,
  takesAccess,
  type Who,
} from './circle-model.ts';
import { placeless } from './circle-placeless.ts';
import { type SeededPerson, seedPerson } from './people.ts';
import { seedMention, seedSource } from './seed.ts';
import { seedInsideThread, seedReply } from './seed-inside.ts';

/**
 * Z1: every route that names a circle or something in one, as everybody, in every kind of place, against the model. What somebody may act
 * upon stands in a circle of its own for each cell, so that no act of one changes what another finds.
 */

let app: TestApp;
let keeper: SeededPerson;
let second: SeededPerson;
let somebody: SeededPerson;
const persons = new Map<Who, SeededPerson | null>();
let sourceId: number;
/** Where all colleagues write: what a conversation may be moved to. */
let wide: number;
let topicId: number;

const kinds = {
  anonymous: null,
  deactivated: {},
  stranger: { relation: 'customer' },
  guest: { relation: 'expert' },
  'guest-reading': { relation: 'customer' },
  'guest-gone': { relation: 'customer' },
  former: { relation: 'alumnus', role: 'administrator' },
  colleague: {},
  manager: { role: 'manager' },
  desk: { role: 'communication' },
  administrator: { role: 'administrator' },
  member: {},
  muted: {},
  host: {},
} as const satisfies Record<Who, object | null>;

beforeAll(async () => {
  app = await testApp();
  [keeper, second, somebody] = [await seedPerson(app.db), await seedPerson(app.db), await seedPerson(app.db)];
  for (const who of people) {
    const kind = kinds[who];
    persons.set(who, kind && (await seedPerson(app.db, kind)));
  }
  await sql`update people set deactivated_at = now() where id = ${persons.get('deactivated')!.id}`.execute(app.db);
  const elsewhere = await circle('closed');
  await enter(elsewhere, persons.get('stranger')!.id, { until: 30 });
  sourceId = await seedSource(app.db);
  wide = await circle('internal');
  topicId = await one(sql`insert into topics (name, kind, colour, legal_basis, state, version)
    values ('Brug', 'theme', 'teal', 'public-task', 'active', 1) returning id`);
  await sql`insert into topic_versions (topic_id, version, query) values (${topicId}, 1, 'brug')`.execute(app.db);
});
afterAll(() => app.drop());

async function one(query: ReturnType<typeof sql<{ id: number }>>): Promise<number> {
  return (await query.execute(app.db)).rows[0]!.id;
}

async function circle(kind: 'internal' | 'closed' | 'public', afterEnd = 'gone'): Promise<number> {
  const id = await one(sql`insert into circles (kind, name, after_end, frame_version, ends_on)
    values (${kind}, ${randomUUID()}, ${afterEnd}, 1, today() + 30) returning id`);
  await sql`insert into circle_frames (circle_id, version, question, in_scope, out_of_scope, result, house_rule, ends_on, after_end, made_by)
    values (${id}, 1, 'Wat?', 'Dit', 'Dat', 'Een advies', 'Geen namen', today() + 30, ${afterEnd}, ${keeper.id})`.execute(
    app.db,
  );
  await enter(id, keeper.id, { role: 'host' });
  await enter(id, second.id, { role: 'deputy' });
  return id;
}

async function enter(
  circleId: number,
  personId: number,
  given: { role?: string; until?: number; muted?: boolean } = {},
) {
  const { role = 'member', until = null, muted = false } = given;
  await sql`insert into memberships (circle_id, person_id, role, until, muted_at, muted_reason)
    values (${circleId}, ${personId}, ${role}, today() + ${until}::int, ${muted ? sql`now()` : null}, ${muted ? 'rust' : null})`.execute(
    app.db,
  );
  await sql`insert into frame_acknowledgements (circle_id, person_id, version) values (${circleId}, ${personId}, 1)`.execute(
    app.db,
  );
}

/** Lets somebody stand to a circle as the model says. */
async function stand(who: Who, circleId: number): Promise<void> {
  const id = persons.get(who)?.id;
  if (who === 'guest') await enter(circleId, id!, { until: 30 });
  if (who === 'guest-reading' || who === 'guest-gone') await enter(circleId, id!, { until: -1 });
  // Who left had been in, and nothing was agreed.
  if (who === 'former') await enter(circleId, id!);
  if (who === 'member' || who === 'host') await enter(circleId, id!, { role: who });
  if (who === 'muted') await enter(circleId, id!, { muted: true });
}

const cellParts = ['circle', 'thread', 'reply', 'mention', 'move', 'invitation'] as const;
/** By the name of a path's parameter. */
type Cell = Record<`${(typeof cellParts)[number]}Id`, string>;
const cellOf = (numbers: Partial<Record<(typeof cellParts)[number], number>>): Cell =>
  Object.fromEntries(cellParts.map((part) => [`${part}Id`, app.ids.encode(part, numbers[part] ?? 999_999)])) as Cell;
const never = () => cellOf({});

const given: Partial<Record<Place, number>> = {
  outside: outsideCircle,
  'desk-outside': deskCircle,
  everyone: everyoneCircle,
  desk: deskCircle,
};
const isStory = (place: Place) => place === 'outside' || place === 'desk-outside';

/** A conversation with a reply, a story beside it, a link and somebody who wants to move it all, where the model says. */
async function stage(who: Who, place: Place, isTheirs: boolean): Promise<Cell> {
  let circleId = given[place];
  if (circleId === undefined) {
    const kind = place === 'internal' || place === 'public' ? place : 'closed';
    circleId = await circle(kind, who === 'guest-reading' ? 'read' : 'gone');
    await stand(who, circleId);
  }
  const story = await seedMention(app.db, { sourceId, authorKey: Buffer.from('author') });
  await sql`insert into mention_topics (mention_id, topic_id, version, spans)
    values (${story.mentionId}, ${topicId}, 1, '{}')`.execute(app.db);
  if (isStory(place)) {
    await sql`update placements set circle_id = ${circleId} where thread_id = ${story.threadId}`.execute(app.db);
    return cellOf({ circle: circleId, thread: story.threadId, mention: story.mentionId });
  }
  await sql`insert into placements (thread_id, circle_id, sort_at, news_at, language)
    values (${story.threadId}, ${circleId}, now(), now(), 'nl')`.execute(app.db);
  const at = new Date().toISOString();
  const threadId = await seedInsideThread(app.db, { personId: keeper.id, at, circleId });
  const writer = (isTheirs && persons.get(who)) || second;
  const replyId = await seedReply(app.db, { threadId, personId: writer.id, at, circleId, text: 'Dat wist ik.' });
  const moveId = await one(sql`
    insert into thread_moves (thread_id, from_circle_id, to_circle_id, made_by, wider)
    values (${threadId}, ${circleId}, ${wide}, ${keeper.id}, true) returning id`);
  await sql`insert into thread_move_answers (move_id, reply_id, person_id, reply_version)
    values (${moveId}, ${replyId}, ${writer.id}, 1)`.execute(app.db);
  const invitationId = await one(sql`
    insert into invitations (token_hash, circle_id, name, relation, reason, until, made_by, expires_at)
    values (sha256(${randomUUID()}::text::bytea), ${circleId}, 'Anouk', 'expert', 'Een vraag', today() + 30, ${keeper.id},
      now() + interval '1 day') returning id`);
  if (place === 'one-thread')
    await sql`update circles set only_thread_id = ${threadId} where id = ${circleId}`.execute(app.db);
  if (place === 'archived')
    await sql`update circles set archived_at = now(), archived_by = ${keeper.id}, conclusion = 'Klaar.'
      where id = ${circleId}`.execute(app.db);
  return cellOf({
    circle: circleId,
    thread: threadId,
    reply: replyId,
    mention: story.mentionId,
    move: moveId,
    invitation: invitationId,
  });
}

const staged = new Map<string, Promise<Cell>>();
/** What nobody acts upon, or only looks at, is put up once. */
function standing(who: Who, place: Place, isTheirs: boolean): Promise<Cell> {
  const key = `${who} ${place} ${isTheirs}`;
  const found = staged.get(key) ?? stage(who, place, isTheirs);
  staged.set(key, found);
  return found;
}

const later = () => new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
const words = { question: 'Hoe?', inScope: 'Dit', outOfScope: 'Dat', result: 'Advies', houseRule: 'Rust' };
const anInvitation = () => ({ name: 'Anouk', relation: 'customer', reason: 'Weet hoe het loopt.', until: later() });
const encoded = (kind: 'circle' | 'person', id: number) => app.ids.encode(kind, id);
const bodies: Record<string, (cell: Cell) => object> = {
  'POST /api/circles/{circleId}/frame/acknowledge': () => ({ version: 1 }),
  'PATCH /api/circles/{circleId}': () => ({ name: randomUUID() }),
  'PUT /api/circles/{circleId}/frame': () => ({ after: 1, ...words, endsOn: later(), afterEnd: 'gone' }),
  'PUT /api/circles/{circleId}/state': () => ({ after: 0, text: 'Zo staat het ervoor.' }),
  'POST /api/circles/{circleId}/archive': () => ({ conclusion: 'Klaar.' }),
  'POST /api/circles/{circleId}/reopen': () => ({ endsOn: later() }),
  'POST /api/circles/{circleId}/hand-over': () => ({ to: encoded('person', second.id) }),
  'PATCH /api/circles/{circleId}/members/{personId}': () => ({ muted: 'Even rust.' }),
  'POST /api/circles/{circleId}/members': () => ({ people: [encoded('person', somebody.id)] }),
  'POST /api/circles/{circleId}/invitations': () => anInvitation(),
  'POST /api/circles/{circleId}/authors': () => ({
    mention: app.ids.encode('mention', 999_999),
    person: encoded('person', somebody.id),
  }),
  'POST /api/circles/{circleId}/access': () => ({ reason: 'Er is een klacht.' }),
  'PUT /api/circles/{circleId}/threads/{threadId}': () => ({ pinned: true }),
  'PUT /api/notice-levels': ({ circleId }) => ({ circle: circleId, thread: null, level: 'all' }),
  'POST /api/threads': ({ circleId }) => ({ circle: circleId, audience: '', title: 'Nieuws', text: 'Klopt.' }),
  'POST /api/mentions/{mentionId}/invitations': ({ circleId }) => ({
    ...anInvitation(),
    into: { kind: 'circle', id: circleId },
  }),
  'PUT /api/mentions/{mentionId}/topics/{topicId}': () => ({ about: true }),
  'PUT /api/threads/{threadId}/attention': () => ({ follows: true }),
  'POST /api/threads/{threadId}/moves': ({ circleId }) => ({
    from: circleId,
    to: encoded('circle', wide),
    audience: '',
  }),
  'POST /api/threads/{threadId}/case/take': () => ({ version: 0 }),
  'POST /api/threads/{threadId}/case/release': () => ({ version: 0 }),
  'POST /api/threads/{threadId}/case/reopen': () => ({ version: 0 }),
  'POST /api/threads/{threadId}/case/answer': () => ({ version: 0, text: 'Dat klopt.' }),
  'POST /api/threads/{threadId}/case/no-answer': () => ({ version: 0, reason: 'not-about-us' }),
  'POST /api/threads/{threadId}/case/hand-over': () => ({ version: 0, to: encoded('person', second.id) }),
  'POST /api/moves/{moveId}/answers': () => ({ agrees: true, audience: 'x' }),
  'POST /api/moves/{moveId}/apply': () => ({ audience: 'x' }),
  'PATCH /api/replies/{replyId}': () => ({ text: 'Toch niet.', version: 1, audience: '' }),
  'POST /api/threads/{threadId}/replies': ({ circleId }) => ({ circle: circleId, audience: '', text: 'Klopt.' }),
  'POST /api/replies/{replyId}/hide': () => ({ reason: 'Een naam.' }),
};

async function call(route: string, who: Who, cell: Cell): Promise<Asked> {
  const [method, pattern] = route.split(' ') as [string, string];
  const values: Record<string, string> = {
    ...cell,
    personId: encoded('person', second.id),
    topicId: app.ids.encode('topic', topicId),
    standing: 'guest',
  };
  const path = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name]!);
  const ask = app.as(persons.get(who) ?? null);
  const body = bodies[route]?.(cell) as { audience?: string; to?: string } | undefined;
  if (body?.audience === '') {
    const { json } = await ask('GET', '/api/audiences');
    const shown = (json.audiences ?? []) as { circle: { id: string }; token: string }[];
    body.audience = (shown.find(({ circle: of }) => of.id === (body.to ?? cell.circleId)) ?? shown[0])?.token ?? 'none';
  }
  const headers = { 'idempotency-key': randomUUID() };
  return await ask(method, path, method === 'GET' || method === 'DELETE' ? undefined : (body ?? {}), headers);
}

const told = ({ status, json }: Asked) => `${status} ${json?.code ?? ''}`.trim();
const absences = new Map<string, Promise<Asked>>();
/** What somebody is told of what never was. */
function absence(route: string, who: Who): Promise<Asked> {
  const found = absences.get(`${route} ${who}`) ?? call(route, who, never());
  absences.set(`${route} ${who}`, found);
  return found;
}

/** How an answer differs from what is expected of it, or null. */
async function difference(
  route: string,
  who: Who,
  place: Place,
  expected: Outcome,
  isTheirs = false,
): Promise<string | null> {
  const acts = expected === 'in' && !route.startsWith('GET ');
  const cell = await (acts ? stage : standing)(who, place, isTheirs);
  const answer = await call(route, who, cell);
  const because = (what: string) =>
    `${route} as ${who}${isTheirs ? ' of their own' : ''} in ${place}: ${what}, got ${told(answer)}`;
  switch (expected) {
    case 'signed-out':
      return answer.status === 401 ? null : because('nobody asks');
    case 'refused': {
      // No audience is shown to who may not write: none that they send can be right.
      const isUnheard = answer.status === 400 && JSON.stringify(answer.json.errors).includes('"audience"');
      return answer.status === 403 || isUnheard ? null : because('seen and refused');
    }
    case 'absent': {
      const missing = await absence(route, who);
      if (answer.status < 400 || answer.status >= 500) return because('not there');
      const headersOf = ({ headers }: Asked) => JSON.stringify([...headers].filter(([name]) => name !== 'date'));
      const isSame = answer.status === missing.status && answer.text === missing.text;
      return isSame && headersOf(answer) === headersOf(missing) ? null : because(`as ${told(missing)}`);
    }
    default:
      return [401, 404, 405].includes(answer.status) || answer.json?.code === 'forbidden' || answer.status >= 500
        ? because('let in')
        : null;
  }
}

/** Each route as everybody in every place, against the model. */
async function hold(routes: readonly string[], where: readonly Place[], isTheirs = false): Promise<void> {
  const differences: string[] = [];
  for (const route of routes)
    for (const who of people)
      for (const place of where) {
        const found = await difference(route, who, place, outcome(route, who, place, isTheirs), isTheirs);
        if (found) differences.push(found);
      }
  expect(differences).toEqual([]);
}

const insides = places.filter((place) => !isStory(place));
const inCircles = insides.filter((place) => given[place] === undefined);

test('every route tells of a circle exactly what the model says', { timeout: 240_000 }, () =>
  hold(Object.keys(ofCircles), inCircles),
);

test('and of what is said in it', { timeout: 240_000 }, async () => {
  const routes = Object.keys(ofThreads);
  // Under a story itself nobody talks: that happens in a circle.
  const isTalk = (route: string) => /\{replyId\}|^POST .*(replies|moves)$/.test(route);
  await hold(routes.filter(isTalk), insides);
  await hold(
    routes.filter((route) => !isTalk(route)),
    places,
  );
});

test('and of what not everybody hears of who is there', { timeout: 240_000 }, async () => {
  const routes = Object.keys(ofKept);
  const isOfStory = (route: string) => route.includes('{mentionId}');
  await hold(routes.filter(isOfStory), places);
  const others = routes.filter((route) => !isOfStory(route));
  await hold(others, insides);
  await hold(
    others.filter((route) => route.includes('{moveId}')),
    insides,
    true,
  );
});

test('only who lets people in takes access, and only to what is closed', { timeout: 60_000 }, async () => {
  const differences: string[] = [];
  for (const who of people)
    for (const place of ['internal', 'closed'] as const) {
      const found = await difference('POST /api/circles/{circleId}/access', who, place, takesAccess(who, place));
      if (found && !(place === 'internal' && who === 'administrator')) differences.push(found);
    }
  expect(differences).toEqual([]);
});

test('no route is without a line in the model or a reason why it needs none, nor is one served that the document lacks', () => {
  const documented = Object.entries(app.document.paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item as object).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const routes = app.app.routes.filter(({ method }) => method !== 'ALL');
  const served = routes.map(({ method, path }) => `${method} ${path.replaceAll(/:([^/{]+)(\{[^}]*\})?/g, '{$1}')}`);
  const held = [ofCircles, ofThreads, ofKept, { 'POST /api/circles/{circleId}/access': takesAccess }].flatMap(
    Object.keys,
  );
  expect([...new Set(served)].sort()).toEqual(documented.sort());
  expect([...held, ...Object.values(placeless).flat()].sort()).toEqual(documented);
});
