import { axeFinds, expect, test } from './fixtures.ts';

const noSources = { sources: [], counts: { fine: 0, falters: 0, needsYou: 0, paused: 0 }, contact: true };

test('the first time, the stream says what will be here and has one way to make it so', async ({ page, words }) => {
  await page.route('**/api/stream?*', (route) => route.fulfill({ json: { threads: [], cursor: null } }));
  await page.route('**/api/stream', (route) => route.fulfill({ json: { threads: [], cursor: null } }));
  await page.route('**/api/sources', (route) => route.fulfill({ json: noSources }));
  await page.goto('/');
  await expect(page.getByRole('heading', { name: words.stream.emptyTitle })).toBeVisible();
  await expect(page.getByText(words.stream.exampleTitle)).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('link', { name: words.stream.emptyDo }).click();
  await expect(page.getByRole('heading', { name: words.sources.emptyTitle })).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);
});

test('what could not be loaded says so, why, what was kept, and can be tried again', async ({ page, words }) => {
  const detail = 'De database antwoordt niet.';
  const problem = { type: 'x', status: 500, code: 'internal', title: 'Er ging iets mis.', detail };
  let broken = true;
  for (const path of ['**/api/stream', '**/api/sources', '**/api/threads/*'])
    await page.route(path, (route) => (broken ? route.fulfill({ status: 500, json: problem }) : route.continue()));
  await page.goto('/');
  await expect(page.getByRole('alert')).toContainText(detail);
  expect(await axeFinds(page)).toEqual([]);
  await page.goto('/sources');
  await expect(page.getByRole('alert')).toContainText(words.sources.failedKept);
  await page.goto('/threads/t_AAAAAAAAAAAAAAAAAAAAAA');
  await expect(page.getByRole('heading', { name: words.thread.failed })).toBeVisible();
  await page.goto('/');
  await expect(page.getByRole('alert')).toBeVisible();
  broken = false;
  await page.getByRole('button', { name: words.stream.retry }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a lost live connection is told quietly and a found one takes the line away', async ({ page, words }) => {
  await page.route('**/api/live', (route) => route.abort());
  await page.goto('/');
  await expect(page.getByText(words.frame.reconnecting)).toBeVisible({ timeout: 10_000 });
  await page.unroute('**/api/live');
  await expect(page.getByText(words.frame.reconnecting)).toHaveCount(0, { timeout: 15_000 });
});

test('two tabs share one live connection, and the second takes over when the first closes', async ({
  page,
  context,
  words,
}) => {
  const asked: string[] = [];
  context.on('request', (request) => {
    if (request.url().endsWith('/api/live')) asked.push(request.url());
  });
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: words.stream.title })).toBeVisible();
  await expect.poll(() => asked.length).toBe(1);
  const second = await context.newPage();
  await second.goto('/');
  await expect(second.getByRole('heading', { level: 1, name: words.stream.title })).toBeVisible();
  await second.waitForTimeout(500);
  expect(asked).toHaveLength(1);
  await page.close();
  await expect.poll(() => asked.length).toBe(2);
});
