import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '#test/api-app.ts';
import { readEvents } from '#test/events.ts';
import { personHeader } from '#test/people.ts';
import { seedMention } from '#test/seed.ts';

let it: TestApp;
beforeAll(async () => {
  it = await testApp();
});
afterAll(() => it.drop());

const request = (headers: Record<string, string>, env: object, method = 'GET') =>
  it.app.request(
    'http://localhost/api/live',
    { method, headers: { [personHeader]: String(it.colleague.id), ...headers } },
    env,
  );

async function open(headers: Record<string, string> = {}, env: object = {}) {
  const answer = await request(headers, env);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  return answer;
}

test('a stream goes on where the Last-Event-ID says, and starts again where it says nothing we know', async () => {
  const first = readEvents((await open()).body!);
  const id = await first.lastId();
  await first.stop();
  const { threadId } = await seedMention(it.db);
  const again = readEvents((await open({ 'last-event-id': id })).body!);
  expect(await again.next()).toMatchObject({ event: 'change', data: { threads: [it.ids.encode('thread', threadId)] } });
  await again.stop();
  const lost = readEvents((await open({ 'last-event-id': 'iets anders' })).body!);
  expect((await lost.next())?.event).toBe('resync');
  await lost.stop();
});

test('the connection of a reader that takes nothing is broken', async () => {
  let broken = 0;
  const env = {
    incoming: { socket: { remoteAddress: '10.0.0.1' } },
    outgoing: { destroy: () => (broken += 1), hasHeader: () => true },
  };
  const stuck = await open({}, env);
  const events = readEvents((await open()).body!);
  for (let round = 0; broken === 0 && round < 60; round += 1) {
    await sql`with made as (insert into threads (born) select 'outside' from generate_series(1, 450) returning id),
        placed as (insert into placements (thread_id, circle_id, sort_at) select id, 1, now() from made)
      insert into changes (kind, ref) select 1, id from made`.execute(it.db);
    await sql`notify buitenwacht_changes`.execute(it.db);
    await events.next();
  }
  expect(broken).toBe(1);
  expect(stuck.bodyUsed).toBe(false);
  await events.stop();
});

test('HEAD answers as GET would and opens no stream', async () => {
  const env = { incoming: { socket: { remoteAddress: '10.0.0.2' } } };
  for (let round = 0; round < 60; round += 1) {
    const answer = await request({}, env, 'HEAD');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  }
  const events = readEvents((await open({}, env)).body!);
  await events.stop();
});
