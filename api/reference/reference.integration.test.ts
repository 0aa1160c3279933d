import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '#test/api-app.ts';
import { mistakesIn } from '#test/conforms.ts';

let it: TestApp;
beforeAll(async () => {
  it = await testApp();
});
afterAll(() => it.drop());

test('the document lists every route that is served, and serves every route it lists', () => {
  const served = it.app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  const listed = Object.entries(it.document.paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(new Set(listed)).toEqual(new Set(served));
  expect(listed.length).toBeGreaterThanOrEqual(18);
});

test('the document is OpenAPI 3.1, every name in it leads somewhere, and it is not sent twice', async () => {
  const { json, text, headers } = await it.ask('GET', '/api/openapi.json');
  expect(json).toMatchObject({ openapi: '3.1.0', info: { title: 'Buitenwacht', version: '0.0.0' } });
  const names = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1]!);
  expect(names.filter((name) => !(name in json.components.schemas))).toEqual([]);
  expect(Object.keys(json.components.schemas)).toContain('LiveChange');
  for (const item of Object.values(json.paths as Record<string, Record<string, { summary?: string }>>))
    for (const operation of Object.values(item)) expect(operation.summary).toBeTruthy();
  const again = await it.app.request('http://localhost/api/openapi.json', {
    headers: { 'if-none-match': headers.get('etag')! },
  });
  expect([again.status, await again.text()]).toEqual([304, '']);
});

test('every operation that takes a body demands one', () => {
  for (const [path, item] of Object.entries(it.document.paths ?? {}))
    for (const method of ['post', 'patch'] as const) {
      const body = item[method]?.requestBody;
      if (body && 'content' in body) expect([path, body.required]).toEqual([path, true]);
    }
});

test('the page shows every operation in either language, without scripts or inline style', async () => {
  for (const [language, title] of [
    ['nl', 'Buitenwacht: de API'],
    ['en', 'Buitenwacht: the API'],
  ] as const) {
    const { text, headers } = await it.ask('GET', '/api', undefined, { 'accept-language': language });
    expect(headers.get('content-type')).toContain('text/html');
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).toContain(title);
    for (const path of Object.keys(it.document.paths ?? {})) expect(text).toContain(path);
    expect(text).not.toMatch(/<script|<style|\sstyle=|\son\w+=|undefined|\[object/);
  }
  const style = await it.ask('GET', '/api/reference.css');
  expect(style.headers.get('content-type')).toContain('text/css');
  expect(style.text).toContain('prefers-color-scheme: dark');
});

test('the check that every other test runs sees what it is for', () => {
  const given = { method: 'GET', path: '/api/stream?limit=1', status: 200, contentType: 'application/json' };
  const page = { threads: [], cursor: null };
  expect(mistakesIn(it.document, { ...given, body: page })).toEqual([]);
  expect(mistakesIn(it.document, { ...given, body: { threads: [] } })).toHaveLength(1);
  expect(mistakesIn(it.document, { ...given, body: { ...page, total: 7 } })).toHaveLength(1);
  expect(mistakesIn(it.document, { ...given, body: { ...page, cursor: 7 } })).toHaveLength(1);
  expect(mistakesIn(it.document, { ...given, contentType: 'text/html', body: 'x' })).toHaveLength(1);
  expect(mistakesIn(it.document, { ...given, path: '/api/none', body: page })).toHaveLength(1);
});
