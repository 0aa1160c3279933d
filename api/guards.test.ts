import { OpenAPIHono } from '@hono/zod-openapi';
import { expect, test } from 'vitest';
import type { Env } from './env.ts';
import { onlyKnownHosts, onlyOwnPages } from './guards.ts';
import { ProblemError, problemResponse } from './problem.ts';

function guarded(publicUrl: string | null) {
  const app = new OpenAPIHono<Env>();
  app.use(onlyKnownHosts(publicUrl), onlyOwnPages(publicUrl));
  app.all('*', (c) => c.text('in'));
  app.onError((error, c) => problemResponse(c, error instanceof ProblemError ? error.code : 'internal'));
  return async (method: string, headers: Record<string, string>) =>
    (await app.request('http://localhost:3000/api/x', { method, headers })).status;
}

test.each([
  ['localhost:3000', 200],
  ['LOCALHOST', 200],
  ['localhost.', 200],
  ['buitenwacht.localhost:3000', 200],
  ['127.0.0.1:3000', 200],
  ['192.168.1.20:3000', 200],
  ['[::1]:3000', 200],
  ['stad.example', 200],
  ['stad.example:8443', 200],
  ['evil.example', 421],
  ['localhost.evil.example', 421],
  ['stad.example.evil.example', 421],
  ['127.0.0.1.evil.example', 421],
  ['evil.example#localhost', 421],
  ['a b', 421],
])('a request for host %s answers %i', async (host, status) => {
  expect(await guarded('https://stad.example')('GET', { host })).toBe(status);
});

const own = { host: 'localhost:3000' };
test.each<[string, string, Record<string, string>, number]>([
  ['a program', 'POST', {}, 200],
  ['our own page', 'POST', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:3000' }, 200],
  ['somebody typing the address', 'GET', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }, 200],
  ['somebody following a link', 'GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 200],
  ['a form on another site', 'POST', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 403],
  ['a page on another site reading', 'GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 403],
  ['a page on a sibling host', 'POST', { 'sec-fetch-site': 'same-site', origin: 'http://a.localhost' }, 403],
  ['an old browser on our own page', 'DELETE', { origin: 'http://localhost:3000' }, 200],
  ['an old browser on another port', 'DELETE', { origin: 'http://localhost:4000' }, 403],
  ['an old browser elsewhere', 'PATCH', { origin: 'https://evil.example' }, 403],
  ['a page without an origin', 'POST', { origin: 'null' }, 403],
  ['an old browser at the public address', 'POST', { origin: 'https://stad.example' }, 200],
])('%s (%s) is let in or not', async (_who, method, headers, status) => {
  expect(await guarded('https://stad.example')(method, { ...own, ...headers })).toBe(status);
});
