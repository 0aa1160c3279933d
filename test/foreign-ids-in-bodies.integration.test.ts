import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aFrame } from './circles.ts';
import { inDays } from './days.ts';
import {
  anInvitation,
  answered,
  audience,
  elsewhere,
  type ForeignWorld,
  foreignWorld,
  type IdsByKind,
  moved,
  operations,
  otherKind,
} from './foreign-world.ts';
import type { SeededPerson } from './people.ts';

// Z3 of the reliability list: an id in a body of what is not one's to see is as if it never was, and nothing is written.
let world: ForeignWorld;
let api: ForeignWorld['api'];
let others: SeededPerson[];
let open: IdsByKind;
let hidden: IdsByKind;
let never: IdsByKind;

beforeAll(async () => {
  world = await foreignWorld();
  ({ api, others, open, never } = world);
  hidden = await world.hide();
});
afterAll(() => api.drop());

const reference =
  (kind: string, more = {}) =>
  (id: string) => ({ text: '\uFFFC', references: [{ kind, id, ...more }] });
const written = {
  person: reference('person'),
  thread: reference('thread'),
  mention: reference('mention'),
  quote: reference('quote', { from: 0, to: 4 }),
};
type Slots = Record<
  string,
  { kind: string; path: string; body: (id: string, person: SeededPerson) => Promise<unknown> }
>;
const talk = (path: string, more: () => object): Slots =>
  Object.fromEntries([
    ...Object.entries(written).map(([name, words]) => [
      name,
      {
        kind: name === 'quote' ? 'mention' : name,
        path,
        body: async (id: string, person: SeededPerson) => ({
          ...(await audience(world, person)),
          ...words(id),
          ...more(),
        }),
      },
    ]),
    [
      'circle',
      {
        kind: 'circle',
        path,
        body: async (id: string, person: SeededPerson) => ({
          ...(await audience(world, person)),
          text: 'x',
          circle: id,
          ...more(),
        }),
      },
    ],
  ]);
const newTopic = { name: 'Nieuw', kind: 'theme', query: 'brug' };
const sources = (path: string, more: object): Slots => ({
  source: { kind: 'source', path, body: async (id) => ({ ...more, sources: [id] }) },
});
// Nobody may own one: what is no id at all is something else.
const owner = (path: string, more: object) => ({
  kind: 'person',
  path,
  body: async (id: string) => ({ ...more, owner: id ?? 0 }),
});
const aCircle = () => ({
  kind: 'closed',
  name: randomUUID(),
  frame: aFrame,
  hosts: [open.person],
  deputies: [api.ids.encode('person', others[0]!.id)],
});
const inCircle = (part: 'hosts' | 'deputies' | 'members') => ({
  kind: 'person',
  path: '/api/circles',
  body: async (id: string) => ({ ...aCircle(), [part]: [id] }),
});
/** Every id in every body; a new one needs a line here. */
const slots: Record<string, () => Slots> = {
  'POST /api/threads': () => talk('/api/threads', () => ({ title: 'Titel' })),
  'POST /api/threads/{threadId}/replies': () => talk(`/api/threads/${open.thread}/replies`, () => ({})),
  'PATCH /api/replies/{replyId}': () => {
    const { circle: _circle, ...rest } = talk(`/api/replies/${open.reply}`, () => ({ version: 2 }));
    return rest;
  },
  'POST /api/threads/{threadId}/moves': () => {
    const path = `/api/threads/${open.thread}/moves`;
    return {
      from: { kind: 'circle', path, body: async (from, person) => ({ ...(await moved(world, person)), from }) },
      to: { kind: 'circle', path, body: async (to, person) => ({ ...(await moved(world, person)), to }) },
    };
  },
  'POST /api/moves/{moveId}/answers': () => ({
    replies: {
      kind: 'reply',
      path: `/api/moves/${world.asking}/answers`,
      body: async (id, person) => {
        const { json } = await api.as(person)('GET', `/api/moves/${world.asking}`);
        return { agrees: true, replies: [id], audience: json.to.audience };
      },
    },
  }),
  'POST /api/threads/{threadId}/case/hand-over': () => ({
    to: {
      kind: 'person',
      path: `/api/threads/${open.thread}/case/hand-over`,
      body: async (to) => ({ version: 0, to }),
    },
  }),
  'POST /api/circles': () => ({
    hosts: inCircle('hosts'),
    deputies: inCircle('deputies'),
    members: inCircle('members'),
  }),
  'POST /api/circles/{circleId}/members': () => ({
    people: { kind: 'person', path: `/api/circles/${world.hosted}/members`, body: async (id) => ({ people: [id] }) },
  }),
  'POST /api/circles/{circleId}/hand-over': () => ({
    to: { kind: 'person', path: `/api/circles/${world.hosted}/hand-over`, body: async (to) => ({ to }) },
  }),
  'POST /api/circles/{circleId}/authors': () => {
    const path = `/api/circles/${world.hosted}/authors`;
    return {
      mention: { kind: 'mention', path, body: async (mention) => ({ mention, person: open.person }) },
      person: { kind: 'person', path, body: async (person) => ({ mention: open.mention, person }) },
    };
  },
  'POST /api/mentions/{mentionId}/invitations': () => {
    const path = `/api/mentions/${open.mention}/invitations`;
    const frame = { inScope: 'x', outOfScope: 'x', result: 'x', houseRule: 'x' };
    const into = (given: object) => ({ ...anInvitation(), into: given });
    return {
      circle: { kind: 'circle', path, body: async (id) => into({ kind: 'circle', id }) },
      deputy: { kind: 'person', path, body: async (deputy) => into({ kind: 'thread', deputy, ...frame }) },
    };
  },
  'POST /api/inbox/read': () => ({
    thread: { kind: 'thread', path: '/api/inbox/read', body: async (id) => ({ items: [id] }) },
    notice: { kind: 'notice', path: '/api/inbox/read', body: async (id) => ({ items: [id] }) },
  }),
  'PUT /api/notice-levels': () => {
    const path = '/api/notice-levels';
    return {
      circle: { kind: 'circle', path, body: async (circle) => ({ circle, thread: null, level: 'all' }) },
      // null is the circle as a whole: what is no id at all is something else.
      thread: { kind: 'thread', path, body: async (id) => ({ circle: open.circle, thread: id ?? 0, level: 'all' }) },
    };
  },
  'POST /api/people/{personId}/off-board': () => ({
    agreed: {
      kind: 'circle',
      path: `/api/people/${api.ids.encode('person', others[3]!.id)}/off-board?dry=true`,
      body: async (circle) => ({ agreed: [{ circle, until: inDays(30) }] }),
    },
  }),
  'POST /api/topics': () => ({ ...sources('/api/topics', newTopic), owner: owner('/api/topics', newTopic) }),
  'PATCH /api/topics/{topicId}': () => ({ owner: owner(`/api/topics/${open.topic}`, {}) }),
  'POST /api/topics/preview': () => ({
    ...sources('/api/topics/preview', { query: 'brug' }),
    topic: { kind: 'topic', path: '/api/topics/preview', body: async (topic) => ({ query: 'brug', topic }) },
  }),
  'POST /api/topics/preview/fresh': () => sources('/api/topics/preview/fresh', { query: 'brug' }),
  'POST /api/topics/{topicId}/versions': () =>
    sources(`/api/topics/${open.topic}/versions`, { after: 1, query: 'brug' }),
};

