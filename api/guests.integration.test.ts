import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { inDays } from '#test/days.ts';
import { accept, account, type GuestApp, guest, guestApp, type Inviting, tokenOf } from '#test/guests.ts';
import { seedMention, seedSource } from '#test/seed.ts';
import { seedReply } from '#test/seed-inside.ts';

let it: GuestApp;
let inviting: Inviting;
let host: Inviting['host'];
let hostId: number;
let circle: number;
beforeAll(async () => {
  it = await guestApp();
});
afterAll(() => it.drop());
beforeEach(async () => {
  inviting = await it.inviting();
  ({ host, hostId, circle } = inviting);
});
const idOf = (kind: Parameters<GuestApp['ids']['encode']>[0], id: number) => it.ids.encode(kind, id);

test('the thread is placed in the circle; the guest is its author as they say, until a host confirms by hand', async () => {
  const { threadId, mentionId } = await seedMention(it.db);
  const path = `/api/mentions/${idOf('mention', mentionId)}/invitations`;
  const into = { kind: 'circle', id: idOf('circle', circle) };
  const made = await host.ask('POST', path, { ...guest, until: inDays(30), into });
  expect(made.status).toBe(201);
  expect(made.json.invitation.mention).toEqual({
    id: idOf('mention', mentionId),
    threadId: idOf('thread', threadId),
  });
  const browser = it.browser();
  const accepted = await accept(it, tokenOf(made.json.link.url), account(), browser);
  expect(accepted.json.threadId).toBe(idOf('thread', threadId));
  const thread = () => browser.ask('GET', `/api/threads/${idOf('thread', threadId)}`);
  expect((await thread()).json.authors).toMatchObject([{ state: 'claimed', person: { name: 'Fatima Bakkali' } }]);
  const person = accepted.json.session.me.id;
  const confirm = { mention: idOf('mention', mentionId), person };
  const confirmed = await host.ask('POST', `${inviting.circlePath}/authors`, confirm);
  expect(confirmed.json).toMatchObject({ state: 'confirmed', person: { id: person } });
  expect((await host.ask('POST', `${inviting.circlePath}/authors`, confirm)).json).toEqual(confirmed.json);
  expect((await thread()).json.authors).toMatchObject([{ state: 'confirmed' }]);
  expect((await host.ask('GET', path)).json.invitations).toMatchObject([{ author: 'confirmed', inside: true }]);
  // Whoever sees the thread elsewhere is not told.
  const stranger = await it.someone();
  const seen = await stranger.browser.ask('GET', `/api/threads/${idOf('thread', threadId)}`);
  expect(seen.json.authors).toEqual([]);
});

test('the desk opens a circle about one thread, with a frame, a host and a deputy, and nothing else goes in', async () => {
  const desk = await it.someone('communication');
  const deputy = await it.someone();
  const { threadId, mentionId } = await seedMention(it.db, { title: 'De brug staat weer open' });
  const frame = { inScope: 'De brug', outOfScope: 'De rest', result: 'Een plan', houseRule: 'Blijf vriendelijk' };
  const into = { kind: 'thread', deputy: idOf('person', deputy.id), ...frame };
  const ask = (given: object, by = desk.browser) =>
    by.ask('POST', `/api/mentions/${idOf('mention', mentionId)}/invitations`, {
      ...guest,
      until: inDays(30),
      into: { ...into, ...given },
    });
  expect((await ask({ deputy: idOf('person', desk.id) })).status).toBe(400);
  expect((await ask({ deputy: idOf('person', 999_999) })).status).toBe(400);
  expect((await ask({}, deputy.browser)).json.code).toBe('forbidden');
  const made = await ask({});
  expect(made.status).toBe(201);
  const own = it.ids.decode('circle', made.json.invitation.circle.id)!;
  const { rows } =
    await sql`select c.only_thread_id, f.question, (select json_agg(m.role order by m.role) from memberships m where m.circle_id = c.id) as roles
    from circles c join circle_frames f on f.circle_id = c.id where c.id = ${own}`.execute(it.db);
  expect(rows).toEqual([{ only_thread_id: threadId, question: 'De brug staat weer open', roles: ['deputy', 'host'] }]);
  const facts = await it.browser().ask('GET', `/api/invitations/by-token/${tokenOf(made.json.link.url)}`);
  expect(facts.json).toMatchObject({ oneThread: true, circle: { question: 'De brug staat weer open' } });
  const other = await seedMention(it.db);
  const refused = await desk.browser.ask('POST', `/api/mentions/${idOf('mention', other.mentionId)}/invitations`, {
    ...guest,
    until: inDays(30),
    into: { kind: 'circle', id: made.json.invitation.circle.id },
  });
  expect(refused.json.code).toBe('invalid_request');
});

