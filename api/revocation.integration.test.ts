import { afterAll, beforeAll, expect, test } from 'vitest';
import { installationSecret } from '#storage/installation.ts';
import { readEvents } from '#test/events.ts';
import { seedMention } from '#test/seed.ts';
import { type Served, served } from '#test/served.ts';
import { password } from '#test/sign-in.ts';
import { createIds, type Ids } from './ids.ts';

let api: Served;
let ids: Ids;
let administrator: string;
let counter = 0;
beforeAll(async () => {
  api = await served();
  ids = createIds(await installationSecret(api.db));
  await api.colleagueWith('beheer@stad.example', 'administrator');
  administrator = await api.signIn('beheer@stad.example');
});
afterAll(() => api.close());

async function ask(cookie: string, method: string, path: string, body?: unknown) {
  return await fetch(`${api.url}${path}`, {
    method,
    headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Somebody with a page open and another browser at home. */
async function watching() {
  const email = `kijker${++counter}@stad.example`;
  const id = await api.colleagueWith(email);
  const [cookie, elsewhere] = [await api.signIn(email), await api.signIn(email)];
  const live = await ask(cookie, 'GET', '/api/live');
  expect(live.status).toBe(200);
  const events = readEvents(live.body!);
  await events.lastId();
  return { cookie, elsewhere, events, path: `/api/people/${ids.encode('person', id)}` };
}

test.each<[string, (who: Awaited<ReturnType<typeof watching>>) => Promise<Response>]>([
  ['signing out', ({ cookie }) => ask(cookie, 'DELETE', '/api/session')],
  ['signing out everywhere', ({ elsewhere }) => ask(elsewhere, 'DELETE', '/api/me/sessions')],
  [
    'changing the password elsewhere',
    ({ elsewhere }) => ask(elsewhere, 'POST', '/api/me/password', { current: password, next: 'een heel ander woord' }),
  ],
  ['being deactivated', ({ path }) => ask(administrator, 'PATCH', path, { active: false })],
  [
    'a link used to choose another password',
    async ({ path }) => {
      const { url } = (await (await ask(administrator, 'POST', `${path}/link`)).json()) as { url: string };
      return await ask('', 'POST', `/api${new URL(url).pathname}`, { password: 'een heel ander woord' });
    },
  ],
])('%s ends requests and the open live stream within a second, and nothing is told after', async (_what, act) => {
  const who = await watching();
  expect((await act(who)).ok).toBe(true);
  const endedAt = performance.now();
  expect((await ask(who.cookie, 'GET', '/api/me')).status).toBe(401);
  // What was under way when the session ended (the mention of the test before this one) may still come before the end.
  const ended = (async () => {
    while ((await who.events.next()) !== null);
    return null;
  })();
  await expect(Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 1_000, 'open'))])).resolves.toBeNull();
  expect(performance.now() - endedAt).toBeLessThan(1_000);
  await seedMention(api.db);
  expect(await who.events.next()).toBeNull();
});

test('another role counts within a second, and the stream of who may still see the same goes on', async () => {
  const { cookie, events, path } = await watching();
  expect((await ask(cookie, 'GET', '/api/figures')).status).toBe(403);
  await ask(administrator, 'PATCH', path, { role: 'manager' });
  await expect.poll(async () => (await ask(cookie, 'GET', '/api/figures')).status, { timeout: 1_000 }).not.toBe(403);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await seedMention(api.db);
  expect(await events.next()).toMatchObject({ event: 'change' });
  await events.stop();
});
