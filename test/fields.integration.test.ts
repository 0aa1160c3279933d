import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everyoneCircle, outsideCircle } from '#storage/schema.ts';
import type { Asked } from './api-app.ts';
import { aFrame } from './circles.ts';
import { mistakesIn } from './conforms.ts';
import { inDays } from './days.ts';
import { isKept, isNamed, type Kind, kinds, mayHold } from './fields.ts';
import { seedMention, seedSource } from './seed.ts';
import { seedReply } from './seed-inside.ts';
import { type Browser, type SignInApp, signInApp } from './sign-in.ts';
import { declaredFields, tellFields } from './told-fields.ts';

/**
 * Z4: in a world where there is something to tell, everybody asks every route that reads, and does what they may; no answer holds a field
 * that test/fields.ts does not give them, nor one that the document does not declare.
 */
let api: SignInApp;
const browsers = {} as Record<Kind, Browser>;
const ids = {} as Record<Kind, number>;
/** By the name of a path's parameter. */
const there: Record<string, string> = { standing: 'guest' };
const tooMuch = new Set<string>();
const held = new Map<string, Set<Kind>>();
const answered = new Set<string>();

beforeAll(async () => {
  api = await signInApp();
  for (const kind of kinds) await let_in(kind);
  await fill();
}, 60_000);
afterAll(() => api.drop());

const roles: Partial<Record<Kind, 'communication' | 'manager' | 'administrator'>> = {
  communication: 'communication',
  manager: 'manager',
  administrator: 'administrator',
};
const relations: Partial<Record<Kind, string>> = { guest: 'expert', 'past member': 'customer', alumnus: 'alumnus' };

async function let_in(kind: Kind): Promise<void> {
  browsers[kind] = api.browser();
  if (kind === 'signed out') return;
  const email = `${kind.replace(' ', '.')}@stad.example`;
  ids[kind] = await api.colleagueWith({ email, name: `Een ${kind}`, role: roles[kind] ?? 'employee' });
  if (relations[kind])
    await sql`update relations set kind = ${relations[kind]} where person_id = ${ids[kind]}`.execute(api.db);
  await sql`update people set department = 'Wijken' where id = ${ids[kind]}`.execute(api.db);
  const { status } = await browsers[kind].signIn(email);
  if (status !== 200) throw new Error(`${kind} did not get in: ${status}`);
}

/** Asks as somebody, and looks at every field of what comes. */
async function ask(kind: Kind, method: string, template: string, body?: object, query = ''): Promise<Asked> {
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (there[name] === undefined) throw new Error(`Nothing is there for {${name}}`);
    return there[name];
  });
  const asked = await browsers[kind].ask(method, `${path}${query}`, body, { 'idempotency-key': randomUUID() });
  if (asked.status >= 300 || !asked.json) return asked;
  const name = `${method} ${template}`;
  answered.add(name);
  const contentType = asked.headers.get('content-type')!;
  const undeclared = mistakesIn(api.document, { method, path, status: asked.status, contentType, body: asked.json });
  for (const mistake of undeclared) tooMuch.add(`${name} as ${kind}: ${mistake}`);
  tellFields(api.document, template, method, asked.json, (field, value) => {
    const isEmpty = [null, undefined, false, 0, ''].includes(value as null) || (Array.isArray(value) && !value.length);
    if (isEmpty) return;
    held.set(field, (held.get(field) ?? new Set()).add(kind));
    // Of what holds others, those are looked at.
    const isWhole = typeof [value].flat()[0] === 'object';
    if (!(isWhole ? isNamed(field) : mayHold(kind, field))) tooMuch.add(`${name} tells ${kind} ${field}`);
  });
  return asked;
}

/** Does what they may. */
async function act(kind: Kind, method: string, template: string, body?: object, query = ''): Promise<Asked['json']> {
  const asked = await ask(kind, method, template, body, query);
  if (asked.status >= 300) throw new Error(`${kind} ${method} ${template}: ${asked.status} ${asked.text}`);
  return asked.json;
}

const person = (kind: Kind) => api.ids.encode('person', ids[kind]);

async function say(kind: Kind, text: string, references: object[] = [], circle = there.circleId): Promise<string> {
  const { audiences } = await act(kind, 'GET', '/api/audiences');
  const found = audiences.find((one: { circle: { id: string } }) => one.circle.id === circle);
  if (found.frameToRead)
    await act(kind, 'POST', '/api/circles/{circleId}/frame/acknowledge', { version: found.frameVersion });
  const said = { circle: found.circle.id, audience: found.token, text, references };
  return (await act(kind, 'POST', '/api/threads/{threadId}/replies', said)).id;
}

