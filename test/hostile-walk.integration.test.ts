import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { securityHeaders } from '#api/guards.ts';
import type { Asked } from './api-app.ts';
import { type RightsWorld, rightsWorld } from './rights-world.ts';

/**
 * A14, A16 and A17 of reliability.md on every route there is, asked in this process: what another site sends, how else a request can be
 * dressed, and what stands on every answer. A real browser makes the attacks of A14 in api/guards-browser.integration.test.ts.
 */
let world: RightsWorld;
type Operation = { method: string; path: string; hasBody: boolean };
let operations: Operation[];

beforeAll(async () => {
  world = await rightsWorld();
  operations = Object.entries(world.api.document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, { requestBody?: unknown }>).map(([method, { requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      hasBody: requestBody !== undefined,
    })),
  );
}, 60_000);
afterAll(() => world.api.drop());

/** As who may most, of what is theirs: whatever is refused here is refused for how it was asked. */
const ask = (operation: Operation, { body, headers }: { body?: unknown; headers: Record<string, string> }) =>
  world.browsers.administrator.ask(operation.method, pathOf(operation), body, headers);
const pathOf = ({ path }: Operation) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => world.own.administrator[name]!);
const told = ({ method, path }: Operation, how: string, { status, json }: Asked) =>
  `${method} ${path} ${how}: ${status} ${json?.code ?? ''}`.trim();
const isApi = ({ path }: Operation) => path.startsWith('/api');
const changes = (operation: Operation) => operation.method !== 'GET';

