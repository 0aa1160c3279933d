import { gunzipSync } from 'node:zlib';
import { OpenAPIHono } from '@hono/zod-openapi';
import { expect, test } from 'vitest';
import { acceptsGzip, compress } from './compress.ts';
import type { Env } from './env.ts';

const long = 'lang '.repeat(1000);
const app = new OpenAPIHono<Env>();
app.use(compress);
app.get('/long', (c) => c.json({ long }, 200, { etag: '"1"' }));
app.get('/short', (c) => c.json({ short: true }));
app.get('/live', (c) => c.body(long, 200, { 'content-type': 'text/event-stream' }));
app.get('/packed', (c) => c.body('x', 200, { 'content-type': 'text/css', 'content-encoding': 'gzip' }));
const get = (path: string, encoding = 'gzip, br', method = 'GET') =>
  app.request(path, { method, headers: { 'accept-encoding': encoding } });

test('a long answer is smaller for who reads gzip, and its tag becomes weak', async () => {
  const answer = await get('/long');
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  expect(answer.headers.get('vary')).toBe('Accept-Encoding');
  expect(answer.headers.get('etag')).toBe('W/"1"');
  expect(bytes.length).toBeLessThan(500);
  expect(JSON.parse(gunzipSync(bytes).toString())).toEqual({ long });
});

test('who does not read gzip gets the answer as it is', async () => {
  const answer = await get('/long', 'br, gzip;q=0');
  expect(answer.headers.get('content-encoding')).toBeNull();
  expect(await answer.json()).toEqual({ long });
});

test('short answers, streams and what is packed already are left alone', async () => {
  for (const path of ['/short', '/live']) expect((await get(path)).headers.get('content-encoding')).toBeNull();
  expect(await (await get('/short')).json()).toEqual({ short: true });
  expect(await (await get('/packed')).text()).toBe('x');
});

test.each([
  ['gzip', true],
  ['br, GZIP;q=0.5', true],
  ['gzip;q=0', false],
  ['gzip;q=0.0', false],
  ['br', false],
  [undefined, false],
])('Accept-Encoding %s', (header, accepted) => {
  expect(acceptsGzip(header)).toBe(accepted);
});