/** A story that everybody talks about: outside, at the desk, among all colleagues and in a circle with guests. */
async function fill(): Promise<void> {
  const { db } = api;
  const sourceId = await seedSource(db, 'De Waardbode', 'forum');
  const words = { title: 'Brug dicht', text: 'De brug is dicht.', tone: -1, authorKey: Buffer.from('author') };
  const told = { sourceId, authorName: 'J. de Boer', earlier: ['De brug is open.'], ...words };
  const { threadId, mentionId } = await seedMention(db, told);
  await seedMention(db, { ...told, threadId, joined: { reason: 'url', by: 'exact' } });
  Object.assign(there, {
    threadId: api.ids.encode('thread', threadId),
    mentionId: api.ids.encode('mention', mentionId),
    sourceId: api.ids.encode('source', sourceId),
    personId: person('colleague'),
  });
  // Before they left.
  await seedReply(db, { threadId, personId: ids.alumnus, at: new Date().toISOString() });
  await sql`update people set own_threads_until = today() + 30 where id = ${ids.alumnus}`.execute(db);

  const frame = { ...aFrame, afterEnd: 'read' };
  const inIt = { hosts: [person('host')], deputies: [person('deputy')], members: [person('member'), person('muted')] };
  there.circleId = (
    await act('host', 'POST', '/api/circles', { kind: 'closed', name: 'Klankbord', frame, ...inIt })
  ).id;
  const circleId = api.ids.decode('circle', there.circleId!);
  await sql`insert into memberships (circle_id, person_id, until)
    values (${circleId}, ${ids.guest}, today() + 30), (${circleId}, ${ids['past member']}, today() + 30)`.execute(db);
  await lookedUpAnew();
  await act('host', 'PUT', '/api/circles/{circleId}/frame', {
    after: 1,
    ...frame,
    question: 'Hoe nu?',
    note: 'Korter.',
  });
  await act('host', 'PUT', '/api/circles/{circleId}/state', { after: 0, text: 'Zo staat het.' });
  await act('host', 'PUT', '/api/circles/{circleId}/threads/{threadId}', { pinned: true });
  there.tipId = (await act('colleague', 'POST', '/api/tips', { text: 'De brug is dicht.' })).id;
  await sql`insert into thread_events (thread_id, circle_id, kind, person_id)
    values (${threadId}, ${outsideCircle}, 'tipped', ${ids.colleague})`.execute(db);
  await sql`update sources set last_error = '{"kind":"refused"}', failing_since = now()`.execute(db);
  await sql`update tips set thread_id = ${threadId}, state = 'known', done_at = now()`.execute(db);
  await act('communication', 'POST', '/api/threads/{threadId}/case/take', { version: 0 });
  await act('communication', 'POST', '/api/threads/{threadId}/case/answer', { version: 1, text: 'Tot vrijdag.' });

  const everyone = api.ids.encode('circle', everyoneCircle);
  await say('colleague', 'Klopt dit?', [], everyone);
  const main = there.threadId!;
  for (const acted of ['take', 'release']) {
    there.threadId = api.ids.encode('thread', (await seedMention(db, told)).threadId);
    await act('communication', 'POST', '/api/threads/{threadId}/case/take', { version: 0 });
    if (acted === 'release') await act('communication', 'POST', '/api/threads/{threadId}/case/release', { version: 1 });
  }
  there.threadId = main;
  await say('past member', 'Ik fiets er langs.');
  const named = (kind: Kind) => ({ kind: 'person', id: person(kind) });
  await say('host', 'Wat vindt u, \uFFFC \uFFFC?', [named('guest'), { kind: 'mention', id: there.mentionId }]);
  there.guestReply = await say('guest', 'Dank, \uFFFC.', [named('host')]);
  await say('member', 'Eens met \uFFFC.', [{ kind: 'thread', id: there.threadId }]);
  there.replyId = await say('muted', 'Onzin.');
  await act('host', 'POST', '/api/replies/{replyId}/hide', { reason: 'Een naam.' });
  there.personId = person('muted');
  await act('host', 'PATCH', '/api/circles/{circleId}/members/{personId}', { muted: 'Even rust.' });
  there.personId = person('colleague');
  await act('host', 'POST', '/api/circles/{circleId}/authors', { mention: there.mentionId, person: person('guest') });

  const invited = { name: 'Hanna', relation: 'expert', reason: 'Weet ervan', until: inDays(30) };
  const link = async (template: string, more: object) => {
    const { invitation, link: made } = await act('host', 'POST', template, { ...invited, ...more });
    there.invitationId = invitation.id;
    there.token = new URL(made.url).pathname.split('/').at(-1)!;
  };
  await link('/api/circles/{circleId}/invitations', {});
  await link('/api/mentions/{mentionId}/invitations', { into: { kind: 'circle', id: there.circleId } });

  const where = { from: there.circleId, to: everyone };
  const { audience } = await act('host', 'POST', '/api/threads/{threadId}/moves', where, '?dry=true');
  const move = await act('host', 'POST', '/api/threads/{threadId}/moves', { ...where, audience: audience.token });
  there.moveId = move.id;

  const search = await act('colleague', 'POST', '/api/searches', { name: 'Brug', query: 'brug', shared: true });
  there.searchId = search.id;
  const topic = { name: 'Brug', kind: 'theme', query: 'brug', sources: [there.sourceId] };
  there.topicId = (await act('communication', 'POST', '/api/topics', topic)).id;
  await sql`update memberships set until = today() - 1 where person_id = ${ids['past member']}`.execute(db);
  const level = { circle: there.circleId, thread: null, level: 'all' };
  for (const kind of ['guest', 'member', 'host'] as const) await act(kind, 'PUT', '/api/notice-levels', level);
  await lookedUpAnew();
}

