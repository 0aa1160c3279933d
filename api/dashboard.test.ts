import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { OpenAPIHono } from '@hono/zod-openapi';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDashboard } from './dashboard.ts';
import type { Env } from './env.ts';

let folder: string;
let get: (path: string, headers?: Record<string, string>, method?: string) => Promise<Response>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bw-dashboard-'));
  await mkdir(join(folder, 'assets'));
  await mkdir(join(folder, '.vite'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>eerste');
  await writeFile(join(folder, 'favicon.svg'), '<svg/>');
  await writeFile(join(folder, 'assets', 'main-abc.js'), 'let a');
  await writeFile(join(folder, 'assets', 'main-abc.js.gz'), gzipSync('let a'));
  await writeFile(join(folder, '.vite', 'manifest.json'), '{}');
  await writeFile(join(folder, '..', 'bw-dashboard-secret.txt'), 'geheim');
  const dashboard = await openDashboard(folder);
  const app = new OpenAPIHono<Env>();
  app.notFound(async (c) => (await dashboard!.serve(c)) ?? c.text('nothing', 404));
  get = async (path, headers = {}, method = 'GET') => await app.request(path, { headers, method });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await rm(join(folder, '..', 'bw-dashboard-secret.txt'));
});

test('any address that names no file is the page, which may be kept but must be asked after', async () => {
  for (const path of ['/', '/bronnen', '/t/t_abc', '/index.html']) {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    const again = await get(path, { 'if-none-match': answer.headers.get('etag')! });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  }
});

test('built files may be kept for ever and come packed when there is a packed one', async () => {
  const plain = await get('/assets/main-abc.js');
  expect(plain.headers.get('cache-control')).toContain('immutable');
  expect(plain.headers.get('content-type')).toContain('javascript');
  expect(await plain.text()).toBe('let a');
  const packed = await get('/assets/main-abc.js', { 'accept-encoding': 'gzip' });
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(packed.headers.get('vary')).toBe('Accept-Encoding');
  expect((await get('/favicon.svg')).headers.get('cache-control')).toBe('no-cache');
});

test.each([
  '/assets/missing.js',
  '/assets/main-abc.js.gz',
  '/missing.png',
  '/.vite/manifest.json',
  '/api/none',
  '/api',
  '/health/none',
  '/%2e%2e/bw-dashboard-secret.txt',
  '/..%2fbw-dashboard-secret.txt',
  '/assets/..%2f..%2fbw-dashboard-secret.txt',
  '/%ff.txt',
])('%s is not there', async (path) => {
  expect((await get(path)).status).toBe(404);
});

test('nothing of it takes anything but reading', async () => {
  expect((await get('/', {}, 'POST')).status).toBe(404);
});

test('a new build is seen without a restart', async () => {
  await writeFile(join(folder, 'index.html'), '<!doctype html>tweede');
  await utimes(join(folder, 'index.html'), new Date(), new Date(Date.now() + 5_000));
  expect(await (await get('/')).text()).toContain('tweede');
});

test('without a build there is no dashboard', async () => {
  expect(await openDashboard(join(folder, 'none'))).toBeNull();
});
