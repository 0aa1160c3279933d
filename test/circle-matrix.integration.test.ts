import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deskCircle, everyoneCircle, outsideCircle } from '#storage/schema.ts';
import { type Asked, type TestApp, testApp } from './api-app.ts';
import { ofCircles, ofThreads, outcome, type Place, people, places, takesAccess, type Who } from './circle-model.ts';
import { type SeededPerson, seedPerson } from './people.ts';
import { seedMention, seedSource } from './seed.ts';
import { seedInsideThread, seedReply } from './seed-inside.ts';

/**
 * Z1: every route that names a circle or something in one, as everybody, in every kind of place, against the model. What is asked for
 * stands in a circle of its own for each cell, so that no act of one changes what another finds.
 */

let app: TestApp;
let keeper: SeededPerson;
let second: SeededPerson;
let somebody: SeededPerson;
const persons = new Map<Who, SeededPerson | null>();
let sourceId: number;

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

type Cell = { circleId: string; threadId: string; replyId: string };

/** A conversation with a reply of somebody else's, where the model says. */
async function stage(who: Who, place: Place): Promise<Cell> {
  const at = new Date().toISOString();
  let circleId = { outside: outsideCircle, 'desk-outside': deskCircle, everyone: everyoneCircle, desk: deskCircle }[
    place as string
  ];
  if (circleId === undefined) {
    const kind = place === 'internal' || place === 'public' ? place : 'closed';
    circleId = await circle(kind, who === 'guest-reading' ? 'read' : 'gone');
    await stand(who, circleId);
  }
  let threadId: number;
  if (place === 'outside' || place === 'desk-outside') {
    ({ threadId } = await seedMention(app.db, { sourceId }));
    if (place === 'desk-outside')
      await sql`update placements set circle_id = ${deskCircle} where thread_id = ${threadId}`.execute(app.db);
  } else threadId = await seedInsideThread(app.db, { personId: keeper.id, at, circleId });
  const replyId =
    place === 'outside' || place === 'desk-outside'
      ? 0
      : await seedReply(app.db, { threadId, personId: second.id, at, circleId, text: 'Dat wist ik.' });
  if (place === 'one-thread')
    await sql`update circles set only_thread_id = ${threadId} where id = ${circleId}`.execute(app.db);
  if (place === 'archived')
    await sql`update circles set archived_at = now(), archived_by = ${keeper.id}, conclusion = 'Klaar.'
      where id = ${circleId}`.execute(app.db);
  return {
    circleId: app.ids.encode('circle', circleId),
    threadId: app.ids.encode('thread', threadId),
    replyId: app.ids.encode('reply', replyId),
  };
}

const never = (): Cell => ({
  circleId: app.ids.encode('circle', 999_999),
  threadId: app.ids.encode('thread', 999_999),
  replyId: app.ids.encode('reply', 999_999),
});

const later = () => new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
const words = { question: 'Hoe?', inScope: 'Dit', outOfScope: 'Dat', result: 'Advies', houseRule: 'Rust' };
const bodies: Record<string, (cell: Cell) => object> = {
  'POST /api/circles/{circleId}/frame/acknowledge': () => ({ version: 1 }),
  'PATCH /api/circles/{circleId}': () => ({ name: randomUUID() }),
  'PUT /api/circles/{circleId}/frame': () => ({ after: 1, ...words, endsOn: later(), afterEnd: 'gone' }),
  'PUT /api/circles/{circleId}/state': () => ({ after: 0, text: 'Zo staat het ervoor.' }),
  'POST /api/circles/{circleId}/archive': () => ({ conclusion: 'Klaar.' }),
  'POST /api/circles/{circleId}/reopen': () => ({ endsOn: later() }),
  'POST /api/circles/{circleId}/hand-over': () => ({ to: app.ids.encode('person', second.id) }),
  'PATCH /api/circles/{circleId}/members/{personId}': () => ({ muted: 'Even rust.' }),
  'POST /api/circles/{circleId}/members': () => ({ people: [app.ids.encode('person', somebody.id)] }),
  'POST /api/circles/{circleId}/invitations': () => ({
    name: 'Anouk',
    relation: 'customer',
    reason: 'Weet hoe het loopt.',
    until: later(),
  }),
  'POST /api/circles/{circleId}/authors': () => ({
    mention: app.ids.encode('mention', 999_999),
    person: app.ids.encode('person', somebody.id),
  }),
  'POST /api/circles/{circleId}/access': () => ({ reason: 'Er is een klacht.' }),
  'PUT /api/threads/{threadId}/attention': () => ({ follows: true }),
  'POST /api/threads/{threadId}/replies': ({ circleId }) => ({ circle: circleId, audience: '', text: 'Klopt.' }),
  'POST /api/replies/{replyId}/hide': () => ({ reason: 'Een naam.' }),
};