/** Who somebody is stays remembered for a second where it was written without telling of it. */
const lookedUpAnew = () => new Promise((resolve) => setTimeout(resolve, 1_050));

/** Routes that answer no JSON, or need something made elsewhere; by their declaration nothing of a circle stands in them. */
const elsewhere = /live$|reference\.css|openapi\.json|opml|\/feeds\/|api\/links|first-person|^GET \/api$|me\/export/;
const queries: Record<string, string> = {
  'GET /api/search': '?q=brug',
  'GET /api/search/facets': '?q=brug',
  'GET /api/search/suggest': '?q=br',
  'GET /api/people/names': '?q=een',
  'GET /api/topics/{topicId}/difference': '?from=1&to=1',
};

test('nobody is told a field that is not theirs, by any route that reads', { timeout: 120_000 }, async () => {
  const reads = Object.entries(api.document.paths ?? {}).flatMap(([path, item]) =>
    'get' in (item as object) && !elsewhere.test(`GET ${path}`) ? [path] : [],
  );
  for (const template of reads)
    for (const kind of kinds) await ask(kind, 'GET', template, undefined, queries[`GET ${template}`]);
  expect([...tooMuch]).toEqual([]);
  expect(reads.filter((template) => !answered.has(`GET ${template}`))).toEqual([]);
});

/** What is done, as everybody: whoever may not is told nothing. What takes something away comes last. */
const acts: [name: string, body: () => object | undefined, query?: string][] = [
  ['PUT /api/threads/{threadId}/attention', () => ({ follows: true })],
  ['POST /api/stream/read', () => ({})],
  ['POST /api/inbox/read', () => ({ upTo: new Date().toISOString() })],
  ['POST /api/circles/{circleId}/join', () => undefined],
  ['PATCH /api/circles/{circleId}', () => ({ name: `Klankbord ${randomUUID()}` })],
  ['PATCH /api/circles/{circleId}/members/{personId}', () => ({ until: null })],
  ['POST /api/circles/{circleId}/members', () => ({ people: [person('manager')] })],
  ['POST /api/replies/{replyId}/show', () => undefined],
  ['PATCH /api/replies/{replyId}', () => ({ text: 'Dank daarvoor.', version: 1, audience: there.audience })],
  ['DELETE /api/replies/{replyId}', () => undefined],
  ['POST /api/moves/{moveId}/answers', () => ({ agrees: true, audience: there.audience })],
  ['POST /api/moves/{moveId}/cancel', () => undefined],
  ['DELETE /api/invitations/{invitationId}', () => undefined],
  ['GET /api/people/{personId}/relations', () => undefined],
  ['PATCH /api/people/{personId}', () => ({ name: 'Een ander' })],
  ['POST /api/people/{personId}/link', () => undefined],
  ['POST /api/people', () => ({ name: 'Nieuw', email: 'nieuw@stad.example', role: 'employee' })],
  ['POST /api/people/{personId}/off-board', () => ({}), '?dry=true'],
  ['POST /api/circles/{circleId}/archive', () => ({ conclusion: 'Klaar.' })],
];

test('nor by any that writes', { timeout: 60_000 }, async () => {
  for (const [name, body, query] of acts)
    for (const kind of kinds) {
      const [method, template] = name.split(' ') as [string, string];
      if (name.includes('/members/') || name.includes('/people/')) there.personId = person('member');
      if (name.endsWith(' /api/replies/{replyId}')) there.replyId = there.guestReply!;
      if (name === 'PATCH /api/replies/{replyId}') {
        const { json } = await ask(kind, 'GET', '/api/audiences');
        const shown = json?.audiences?.find((one: { circle: { id: string } }) => one.circle.id === there.circleId);
        there.audience = shown?.token ?? 'x';
      }
      if (template.endsWith('answers')) {
        const { json } = await ask(kind, 'GET', '/api/moves/{moveId}');
        there.audience = json?.to?.audience ?? 'x';
      }
      await ask(kind, method, template, body(), query);
    }
  expect([...tooMuch]).toEqual([]);
  expect(acts.map(([name]) => name).filter((name) => !answered.has(name))).toEqual([]);
});

test('every field of the document is somebody’s', () => {
  const left = declaredFields(api.document).filter((field) => !isNamed(field));
  expect(left).toEqual([]);
});

test('what is kept from some was told to others', () => {
  // Of a conversation that was begun inside, and of a circle with guests (test/moves.integration.test.ts).
  const elsewhere = ['Move.titleOf', 'Move.to.guests'];
  const kept = declaredFields(api.document).filter((field) => isKept(field) && !elsewhere.includes(field));
  expect(kept.length).toBeGreaterThan(30);
  expect(kept.filter((field) => !held.has(field))).toEqual([]);
});
