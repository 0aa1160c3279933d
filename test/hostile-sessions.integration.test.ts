import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Asked } from './api-app.ts';
import { type RightsWorld, rightsWorld } from './rights-world.ts';
import { type Browser, password } from './sign-in.ts';

/**
 * A15 and A18 of reliability.md on every route there is: a session that is over, or what is none, opens nothing; what opens something without
 * a session cannot be found by trying. How sessions end in time, and with open streams, is in api/revocation.integration.test.ts; guessing
 * passwords at full size in api/sign-in-limits.integration.test.ts.
 */
let world: RightsWorld;
type Operation = { method: string; path: string; name: string; hasBody: boolean; isOpen: boolean };
let operations: Operation[];
const cookieName = 'buitenwacht.session_token';

beforeAll(async () => {
  world = await rightsWorld();
  type Told = { requestBody?: unknown; security?: unknown[] };
  operations = Object.entries(world.api.document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Told>).map(([method, { requestBody, security }]) => ({
      method: method.toUpperCase(),
      path,
      name: `${method.toUpperCase()} ${path}`,
      hasBody: requestBody !== undefined,
      isOpen: security?.length === 0,
    })),
  );
}, 60_000);
afterAll(() => world.api.drop());

const pathOf = ({ path }: Operation, own = world.own.administrator) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => own[name]!);
const answered = ({ status, text, headers }: Asked) =>
  JSON.stringify([status, text, [...headers].filter(([name]) => name !== 'date')]);

let counter = 0;
/** An administrator who signed in twice; what the first browser was given is `cookie`. */
async function signedIn() {
  const email = `sessie${++counter}@stad.example`;
  const id = await world.api.colleagueWith({ email, role: 'administrator' });
  const [browser, elsewhere] = [world.api.browser(), world.api.browser()];
  for (const one of [browser, elsewhere]) await one.signIn(email);
  return { id, browser, elsewhere, cookie: browser.cookies.get(cookieName)! };
}

test('a session that is over opens no route, however it ended; nor does a token that came otherwise than in its cookie', async () => {
  const { administrator } = world.browsers;
  const ends: Record<string, (who: Awaited<ReturnType<typeof signedIn>>) => Promise<unknown>> = {
    'signed out': ({ browser }) => browser.ask('DELETE', '/api/session'),
    'signed out everywhere': ({ elsewhere }) => elsewhere.ask('DELETE', '/api/me/sessions'),
    'another password': ({ elsewhere }) =>
      elsewhere.ask('POST', '/api/me/password', { current: password, next: 'een heel ander woord' }),
    deactivated: ({ id }) =>
      administrator.ask('PATCH', `/api/people/${world.api.ids.encode('person', id)}`, { active: false }),
    expired: ({ id }) =>
      sql`update auth."session" set "expiresAt" = now() where "userId" = (select user_id from people where id = ${id})`.execute(
        world.api.db,
      ),
  };
  const dressed: Record<string, { headers?: Record<string, string>; query?: string }> = {};
  for (const [how, end] of Object.entries(ends)) {
    const who = await signedIn();
    expect((await ask(who.cookie)).status).toBe(200);
    await end(who);
    dressed[how] = { headers: { cookie: `${cookieName}=${who.cookie}` } };
  }
  const { cookie } = await signedIn();
  const token = decodeURIComponent(cookie).split('.')[0]!;
  Object.assign(dressed, {
    'in the address': { query: `?token=${token}&${cookieName}=${cookie}` },
    'as a bearer': { headers: { authorization: `Bearer ${token}` } },
    'without its signature': { headers: { cookie: `${cookieName}=${token}` } },
    'with another signature': { headers: { cookie: `${cookieName}=${cookie.slice(0, -6)}AAAA%3D` } },
    'under the name of a safe cookie': { headers: { cookie: `__Host-${cookieName}=${cookie}` } },
  });
  const letIn: string[] = [];
  const guarded = operations.filter(({ isOpen }) => !isOpen);
  for (const operation of guarded) {
    const body = operation.hasBody ? {} : undefined;
    const told = answered(await world.api.browser().ask(operation.method, pathOf(operation), body));
    for (const [how, { headers, query = '' }] of Object.entries(dressed)) {
      const asked = await world.api.browser().ask(operation.method, `${pathOf(operation)}${query}`, body, headers);
      if (asked.status !== 401 || answered(asked) !== told) letIn.push(`${operation.name} ${how}: ${asked.status}`);
    }
  }
  expect(letIn).toEqual([]);
  expect(guarded.length * Object.keys(dressed).length).toBeGreaterThan(900);
  // The last of them is good where it belongs.
  expect((await ask(cookie)).status).toBe(200);

  function ask(given: string): Promise<Asked> {
    return world.api.browser().ask('GET', '/api/me', undefined, { cookie: `${cookieName}=${given}` });
  }
});

