import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Asked } from './api-app.ts';
import { aFrame } from './circles.ts';
import {
  anInvitation,
  answered,
  audience,
  elsewhere,
  type ForeignWorld,
  foreignWorld,
  type IdsByKind,
  moved,
  type Operation,
  operations,
  otherKind,
  type Slot,
  secret,
} from './foreign-world.ts';
import type { SeededPerson } from './people.ts';

// Z2 of the reliability list: what is somebody else's, or of a circle one is not in, is as if it never was, wherever its id is asked for.
let world: ForeignWorld;
let hidden: IdsByKind;

beforeAll(async () => {
  world = await foreignWorld();
});
afterAll(() => world.api.drop());

/** A body that would be taken, for each route that has an id in its path; a new route needs one here. */
const bodies: Record<string, (person: SeededPerson) => Promise<unknown>> = {
  'POST /api/threads/{threadId}/replies': async (person) => ({ ...(await audience(world, person)), text: 'x' }),
  'PUT /api/threads/{threadId}/attention': async () => ({ follows: true }),
  'POST /api/threads/{threadId}/moves': (person) => moved(world, person),
  'POST /api/moves/{moveId}/answers': async () => ({ agrees: true, audience: 'x' }),
  'POST /api/moves/{moveId}/apply': async () => ({ audience: 'x' }),
  'PATCH /api/replies/{replyId}': async () => ({ text: 'x', version: 1, audience: 'x' }),
  'PATCH /api/searches/{searchId}': async () => ({ name: 'x', version: 1 }),
  ...Object.fromEntries(
    ['take', 'release', 'reopen'].map((act) => [
      `POST /api/threads/{threadId}/case/${act}`,
      async () => ({ version: 0 }),
    ]),
  ),
  'POST /api/threads/{threadId}/case/hand-over': async () => ({ version: 0, to: world.open.person }),
  'POST /api/threads/{threadId}/case/answer': async () => ({ version: 0, text: 'x' }),
  'POST /api/threads/{threadId}/case/no-answer': async () => ({ version: 0, reason: 'not-about-us' }),
  'PATCH /api/circles/{circleId}': async () => ({ name: 'x' }),
  'PUT /api/circles/{circleId}/frame': async () => ({ after: 0, ...aFrame }),
  'POST /api/circles/{circleId}/frame/acknowledge': async () => ({ version: 0 }),
  'PUT /api/circles/{circleId}/state': async () => ({ after: 0, text: 'x' }),
  'POST /api/circles/{circleId}/archive': async () => ({ conclusion: 'x' }),
  'POST /api/circles/{circleId}/reopen': async () => ({}),
  'POST /api/circles/{circleId}/members': async () => ({ people: [world.open.person] }),
  'PATCH /api/circles/{circleId}/members/{personId}': async () => ({ role: 'member' }),
  'POST /api/circles/{circleId}/hand-over': async () => ({ to: world.open.person }),
  'PUT /api/circles/{circleId}/threads/{threadId}': async () => ({ pinned: true }),
  'POST /api/circles/{circleId}/invitations': async () => anInvitation(),
  'POST /api/circles/{circleId}/authors': async () => ({ mention: world.open.mention, person: world.open.person }),
  'POST /api/mentions/{mentionId}/invitations': async () => ({
    ...anInvitation(),
    into: { kind: 'circle', id: world.hosted },
  }),
  'POST /api/replies/{replyId}/hide': async () => ({ reason: 'x' }),
  'PATCH /api/people/{personId}': async () => ({ name: 'x' }),
  'PUT /api/people/{personId}/relations': async () => ({
    relations: [{ kind: 'partner', since: '2020-01-01', until: null }],
  }),
  'POST /api/people/{personId}/off-board': async () => ({}),
  'POST /api/people/{personId}/return': async () => ({}),
  'PATCH /api/topics/{topicId}': async () => ({ purpose: 'x' }),
  'POST /api/topics/{topicId}/start': async () => ({}),
  'POST /api/topics/{topicId}/versions': async () => ({ after: 1, query: 'brug' }),
  'POST /api/topics/{topicId}/go-back': async () => ({ after: 1, version: 1 }),
  'PATCH /api/sources/{sourceId}': async () => ({ label: 'x' }),
  'PUT /api/mentions/{mentionId}/topics/{topicId}': async () => ({ about: true }),
};

/** What a route is sent with the id given in one place; in others stands what is there. */
async function send(
  person: SeededPerson | null,
  { method, name, path, body }: Operation,
  slot: Slot | null = null,
  id = '',
): Promise<Asked> {
  const { open, never, hosted, api } = world;
  const standing: IdsByKind = { ...never, ...open, circle: hosted };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, part: string) => {
    if (slot?.in === 'path' && slot.name === part) return id;
    return part === 'standing' ? 'guest' : (standing[part.replace(/Id$/, '')] ?? 'none');
  });
  const query = slot?.in === 'query' ? `?${slot.name}=${id}` : '';
  if (body !== undefined && !bodies[name]) throw new Error(`Give ${name} a body`);
  const given = body === undefined ? undefined : await bodies[name]!(person ?? world.others[0]!);
  return await api.as(person)(method, `${filled}${query}`, given, { 'idempotency-key': randomUUID() });
}

/** What is openly for who lets people in: names of all circles, and taking access, of which everybody there hears (circle-access.integration.test.ts). */
const taken = ['GET /api/circles/all', 'POST /api/circles/{circleId}/access'];

