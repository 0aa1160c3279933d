import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyoneCircle } from '#storage/schema.ts';
import { type Asked, type TestApp, testApp } from './api-app.ts';
import { aFrame } from './circles.ts';
import { type SeededPerson, seedPerson } from './people.ts';
import { seedMention } from './seed.ts';
import { seedCircle, seedInsideThread, seedReply } from './seed-inside.ts';

// Z2 and Z3 of the reliability list: what is somebody else's, or of a circle one is not in, is as if it never was.
let api: TestApp;
let writer: SeededPerson;
let others: SeededPerson[];
let gone: SeededPerson;
/** A closed circle of which the first of `others` is host. */
let hosted: string;
/** An internal circle. */
let wide: string;
/** A move that asks the first of `others`. */
let asking: string;
/** What everybody sees, what only `writer` or nobody here may see, and what never was; by kind of id. */
let open: Record<string, string>;
let hidden: Record<string, string>;
let never: Record<string, string>;
const secret = 'Zwijgakkoord';

beforeAll(async () => {
  api = await testApp();
  writer = await seedPerson(api.db, { name: 'Schrijver', role: 'administrator' });
  others = await Promise.all(
    (['administrator', 'communication', 'manager', 'employee'] as const).map((role) => seedPerson(api.db, { role })),
  );
  gone = await seedPerson(api.db, { name: 'Vertrokken', role: 'administrator' });
  await sql`update people set deactivated_at = now() where id = ${gone.id}`.execute(api.db);
  const { threadId, mentionId } = await seedMention(api.db, { authorKey: Buffer.from('author') });
  const at = '2026-11-21T09:00:00Z';
  const mine = await seedReply(api.db, { threadId, personId: others[0]!.id, at });
  const own = await seedCircle(api.db, 'Eigen kring');
  await sql`insert into memberships (circle_id, person_id, role)
    values (${own}, ${others[0]!.id}, 'host'), (${own}, ${others[1]!.id}, 'deputy')`.execute(api.db);
  hosted = api.ids.encode('circle', own);
  const search = await seedSearch(others[0]!.id, true);
  const topic = await seedTopic('Onderwerp', mentionId);
  open = ids({ thread: threadId, mention: mentionId, reply: mine, circle: 2, person: others[1]!.id, search, topic });
  never = ids({
    thread: 9e6,
    mention: 9e6,
    reply: 9e6,
    circle: 9e6,
    person: 9e6,
    tip: 9e6,
    search: 9e6,
    source: 9e6,
    topic: 9e6,
    run: 9e6,
    invitation: 9e6,
    notice: 9e6,
    move: 9e6,
  });
  const asked = await seedReply(api.db, { threadId, personId: others[0]!.id, at, circleId: own });
  asking = api.ids.encode('move', await seedMove(threadId, own, asked, others[0]!.id));
  const { rows } = await sql<{ id: number }>`
    insert into circles (kind, name) values ('internal', 'Weide') returning id`.execute(api.db);
  wide = api.ids.encode('circle', rows[0]!.id);
});
afterAll(() => api.drop());

const ids = (numbers: Record<string, number>) =>
  Object.fromEntries(Object.entries(numbers).map(([kind, id]) => [kind, api.ids.encode(kind as 'thread', id)]));

/** A move to all colleagues by `writer`, who asks somebody for a reply; answers its number. */
async function seedMove(threadId: number, from: number, replyId: number, personId: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with move as (
      insert into thread_moves (thread_id, from_circle_id, to_circle_id, made_by, wider)
      values (${threadId}, ${from}, ${everyoneCircle}, ${writer.id}, true) returning id
    ) insert into thread_move_answers (move_id, reply_id, person_id, reply_version)
      select id, ${replyId}, ${personId}, 1 from move returning move_id as id`.execute(api.db);
  return rows[0]!.id;
}

async function seedSearch(personId: number, shared: boolean): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into saved_searches (owner_id, name, query, shared) values (${personId}, ${shared ? 'Brug' : secret}, 'brug', ${shared})
    returning id`.execute(api.db);
  return rows[0]!.id;
}