test('what another site makes a browser send is refused by every route that changes something', async () => {
  const foreign: Record<string, Record<string, string>> = {
    'a foreign origin': { origin: 'https://evil.example' },
    'no origin to speak of': { origin: 'null' },
    'a neighbour': { origin: 'http://buur.localhost', 'sec-fetch-site': 'same-site' },
    'a form elsewhere': { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    'a script elsewhere': { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
  };
  const letIn: string[] = [];
  for (const operation of operations.filter(changes))
    for (const [how, headers] of Object.entries(foreign)) {
      const asked = await ask(operation, { headers, body: operation.hasBody ? {} : undefined });
      if (asked.status !== 403 || asked.json.code !== 'cross_origin') letIn.push(told(operation, how, asked));
    }
  expect(letIn).toEqual([]);
});

test('a body of another kind, of too many bytes or of no JSON is refused by every route that takes one', async () => {
  const wrong: [how: string, status: number[], body: string, type: string][] = [
    ['a form', [415], 'name=x', 'application/x-www-form-urlencoded'],
    ['JSON as text', [415], '{}', 'text/plain'],
    ['no JSON', [400], '{"name":', 'application/json'],
    ['a list', [400], '[]', 'application/json'],
    ['nothing at all', [400], 'null', 'application/json'],
    ['too much', [413], JSON.stringify({ name: 'x'.repeat(2_200_000) }), 'application/json'],
  ];
  const letIn: string[] = [];
  for (const operation of operations.filter(({ hasBody }) => hasBody))
    for (const [how, statuses, body, type] of wrong) {
      const headers = { 'content-type': type, 'idempotency-key': randomUUID() };
      const asked = await ask(operation, { body, headers });
      // A file is no JSON, and read as what it is.
      const isFile = asked.status === 415 && ['/api/opml', '/api/people/import'].includes(operation.path);
      if (!statuses.includes(asked.status) && !isFile) letIn.push(told(operation, how, asked));
    }
  await world.restore();
  expect(letIn).toEqual([]);
}, 60_000);

test('no other method, spelling of the path or header opens a route to who is signed out', async () => {
  const dressed: Record<string, (path: string) => { path: string; headers?: Record<string, string> }> = {
    'another method in a header': (path) => ({ path, headers: { 'x-http-method-override': 'GET' } }),
    'another method in the address': (path) => ({ path: `${path}?_method=GET` }),
    'another path in a header': (path) => ({
      path,
      headers: { 'x-original-url': '/health/live', 'x-rewrite-url': '/' },
    }),
    'from this machine, it says': (path) => ({
      path,
      headers: { 'x-forwarded-for': '127.0.0.1', forwarded: 'for=127.0.0.1' },
    }),
    'two slashes': (path) => ({ path: path.replace('/api/', '/api//') }),
    'a slash after': (path) => ({ path: `${path}/` }),
    'a parameter of the path': (path) => ({ path: `${path};x=1` }),
    'an ending': (path) => ({ path: `${path}.json` }),
    'an encoded letter': (path) => ({ path: path.replace('/api/', '/%61pi/') }),
    'a step back': (path) => ({ path: path.replace('/api/', '/health/%2e%2e/api/') }),
    'large letters': (path) => ({ path: path.toUpperCase() }),
  };
  const letIn: string[] = [];
  const guarded = operations.filter((operation) => isApi(operation) && !isOpen(operation));
  for (const operation of guarded)
    for (const [how, dress] of Object.entries(dressed)) {
      const body = operation.hasBody ? {} : undefined;
      const { path, headers = {} } = dress(pathOf(operation));
      const asked = await world.browsers.anonymous.ask(operation.method, path, body, headers);
      if (![401, 404, 405].includes(asked.status)) letIn.push(told(operation, how, asked));
    }
  expect(letIn).toEqual([]);
});

/** What a parameter can be called by which a program says where to go next, and what is put in it. */
const onward = [
  'next',
  'url',
  'redirect',
  'redirect_uri',
  'return',
  'returnTo',
  'continue',
  'callbackURL',
  'dest',
  'to',
];
const elsewhere = [
  'https:',
  'http:',
  'HTTPS:',
  '',
  'https:/',
  '%68ttps:',
  ' https:',
  '\thttps:',
  'javascript:',
  'data:',
]
  .flatMap((scheme) => ['//', '/', '///', '\\\\', '/\\', '\\/'].map((slashes) => `${scheme}${slashes}`))
  .flatMap((start) =>
    [
      'evil.example',
      'localhost@evil.example',
      'localhost.evil.example',
      'evil.example\r\nLocation: //evil.example',
      '[::ffff:7f00:1]',
    ].map((host) => `${start}${host}`),
  );

test('no route sends a browser elsewhere, whatever it is told of where to go next', async () => {
  expect(elsewhere.length).toBe(300);
  const sent: string[] = [];
  let n = 0;
  for (const operation of operations)
    for (const caller of ['administrator', 'anonymous'] as const)
      for (let times = 0; times < 3; times += 1) {
        const to = elsewhere[n++ % elsewhere.length]!;
        const query = onward.map((name) => `${name}=${encodeURIComponent(to)}`).join('&');
        const headers = {
          'x-forwarded-host': 'evil.example',
          'x-forwarded-proto': 'https',
          referer: 'https://evil.example/',
        };
        const body = operation.hasBody ? Object.fromEntries(onward.map((name) => [name, to])) : undefined;
        const path = `${pathOf(operation).replace('/live', '/live?x=1')}`;
        const address = `${path}${path.includes('?') ? '&' : '?'}${query}`;
        const asked = await world.browsers[caller].ask(operation.method, address, body, headers);
        await world.restore();
        const isSent = (asked.status >= 300 && asked.status < 400) || asked.headers.has('refresh');
        const location = asked.headers.get('location') ?? '/';
        const named = [...asked.headers].some(([, value]) => value.includes('evil'));
        if (isSent || !/^\/(?![/\\])/.test(location) || named) sent.push(told(operation, to, asked));
      }
  // An address that is itself another's.
  for (const path of [
    '//evil.example',
    '//evil.example/%2e%2e',
    '/\\evil.example/',
    '/api//evil.example',
    '/%2f%2fevil.example/..',
    '/api/..//evil.example/',
  ]) {
    const { status, headers } = await world.browsers.anonymous.ask('GET', path);
    if ((status >= 300 && status < 400) || headers.has('location')) sent.push(`GET ${path}: ${status}`);
  }
  expect(sent).toEqual([]);
}, 60_000);

/** Routes for which nobody needs to be anybody. */
const isOpen = ({ method, path }: Operation) => {
  const item = world.api.document.paths?.[path] as Record<string, { security?: unknown[] }>;
  return item[method.toLowerCase()]!.security?.length === 0;
};

test('every answer of every route has the headers, and what is about people stays in no cache', async () => {
  const without: string[] = [];
  for (const operation of operations)
    for (const caller of ['administrator', 'anonymous'] as const) {
      const path = pathOf(operation).replace('/live', '/live?x=1');
      const body = operation.hasBody ? {} : undefined;
      const asked = await world.browsers[caller].ask(operation.method, path, body);
      await world.restore();
      for (const [name, value] of Object.entries(securityHeaders))
        if (asked.headers.get(name) !== value) without.push(told(operation, name, asked));
      const cached = asked.headers.get('cache-control') ?? '';
      if (isApi(operation) && !isOpen(operation) && !cached.includes('no-store'))
        without.push(told(operation, `cache ${cached}`, asked));
    }
  expect(without).toEqual([]);
}, 60_000);

test('what nobody asked for in a body changes no answer: no prototype, no field of ours', async () => {
  const more = { __proto__: undefined, id: 1, role: 'administrator', personId: 1, rights: ['people'], isAdmin: true };
  const polluted = JSON.stringify(more).replace(
    '{',
    '{"__proto__":{"colleague":true},"constructor":{"prototype":{"x":1}},',
  );
  const differences: string[] = [];
  for (const operation of operations.filter(({ hasBody }) => hasBody))
    for (const caller of ['employee', 'guest'] as const) {
      const browser = world.browsers[caller];
      const asked = await browser.ask(operation.method, pathOf(operation), polluted);
      await world.restore();
      if (asked.status >= 500) differences.push(told(operation, caller, asked));
    }
  expect(differences).toEqual([]);
  expect(({} as Record<string, unknown>).colleague).toBeUndefined();
  const { me } = (await world.browsers.employee.ask('GET', '/api/session')).json;
  expect(me).toMatchObject({ role: 'employee', colleague: true });
}, 60_000);