async function call(route: string, who: Who, cell: Cell): Promise<Asked> {
  const [method, pattern] = route.split(' ') as [string, string];
  const values = { ...cell, personId: app.ids.encode('person', second.id), standing: 'guest' };
  const path = pattern.replaceAll(/\{(\w+)\}/g, (_, name: keyof typeof values) => values[name]);
  const ask = app.as(persons.get(who) ?? null);
  const body = bodies[route]?.(cell) as { audience?: string } | undefined;
  if (body?.audience === '') {
    const { json } = await ask('GET', '/api/audiences');
    const shown = (json.audiences ?? []) as { circle: { id: string }; token: string }[];
    body.audience = (shown.find(({ circle: of }) => of.id === cell.circleId) ?? shown[0])?.token ?? 'none';
  }
  const headers = { 'idempotency-key': randomUUID() };
  return await ask(method, path, method === 'GET' || method === 'DELETE' ? undefined : (body ?? {}), headers);
}

const told = ({ status, json }: Asked) => `${status} ${json?.code ?? ''}`.trim();

/** How an answer differs from what is expected of it, or null. */
async function difference(route: string, who: Who, place: Place, expected: string): Promise<string | null> {
  const answer = await call(route, who, await stage(who, place));
  const because = (what: string) => `${route} as ${who} in ${place}: ${what}, got ${told(answer)}`;
  switch (expected) {
    case 'signed-out':
      return answer.status === 401 ? null : because('nobody asks');
    case 'refused': {
      // No audience is shown to who may not write: none that they send can be right.
      const isUnheard = answer.status === 400 && JSON.stringify(answer.json.errors).includes('"audience"');
      return answer.status === 403 || isUnheard ? null : because('seen and refused');
    }
    case 'absent': {
      const missing = await call(route, who, never());
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

const inCircles: Place[] = ['internal', 'closed', 'archived', 'one-thread', 'public'];
const isStory = (place: Place) => place === 'outside' || place === 'desk-outside';

test('every route tells of a circle exactly what the model says', { timeout: 240_000 }, async () => {
  const differences: string[] = [];
  let cells = 0;
  for (const route of Object.keys(ofCircles))
    for (const who of people)
      for (const place of inCircles) {
        cells += 1;
        const found = await difference(route, who, place, outcome(route, who, place));
        if (found) differences.push(found);
      }
  expect(differences).toEqual([]);
  expect(cells).toBe(Object.keys(ofCircles).length * people.length * inCircles.length);
});

test('and of what is said in it', { timeout: 240_000 }, async () => {
  const differences: string[] = [];
  for (const route of Object.keys(ofThreads))
    for (const who of people)
      for (const place of places) {
        // Under a story itself nobody talks: that happens in a circle.
        if (isStory(place) && (route.includes('{replyId}') || route.startsWith('POST'))) continue;
        const found = await difference(route, who, place, outcome(route, who, place));
        if (found) differences.push(found);
      }
  expect(differences).toEqual([]);
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

test('no route that names a circle or what stands in it is left out', () => {
  const documented = Object.entries(app.document.paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item as object).map((method) => `${method.toUpperCase()} ${path}`),
  );
  // Each held by a test of its own: what anybody who sees may do once and is told, or what begins elsewhere.
  const elsewhere = [
    'POST /api/circles/{circleId}/access',
    'POST /api/circles/{circleId}/join',
    'POST /api/circles/{circleId}/leave',
    'PUT /api/circles/{circleId}/threads/{threadId}',
  ];
  const held = new Set([...Object.keys(ofCircles), ...Object.keys(ofThreads), ...elsewhere]);
  const left = documented.filter(
    (route) => /\{circleId\}|\/api\/replies\/\{replyId\}\//.test(route) && !held.has(route),
  );
  expect(left).toEqual([]);
});