test('every route that takes an id in its body is known here', () => {
  const schemas = (api.document.components?.schemas ?? {}) as Record<string, unknown>;
  const resolved = (schema: unknown, depth = 0): unknown =>
    JSON.parse(JSON.stringify(schema ?? null), (_key, value) => {
      const name = typeof value?.$ref === 'string' ? value.$ref.split('/').at(-1) : null;
      return name && depth < 5 ? resolved(schemas[name], depth + 1) : value;
    });
  const holds = (schema: unknown) => /"pattern":"\^[a-z]_/.test(JSON.stringify(resolved(schema)));
  const found = operations(world).filter(({ body }) => holds(body));
  expect(found.map(({ name }) => name).sort()).toEqual(Object.keys(slots).sort());
});

test('an id of what is hidden, left, elsewhere or never was is refused the same, and nothing is written', async () => {
  const [person] = others as [SeededPerson];
  const before = await whatIsWritten();
  const differences: string[] = [];
  for (const [name, of] of Object.entries(slots))
    for (const [slot, { kind, path, body }] of Object.entries(of())) {
      const send = async (id: string) =>
        await api.as(person)(name.split(' ')[0]!, path, await body(id, person), { 'idempotency-key': randomUUID() });
      const told = answered(await send(never[kind]!));
      if (!/^\[4\d\d,/.test(told)) differences.push(`${name} ${slot}: ${told}`);
      // Sources and topics are known to who asks here; nobody knows those of elsewhere.
      const isKnown = kind === 'source' || kind === 'topic';
      for (const id of [...(isKnown ? [] : [hidden[kind]!]), ...elsewhere(world, kind)]) {
        const found = answered(await send(id));
        if (found !== told) differences.push(`${name} ${slot} ${id}: ${found} / ${told}`);
      }
      for (const id of [open[otherKind(kind)]!, null, 1, '']) {
        const { status } = await send(id as string);
        if (status !== 400) differences.push(`${name} ${slot} ${id}: ${status}`);
      }
    }
  expect(differences).toEqual([]);
  expect(await whatIsWritten()).toEqual(before);
});

/** How much there is of everything that these routes write, and what was said. */
async function whatIsWritten(): Promise<unknown> {
  const tables =
    'replies threads cases circles memberships attention invitations mention_authors thread_moves notice_levels topics topic_versions';
  const counts = tables.split(' ').map((table) => sql`(select count(*) from ${sql.table(table)}) as ${sql.ref(table)}`);
  const { rows } =
    await sql`select ${sql.join(counts)}, (select count(*) from thread_move_answers where agrees) as agreed,
    (select string_agg(text, '|' order by id) from replies) as said`.execute(api.db);
  return rows;
}
