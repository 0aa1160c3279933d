import { randomUUID } from 'node:crypto';
import type { APIRequestContext, APIResponse } from '@playwright/test';
import { haveCorpora, xssPayloads } from '#test/xss-payloads.ts';
import { dangersIn, watch } from './canary.ts';
import { expect, nobody, ownPath, test } from './fixtures.ts';

test.skip(!haveCorpora, 'the payload lists of hostile/xss are not here (CORPORA_DIR)');

/** Some of every list, short enough for a name; what no text takes is left out. */
const payloads = xssPayloads()
  .map(({ payload }) => payload.replace(/[\0\r\n\u2028-\u202e\u2066-\u2069]/g, '').trim())
  .filter((payload) => payload.length > 8 && payload.length <= 90)
  .filter((_, n, all) => n % Math.ceil(all.length / (process.env.FULL ? 400 : 12)) === 0);
const keyed = () => ({ 'idempotency-key': randomUUID() });

async function made(answer: Promise<APIResponse>, status: number) {
  const got = await answer;
  expect(got.status(), await got.text()).toBe(status);
  return await got.json();
}

/** A thread for each payload, which stands in every field that a colleague fills. */
async function fill(request: APIRequestContext, source: string) {
  const { audiences } = await (await request.get('/api/audiences')).json();
  const heard = { circle: audiences[0].circle.id, audience: audiences[0].token, references: [] };
  const { threads } = await (await request.get(`/api/stream?source=${source}&limit=100`)).json();
  const links: string[] = [];
  const inside: string[] = [];
  const acts = ['answer', 'no-answer', 'hand-over'] as const;
  for (const [n, payload] of payloads.entries()) {
    const email = `x${n}-${randomUUID()}@lindewaard.example`;
    const data = { name: payload, email, role: 'communication' };
    const { person, link } = await made(request.post('/api/people', { data }), 201);
    links.push(new URL(link.url).pathname);
    const named = {
      text: `\ufffc ${payload} https://a.example/${payload}`,
      references: [{ kind: 'person', id: person.id }],
    };
    const words = { headers: keyed(), data: { ...heard, ...named, title: payload } };
    inside.push((await made(request.post('/api/threads', words), 201)).id);
    await made(request.post('/api/tips', { headers: keyed(), data: { text: payload, note: payload } }), 202);
    const thread = threads[n % threads.length].id;
    await made(request.post(`/api/threads/${thread}/replies`, { headers: keyed(), data: { ...heard, ...named } }), 201);
    const { case: known } = await (await request.get(`/api/threads/${thread}`)).json();
    const by = { version: known.version, note: payload };
    const action = acts[n % acts.length]!;
    const how = {
      answer: { ...by, url: `https://a.example/${encodeURI(payload.toWellFormed())}`, text: payload },
      'no-answer': { ...by, reason: 'other' },
      'hand-over': { ...by, to: person.id },
    }[action];
    await made(request.post(`/api/threads/${thread}/case/${action}`, { data: how }), 200);
  }
  return { outside: threads.map(({ id }: { id: string }) => id) as string[], inside, links };
}

test('nothing that colleagues write runs on any page, with the policy taken away', async ({
  page,
  browser,
  outside,
  follow,
  request,
  baseURL,
}) => {
  test.setTimeout(process.env.FULL ? 900_000 : 120_000);
  const path = ownPath('binnen');
  const items = payloads.map((_, n) => ({
    id: `${path}-${n}`,
    title: `Bericht ${n} ${path}`,
    html: `<p>Tekst ${n}.</p>`,
  }));
  const source = await follow(outside.feed(path, { title: `Bode ${path}`, items }), items.length, { desk: true });
  const { outside: threads, inside, links } = await fill(request, source);
  const { hits } = await watch(page, baseURL!);
  const hostile = encodeURIComponent('"><img src=x onerror=alert(1)>');
  const places = [
    ...[
      '/',
      '/desk',
      '/desk?list=mine',
      '/desk?list=answered',
      '/desk?list=unanswered',
      '/figures',
      '/people',
      '/me',
      '/tips',
      '/new',
    ],
    `/tips?url=javascript:alert(1)&text=${hostile}&title=${hostile}`,
    ...[...threads, ...inside].map((id) => `/threads/${id}`),
  ];
  for (const place of places) {
    await page.goto(place);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await page.waitForLoadState('networkidle');
    // The bookmarklet is ours and holds nothing of anybody's.
    const dangers = (await dangersIn(page)).filter((found) => !found.startsWith('javascript:void%20open('));
    expect(dangers, place).toEqual([]);
    expect(hits, place).toEqual([]);
  }

  // Who is not signed in sees a name by a link, and that of the organisation.
  const stranger = await (await browser.newContext({ baseURL: baseURL!, storageState: nobody })).newPage();
  const heard = await watch(stranger, baseURL!);
  await stranger.route('**/api/session', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({
      response: answer,
      json: { ...(await answer.json()), organisation: decodeURIComponent(hostile) },
    });
  });
  for (const place of ['/', ...links]) {
    await stranger.goto(place);
    await expect(stranger.getByRole('heading').first()).toBeVisible();
    expect(await dangersIn(stranger), place).toEqual([]);
    expect(heard.hits, place).toEqual([]);
  }
  await stranger.context().close();
});
