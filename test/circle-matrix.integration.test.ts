import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Asked, TestApp } from './api-app.ts';
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
import { type Cell, type CircleWorld, circleWorld, given, isStory } from './circle-world.ts';
import { inDays } from './days.ts';

/**
 * Z1: every route that names a circle or something in one, as everybody, in every kind of place, against the model. What somebody may act
 * upon stands in a circle of its own for each cell, so that no act of one changes what another finds.
 */

let world: CircleWorld;
let app: TestApp;
beforeAll(async () => {
  world = await circleWorld();
  app = world.app;
});
afterAll(() => app.drop());

const staged = new Map<string, Promise<Cell>>();
/** What nobody acts upon, or only looks at, is put up once. */
function standing(who: Who, place: Place, isTheirs: boolean): Promise<Cell> {
  const key = `${who} ${place} ${isTheirs}`;
  const found = staged.get(key) ?? world.stage(who, place, isTheirs);
  staged.set(key, found);
  return found;
}

const later = () => inDays(20);
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
  'POST /api/circles/{circleId}/hand-over': () => ({ to: encoded('person', world.second.id) }),
  'PATCH /api/circles/{circleId}/members/{personId}': () => ({ muted: 'Even rust.' }),
  'POST /api/circles/{circleId}/members': () => ({ people: [encoded('person', world.somebody.id)] }),
  'POST /api/circles/{circleId}/invitations': () => anInvitation(),
  'POST /api/circles/{circleId}/authors': () => ({
    mention: app.ids.encode('mention', 999_999),
    person: encoded('person', world.somebody.id),
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
    to: encoded('circle', world.wide),
    audience: '',
  }),
  'POST /api/threads/{threadId}/case/take': () => ({ version: 0 }),
  'POST /api/threads/{threadId}/case/release': () => ({ version: 0 }),
  'POST /api/threads/{threadId}/case/reopen': () => ({ version: 0 }),
  'POST /api/threads/{threadId}/case/answer': () => ({ version: 0, text: 'Dat klopt.' }),
  'POST /api/threads/{threadId}/case/no-answer': () => ({ version: 0, reason: 'not-about-us' }),
  'POST /api/threads/{threadId}/case/hand-over': () => ({ version: 0, to: encoded('person', world.second.id) }),
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
    personId: encoded('person', world.second.id),
    topicId: app.ids.encode('topic', world.topicId),
    standing: 'guest',
  };
  const path = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name]!);
  const ask = app.as(world.persons.get(who) ?? null);
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
  const found = absences.get(`${route} ${who}`) ?? call(route, who, world.never);
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
  const cell = await (acts ? world.stage : standing)(who, place, isTheirs);
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