test('no route gives a session but those that sign somebody in or out, none tells a token, and no script reads the cookie', async () => {
  const gives = [
    ...['POST /api/session', 'DELETE /api/session', 'POST /api/first-person', 'POST /api/links/{token}'],
    ...['POST /api/invitations/by-token/{token}', 'POST /api/me/password', 'DELETE /api/me/sessions'],
  ];
  const wrong: string[] = [];
  const { administrator } = world.browsers;
  const look = (name: string, { headers, text }: Asked, tokens: string[]) => {
    const cookies = headers.getSetCookie();
    if (cookies.length > 0 && !gives.includes(name)) wrong.push(`${name} sets ${cookies[0]}`);
    if (
      cookies.some((one) => !/; HttpOnly/i.test(one) || !/; SameSite=(Lax|Strict)/i.test(one) || /; Domain=/i.test(one))
    )
      wrong.push(`${name}: ${cookies.join(', ')}`);
    if (tokens.some((token) => text.includes(token))) wrong.push(`${name} tells a token`);
  };
  for (const operation of operations) {
    // What changes something is asked for nothing in particular, and answers that.
    const tokens = [...administrator.cookies.values()].map((value) => decodeURIComponent(value).split('.')[0]!);
    const body = operation.hasBody ? {} : undefined;
    look(operation.name, await administrator.ask(operation.method, pathOf(operation), body), tokens);
    await world.restore();
  }
  const { browser } = await signedIn();
  look(
    'POST /api/session',
    await browser.ask('POST', '/api/session', { email: `sessie${counter}@stad.example`, password }),
    [],
  );
  expect(wrong).toEqual([]);
});

/** What can be tried without a session: how often from one place, and what is sent. A route that is open needs a line here. */
const tried: Record<string, { most: number; waits?: string; body?: (n: number) => object }> = {
  'POST /api/session': { most: 10, body: (n) => ({ email: 'iemand@stad.example', password: `mis ${n}` }) },
  'GET /api/links/{token}': { most: 100 },
  'POST /api/links/{token}': { most: 100, body: () => ({ password }) },
  'GET /api/invitations/by-token/{token}': { most: 100 },
  'POST /api/invitations/by-token/{token}': {
    most: 100,
    body: (n) => ({ as: 'new', name: 'Iemand', email: `iemand${n}@elders.example`, password }),
  },
  // Programs come often, from where many people sit; 43 characters of chance are far from six hundred tries.
  'GET /feeds/{feed}': { most: 600, waits: '5' },
};

test('every route that takes a secret stops whoever tries others, and nobody else', async () => {
  // What tells nothing that depends on what is sent; the first person is made once (api/sign-in-limits.integration.test.ts).
  const none = ['POST /api/first-person'];
  const open = operations.filter(({ isOpen, hasBody, path }) => isOpen && (hasBody || path.includes('{')));
  expect(open.map(({ name }) => name).sort()).toEqual([...Object.keys(tried), ...none].sort());
  const victim = await signedIn();
  const wrong: string[] = [];
  let place = 0;
  for (const operation of open.filter(({ name }) => !none.includes(name))) {
    const { most, waits = '900', body } = tried[operation.name]!;
    const browser = world.api.browser(`203.0.113.${++place}`);
    const tell = (by: Browser, n: number, own?: Record<string, string>) => {
      const never = {
        token: randomBytes(32).toString('base64url'),
        feed: `${randomBytes(32).toString('base64url')}.atom`,
      };
      return by.ask(operation.method, pathOf(operation, own ?? never), body?.(n));
    };
    const first = answered(await tell(browser, 0));
    for (let n = 1; n < most; n += 1) {
      const next = answered(await tell(browser, n));
      if (next !== first) wrong.push(`${operation.name}, time ${n}: ${next}, first ${first}`);
    }
    const stopped = await tell(browser, most);
    if (stopped.status !== 429 || stopped.headers.get('retry-after') !== waits)
      wrong.push(`${operation.name} goes on after ${most}: ${stopped.status}`);
    // Not with the right one either, while a neighbour is not stopped.
    if (body === undefined && (await tell(browser, 0, world.own.manager)).status !== 429)
      wrong.push(`${operation.name}: the right one opens it`);
    const neighbour = world.api.browser(`203.0.113.${++place}`);
    if (operation.name !== 'POST /api/session' && (await tell(neighbour, 0)).status === 429)
      wrong.push(`${operation.name}: a neighbour is stopped`);
  }
  expect(wrong).toEqual([]);
  expect((await victim.browser.ask('GET', '/api/me')).status).toBe(200);
});

test('a secret of one kind is none of another, and is told like one that never was', async () => {
  const { token, feed } = world.own.employee as { token: string; feed: string };
  const session = decodeURIComponent(world.browsers.employee.cookies.get(cookieName)!).split('.')[0]!;
  const feedToken = feed.replace('.atom', '');
  const wrong: string[] = [];
  for (const [path, secrets] of [
    ['/api/links/…', [feedToken, session, token.toUpperCase(), `${token}A`, token.slice(1)]],
    ['/api/invitations/by-token/…', [feedToken, session, `${token}A`, token.slice(1)]],
    ['/feeds/….atom', [token, session, feedToken.slice(1), `${feedToken}A`]],
  ] as const) {
    const tell = async (secret: string) =>
      answered(await world.api.browser('198.51.100.1').ask('GET', path.replace('…', secret)));
    const never = await tell('A'.repeat(43));
    for (const secret of secrets) {
      const told = await tell(secret);
      if (told !== never || !told.startsWith('[404,')) wrong.push(`${path} ${secret.length}: ${told} / ${never}`);
    }
  }
  expect(wrong).toEqual([]);
});