/** Ids of what somebody may not know of. Not everybody may know all topics and sources, nor change who is here; the log is for who lets people in. */
function hiddenFrom({ role, viewer }: SeededPerson, { name }: Operation, { kind, in: place }: Slot): string[] {
  if (name === 'GET /api/audit' && role === 'administrator') return [];
  if (kind === 'source' && viewer.colleague) return [];
  if (kind === 'person' && name.includes('/api/people/') && role === 'administrator') return [];
  const isOfDesk = role === 'administrator' || role === 'communication';
  // The run of one topic is none of another's, whoever asks.
  if (kind === 'topic' && isOfDesk) return [];
  const story = kind === 'thread' && place === 'path' ? [hidden.story!] : [];
  return [hidden[kind]!, ...story];
}

describe('what happens in a circle one is not in', () => {
  test('changes no answer of any route, and stands in none', async () => {
    const { api, others, guest } = world;
    const reads = operations(world).filter(
      ({ method, path, name, slots }) =>
        method === 'GET' &&
        !taken.includes(name) &&
        !/live|openapi|opml|links|token|feeds|^\/api$|sources/.test(path) &&
        slots.every(({ in: place, kind }) => place === 'query' || world.open[kind]),
    );
    const look = async () => {
      const seen: Record<string, string> = {};
      for (const person of [...others, guest])
        for (const operation of reads)
          seen[`${operation.name} as ${person.name}`] = answered(await send(person, operation));
      return seen;
    };
    const before = await look();
    hidden = await world.hide();
    const after = await look();
    expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual([]);
    expect(Object.keys(after).length).toBeGreaterThan(150);
    expect(JSON.stringify(after)).not.toContain(secret);
    expect(api.ids.decode('circle', hidden.circle!)).not.toBeNull();
  });
});

describe('an id in an address', () => {
  const cells = () =>
    operations(world).flatMap((operation) =>
      taken.includes(operation.name) ? [] : operation.slots.map((slot) => ({ operation, slot })),
    );
  const titleOf = ({ name }: Operation, slot: Slot) => `${name} ${slot.in} ${slot.name}`;

  test('of what is hidden, another’s or never there has one answer, whoever asks', async () => {
    const { others, guest, never } = world;
    const differences: string[] = [];
    let asked = 0;
    for (const { operation, slot } of cells())
      for (const person of [...others, guest, null]) {
        const told = answered(await send(person, operation, slot, never[slot.kind]!));
        const status = Number(told.slice(1, 4));
        const isRefused = person === null ? status === 401 : [403, 404].includes(status);
        if (slot.in === 'path' && !isRefused)
          differences.push(`${titleOf(operation, slot)} as ${person?.name}: ${status}`);
        for (const id of hiddenFrom(person ?? guest, operation, slot)) {
          asked += 1;
          const found = answered(await send(person, operation, slot, id));
          if (found !== told)
            differences.push(
              `${titleOf(operation, slot)} as ${person?.name}: ${found.slice(0, 300)} / ${told.slice(0, 300)}`,
            );
        }
      }
    expect(differences).toEqual([]);
    expect(asked).toBeGreaterThan(300);
  });

  test('of another installation, of another kind or of another kind in disguise tells nothing either', async () => {
    const { others, open, never } = world;
    const [most] = others as [SeededPerson];
    const differences: string[] = [];
    for (const { operation, slot } of cells()) {
      const tell = async (id: string) => answered(await send(most, operation, slot, id));
      const told = await tell(never[slot.kind]!);
      const other = otherKind(slot.kind);
      const pairs: [string, string][] = elsewhere(world, slot.kind).map((id) => [id, told]);
      pairs.push([open[other]!, await tell(never[other]!)]);
      for (const [id, expected] of pairs) {
        const found = await tell(id);
        if (found !== expected)
          differences.push(`${titleOf(operation, slot)} ${id}: ${found.slice(0, 300)} / ${expected.slice(0, 300)}`);
      }
    }
    expect(differences).toEqual([]);
  });

  test('of what is there says more than of what never was, in each query that takes one', async () => {
    const { others, open, hosted, never } = world;
    const mute: string[] = [];
    const queries = cells().filter(({ slot }) => slot.in === 'query');
    for (const { operation, slot } of queries) {
      const [most] = others as [SeededPerson];
      const absent = answered(await send(most, operation, slot, never[slot.kind]!));
      const known = answered(await send(most, operation, slot, slot.kind === 'circle' ? hosted : open[slot.kind]!));
      if (known === absent) mute.push(titleOf(operation, slot));
    }
    expect(mute).toEqual([]);
    expect(queries.map(({ operation, slot }) => titleOf(operation, slot))).toContain(
      'GET /api/people/names query circle',
    );
  });
});

test('another’s reply can be read, and neither changed nor withdrawn', async () => {
  const { api, others, open } = world;
  const [owner, ...rest] = others as [SeededPerson];
  const path = `/api/replies/${open.reply}`;
  const change = async (person: SeededPerson) => ({ ...(await audience(world, person)), text: 'y', version: 1 });
  for (const person of rest)
    for (const [method, body] of [['PATCH', await change(person)] as const, ['DELETE', undefined] as const]) {
      const asked = await api.as(person)(method, path, body);
      expect([asked.status, asked.json.code]).toEqual([403, 'not_own']);
    }
  expect((await api.as(owner)('PATCH', path, await change(owner))).status).toBe(200);
});