test('a guest reads what was said and what is said there, and nothing of where we listen or what we make of it', async () => {
  const sourceId = await seedSource(it.db, 'Geheime bron');
  const { threadId, mentionId } = await seedMention(it.db, { sourceId, tone: -1, confidence: 0.9, title: 'De brug' });
  await sql`insert into cases (thread_id, waiting_since) values (${threadId}, now())`.execute(it.db);
  await seedReply(it.db, { threadId, personId: hostId, at: new Date().toISOString(), text: 'Onder collega’s' });
  const into = { kind: 'circle', id: idOf('circle', circle) };
  const path = `/api/mentions/${idOf('mention', mentionId)}/invitations`;
  const { json } = await host.ask('POST', path, { ...guest, until: inDays(30), into });
  await seedReply(it.db, {
    threadId,
    personId: hostId,
    circleId: circle,
    at: new Date().toISOString(),
    text: 'Welkom',
  });
  const browser = it.browser();
  await accept(it, tokenOf(json.link.url), account(), browser);
  const ofThread = `/api/threads/${idOf('thread', threadId)}`;
  const thread = await browser.ask('GET', ofThread);
  expect(thread.json).toMatchObject({
    title: 'De brug',
    case: null,
    tippedBy: [],
    mentions: [{ source: null, sentiment: null }],
  });
  expect(thread.json.replies.map(({ text }: { text: string }) => text)).toEqual(['Welkom']);
  expect(thread.json.audiences).toMatchObject([{ colleagues: null, outsiders: null }]);
  const stream = await browser.ask('GET', '/api/stream');
  expect(stream.json.threads).toMatchObject([
    { source: null, sentiment: null, case: null, tip: false, replies: { count: 1 } },
  ]);
  const mention = await browser.ask('GET', `/api/mentions/${idOf('mention', mentionId)}`);
  for (const { text } of [thread, stream, mention]) expect(text).not.toContain('Geheime bron');
  expect((await host.ask('GET', ofThread)).text).toContain('Geheime bron');
  const counts = (await browser.ask('GET', '/api/stream/counts')).json;
  expect(counts).toMatchObject({ deskOpen: 0, deskMine: 0, sourcesNeedYou: 0 });
  for (const filter of [`source=${idOf('source', sourceId)}`, 'tone=negative', 'outcome=answered'])
    expect((await browser.ask('GET', `/api/stream?${filter}`)).status).toBe(400);
  const names = await browser.ask('GET', '/api/people/names?q=p');
  expect([names.status, names.json.code]).toEqual([404, 'not_found']);
});

test('nobody is confirmed who is not in the circle, nor for a mention that is not talked about there', async () => {
  const { mentionId } = await seedMention(it.db);
  const stranger = await it.someone();
  const path = `${inviting.circlePath}/authors`;
  const body = { mention: idOf('mention', mentionId), person: idOf('person', hostId) };
  expect((await host.ask('POST', path, body)).status).toBe(400);
  expect((await stranger.browser.ask('POST', path, body)).status).toBe(404);
});