/** A topic that found a mention, in whatever circle its thread stands; answers its number. */
async function seedTopic(name: string, mentionId: number, judged: boolean | null = null): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into topics (name, kind, colour, legal_basis, state, version) values (${name}, 'theme', 'teal', 'public-task', 'active', 1)
    on conflict (lower(name)) where state <> 'removed' do update set version = 1 returning id`.execute(api.db);
  const { id } = rows[0]!;
  await sql`insert into topic_versions (topic_id, version, query) values (${id}, 1, 'brug') on conflict do nothing`.execute(
    api.db,
  );
  await sql`insert into mention_topics (mention_id, topic_id, version, spans, judged, judged_at)
    values (${mentionId}, ${id}, 1, '{1,1}', ${judged}, ${judged === null ? null : new Date()})`.execute(api.db);
  await sql`insert into placement_topics (thread_id, circle_id, topic_id, sort_at)
    select p.thread_id, p.circle_id, ${id}::int, p.sort_at from placements p join mentions m on m.thread_id = p.thread_id
    where m.id = ${mentionId}`.execute(api.db);
  return id;
}

/** A conversation, a story and what was said about both in a circle that none of these people is in, and a tip of one. */
async function seedHidden(): Promise<void> {
  const circle = await seedCircle(api.db, secret);
  const at = '2026-11-22T09:00:00Z';
  const story = await seedMention(api.db, { title: secret, text: secret, language: 'en', tone: 1 });
  await sql`update placements set circle_id = ${circle} where thread_id = ${story.threadId}`.execute(api.db);
  await sql`update placement_sources set circle_id = ${circle} where thread_id = ${story.threadId}`.execute(api.db);
  await seedTopic('Onderwerp', story.mentionId, false);
  const thread = await seedInsideThread(api.db, { personId: writer.id, at, circleId: circle, title: secret });
  const reply = await seedReply(api.db, { threadId: thread, personId: writer.id, at, circleId: circle, text: secret });
  // Under what everybody sees, too.
  const under = api.ids.decode('thread', open.thread!)!;
  await seedReply(api.db, { threadId: under, personId: writer.id, at, circleId: circle, text: secret });
  const { rows } = await sql<{ id: number }>`
    insert into tips (person_id, text) values (${writer.id}, ${secret}) returning id`.execute(api.db);
  const search = await seedSearch(writer.id, false);
  const made = await sql<{ id: number }>`
    insert into invitations (token_hash, circle_id, mention_id, name, relation, reason, until, made_by, expires_at)
    values (sha256('x'), ${circle}, ${api.ids.decode('mention', open.mention!)}, ${secret}, 'expert', ${secret}, today() + 9, ${writer.id},
      now() + interval '1 day') returning id`.execute(api.db);
  const told = await sql<{ id: number }>`
    insert into notices (person_id, kind) values (${writer.id}, 'handed-over') returning id`.execute(api.db);
  hidden = ids({
    thread,
    mention: story.mentionId,
    reply,
    circle,
    tip: rows[0]!.id,
    search,
    invitation: made.rows[0]!.id,
    notice: told.rows[0]!.id,
    move: await seedMove(thread, circle, reply, writer.id),
  });
  hidden.story = api.ids.encode('thread', story.threadId);
}

type Operation = { method: string; path: string; name: string; body: unknown };
function operations(): Operation[] {
  return Object.entries(api.document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, { requestBody?: unknown }>).map(([method, { requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      name: `${method.toUpperCase()} ${path}`,
      body: requestBody,
    })),
  );
}
const kindOf = (path: string) => /\{(\w+)Id\}/.exec(path)?.[1];
const fill = (path: string, id: string) =>
  path
    .replace(/\{\w+\}/, id)
    .replace('{topicId}', open.topic!)
    .replace('{runId}', never.run!)
    .replace('{threadId}', open.thread!)
    .replace('{personId}', open.person!)
    .replace('{standing}', 'guest');

async function audience(person: SeededPerson): Promise<{ circle: string; audience: string }> {
  const { audiences } = (await api.as(person)('GET', '/api/audiences')).json;
  return { circle: audiences[0].circle.id, audience: audiences[0].token };
}

/** Where a move comes from and goes, with who was shown to read there. */
async function moved(person: SeededPerson): Promise<{ from: string; to: string; audience: string }> {
  const { audiences } = (await api.as(person)('GET', '/api/audiences')).json;
  const heard = audiences.find((one: { circle: { id: string } }) => one.circle.id === wide);
  return { from: open.circle!, to: wide, audience: heard.token };
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const anInvitation = () => ({ name: 'Fatima', relation: 'expert', reason: 'Een vraag', until: inDays(30) });

/** A body that would be taken, for each route that has an id in its path; a new route needs one here. */
const bodies: Record<string, (person: SeededPerson) => Promise<unknown>> = {
  'POST /api/threads/{threadId}/replies': async (person) => ({ ...(await audience(person)), text: 'x' }),
  'PUT /api/threads/{threadId}/attention': async () => ({ follows: true }),
  'POST /api/threads/{threadId}/moves': moved,
  'POST /api/moves/{moveId}/answers': async () => ({ agrees: true, audience: 'x' }),
  'POST /api/moves/{moveId}/apply': async () => ({ audience: 'x' }),
  'PATCH /api/replies/{replyId}': async () => ({ text: 'x', version: 1 }),
  'PATCH /api/searches/{searchId}': async () => ({ name: 'x', version: 1 }),
  ...Object.fromEntries(
    ['take', 'release', 'reopen'].map((act) => [
      `POST /api/threads/{threadId}/case/${act}`,
      async () => ({ version: 0 }),
    ]),
  ),
  'POST /api/threads/{threadId}/case/hand-over': async () => ({ version: 0, to: open.person }),
  'POST /api/threads/{threadId}/case/answer': async () => ({ version: 0, text: 'x' }),
  'POST /api/threads/{threadId}/case/no-answer': async () => ({ version: 0, reason: 'not-about-us' }),
  'PATCH /api/circles/{circleId}': async () => ({ name: 'x' }),
  'PUT /api/circles/{circleId}/frame': async () => ({ after: 0, ...aFrame }),
  'POST /api/circles/{circleId}/frame/acknowledge': async () => ({ version: 0 }),
  'PUT /api/circles/{circleId}/state': async () => ({ after: 0, text: 'x' }),
  'POST /api/circles/{circleId}/archive': async () => ({ conclusion: 'x' }),
  'POST /api/circles/{circleId}/reopen': async () => ({}),
  'POST /api/circles/{circleId}/members': async () => ({ people: [open.person] }),
  'PATCH /api/circles/{circleId}/members/{personId}': async () => ({ role: 'member' }),
  'POST /api/circles/{circleId}/hand-over': async () => ({ to: open.person }),
  'PUT /api/circles/{circleId}/threads/{threadId}': async () => ({ pinned: true }),
  'POST /api/circles/{circleId}/invitations': async () => anInvitation(),
  'POST /api/circles/{circleId}/authors': async () => ({ mention: open.mention, person: open.person }),
  'POST /api/mentions/{mentionId}/invitations': async () => ({
    ...anInvitation(),
    into: { kind: 'circle', id: hosted },
  }),
  'POST /api/replies/{replyId}/hide': async () => ({ reason: 'x' }),
  'PATCH /api/people/{personId}': async () => ({ name: 'x' }),
  'PUT /api/people/{personId}/relations': async () => ({
    relations: [{ kind: 'partner', since: '2020-01-01', until: null }],
  }),
  'POST /api/people/{personId}/off-board': async () => ({}),
  'POST /api/people/{personId}/return': async () => ({}),
  'PATCH /api/sources/{sourceId}': async () => ({ label: 'x' }),
  'PUT /api/mentions/{mentionId}/topics/{topicId}': async () => ({ about: true }),
};

async function send(person: SeededPerson | null, { method, name, body }: Operation, path: string): Promise<Asked> {
  const given = body === undefined ? undefined : await bodies[name]!(person ?? others[0]!);
  return await api.as(person)(method, path, given, { 'idempotency-key': randomUUID() });
}

/** What is openly for who lets people in: names of all circles, and taking access, of which everybody there hears (circle-access.integration.test.ts). */
const taken = ['GET /api/circles/all', 'POST /api/circles/{circleId}/access'];

/** An answer without what is sealed anew each time. */
const plain = ({ status, text }: Asked) =>
  `${status} ${text.replaceAll(/"(cursor|token|audience|earlier|undo|madeAt|countedAt)": ?"[^"]*"/g, '"$1":"…"')}`;

describe('what happens in a circle one is not in', () => {
  test('changes no answer of any route, and stands in none', async () => {
    const reads = operations().filter(
      ({ method, path, name }) =>
        method === 'GET' && !taken.includes(name) && !/live|openapi|opml|links|^\/api$|sources/.test(path),
    );
    const look = async () => {
      const seen: Record<string, string> = {};
      for (const person of others)
        for (const { name, path } of reads) {
          const id = open[kindOf(path) ?? ''];
          if (path.includes('{') && !id) continue;
          const asked = await api.as(person)('GET', id ? fill(path, id) : path);
          seen[`${name} as ${person.role}`] = plain(asked);
        }
      return seen;
    };
    const before = await look();
    await seedHidden();
    const after = await look();
    expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual([]);
    expect(Object.keys(after).length).toBeGreaterThan(50);
    expect(JSON.stringify(after)).not.toContain(secret);
  });

  test('cannot be asked for by id: hidden, another’s and never there are one answer, whoever asks', async () => {
    const differences: string[] = [];
    let cells = 0;
    for (const operation of operations()) {
      const kind = kindOf(operation.path);
      const foreign =
        kind === undefined ? [] : [hidden[kind], kind === 'thread' ? hidden.story : undefined].filter(Boolean);
      if (foreign.length === 0 || taken.includes(operation.name)) continue;
      if (operation.body !== undefined && !bodies[operation.name]) throw new Error(`Give ${operation.name} a body`);
      for (const person of [...others, null])
        for (const id of foreign) {
          const asked = await send(person, operation, fill(operation.path, id!));
          const absent = await send(person, operation, fill(operation.path, never[kind!]!));
          cells += 1;
          const expected = person === null ? [401] : [403, 404];
          if (!expected.includes(asked.status) || asked.text !== absent.text || asked.status !== absent.status)
            differences.push(`${operation.name} as ${person?.role}: ${asked.status} ${asked.text.slice(0, 100)}`);
        }
    }
    expect(differences).toEqual([]);
    expect(cells).toBeGreaterThan(80);
  });

  test('another’s reply can be read, and neither changed nor withdrawn', async () => {
    const [owner, ...rest] = others;
    for (const person of rest) {
      for (const [method, body] of [
        ['PATCH', { text: 'x', version: 1 }],
        ['DELETE', undefined],
      ] as const) {
        const asked = await api.as(person)(method, `/api/replies/${open.reply}`, body);
        expect([asked.status, asked.json.code]).toEqual([403, 'not_own']);
      }
    }
    expect((await api.as(owner!)('PATCH', `/api/replies/${open.reply}`, { text: 'y', version: 1 })).status).toBe(200);
  });
});

describe('an id in a body', () => {
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
          body: async (id: string, person: SeededPerson) => ({ ...(await audience(person)), ...words(id), ...more() }),
        },
      ]),
      [
        'circle',
        {
          kind: 'circle',
          path,
          body: async (id: string, person: SeededPerson) => ({
            ...(await audience(person)),
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
        from: { kind: 'circle', path, body: async (from, person) => ({ ...(await moved(person)), from }) },
        to: { kind: 'circle', path, body: async (to, person) => ({ ...(await moved(person)), to }) },
      };
    },
    'POST /api/moves/{moveId}/answers': () => ({
      replies: {
        kind: 'reply',
        path: `/api/moves/${asking}/answers`,
        body: async (id, person) => {
          const { json } = await api.as(person)('GET', `/api/moves/${asking}`);
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
      people: { kind: 'person', path: `/api/circles/${hosted}/members`, body: async (id) => ({ people: [id] }) },
    }),
    'POST /api/circles/{circleId}/hand-over': () => ({
      to: { kind: 'person', path: `/api/circles/${hosted}/hand-over`, body: async (to) => ({ to }) },
    }),
    'POST /api/circles/{circleId}/authors': () => {
      const path = `/api/circles/${hosted}/authors`;
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

  test('is known here for every route that takes one', () => {
    const schemas = (api.document.components?.schemas ?? {}) as Record<string, unknown>;
    const resolved = (schema: unknown, depth = 0): unknown =>
      JSON.parse(JSON.stringify(schema ?? null), (_key, value) => {
        const name = typeof value?.$ref === 'string' ? value.$ref.split('/').at(-1) : null;
        return name && depth < 5 ? resolved(schemas[name], depth + 1) : value;
      });
    const holds = (schema: unknown) => /"pattern":"\^[a-z]_/.test(JSON.stringify(resolved(schema)));
    const found = operations().filter(({ body }) => holds(body));
    expect(found.map(({ name }) => name).sort()).toEqual(Object.keys(slots).sort());
  });

  test('that is hidden, of somebody who left, of another kind or never was is refused the same, and nothing is written', async () => {
    const [person] = others as [SeededPerson];
    const rows = async () =>
      (
        await sql<{
          count: string;
        }>`select (select count(*) from replies) || ' ' || (select count(*) from threads) || ' ' ||
          (select count(*) from cases) || ' ' || (select count(*) from circles) || ' ' || (select count(*) from memberships) || ' ' || (select count(*) from attention) || ' ' ||
          (select count(*) from invitations) || ' ' || (select count(*) from mention_authors) || ' ' || (select count(*) from thread_moves) || ' ' || (select count(*) from thread_move_answers where agrees) || ' ' || (select count(*) from notice_levels) || ' ' ||
          (select count(*) from topics) || ' ' || (select count(*) from topic_versions) || ' ' || (select string_agg(text, '|' order by id) from replies) as count`.execute(
          api.db,
        )
      ).rows[0]!.count;
    const before = await rows();
    const differences: string[] = [];
    for (const [name, of] of Object.entries(slots))
      for (const [slot, { kind, path, body }] of Object.entries(of())) {
        const method = name.split(' ')[0]!;
        const answers = new Set<string>();
        const wrongKind = open[kind === 'person' ? 'thread' : 'person']!;
        for (const id of [hidden[kind], never[kind], kind === 'person' ? api.ids.encode('person', gone.id) : undefined])
          if (id) {
            const asked = await api.as(person)(method, path, await body(id, person), {
              'idempotency-key': randomUUID(),
            });
            answers.add(`${asked.status} ${asked.text}`);
            if (asked.status < 400 || asked.status >= 500) differences.push(`${name} ${slot}: ${asked.status}`);
          }
        if (answers.size !== 1) differences.push(`${name} ${slot}: ${[...answers].join(' / ')}`);
        for (const id of [wrongKind, null, 1, '']) {
          const asked = await api.as(person)(method, path, await body(id as string, person), {
            'idempotency-key': randomUUID(),
          });
          if (asked.status !== 400) differences.push(`${name} ${slot} ${id}: ${asked.status}`);
        }
      }
    expect(differences).toEqual([]);
    expect(await rows()).toBe(before);
  });
});

describe('what a client keeps for us', () => {
  test('counts for nobody else: cursors, undo, audiences', async () => {
    const [mine, other] = [api.as(writer), api.as(others[0]!)];
    for (let i = 0; i < 3; i += 1) await seedMention(api.db);
    const { cursor } = (await mine('GET', '/api/stream?limit=1')).json;
    expect((await mine('GET', `/api/stream?limit=1&cursor=${cursor}`)).status).toBe(200);
    const { undo } = (await mine('POST', '/api/stream/read')).json;
    const heard = { ...(await audience(writer)), text: 'x' };
    const key = { 'idempotency-key': randomUUID() };
    for (const asked of [
      await other('GET', `/api/stream?limit=1&cursor=${cursor}`),
      await mine('GET', `/api/desk?cursor=${cursor}`),
      await other('POST', '/api/stream/unread', { undo }),
      await other('POST', `/api/threads/${open.thread}/replies`, heard, key),
    ])
      expect([asked.status, asked.json.code]).toEqual([400, 'invalid_request']);
    expect((await mine('POST', '/api/stream/unread', { undo })).status).toBe(204);
  });

  test('the key of another’s request makes an own one', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const path = `/api/threads/${open.thread}/replies`;
    const first = await api.as(writer)('POST', path, { ...(await audience(writer)), text: 'x' }, key);
    const second = await api.as(others[0]!)('POST', path, { ...(await audience(others[0]!)), text: 'x' }, key);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.json.id).not.toBe(first.json.id);
    expect(second.json.person.name).toBe(others[0]!.name);
  });
});
