import type { Mention, Thread, ThreadRow } from '#dashboard/api.ts';
import { haveCorpora, xssPayloads } from '#test/xss-payloads.ts';
import { dangersIn, watch } from './canary.ts';
import { expect, ownPath, test } from './fixtures.ts';
import { escaped } from './outside.ts';

/** Payloads tried: every one with FULL=1, else every fifth, which takes a fifth of the time. */
const step = process.env.FULL ? 1 : 5;
const perFeed = 400;
const perPage = 150;

test.skip(!haveCorpora, 'the payload lists of hostile/xss are not here (CORPORA_DIR)');

/** One item per payload, with the payload in every field that a source fills. */
function hostileItem(payload: string, id: string): string {
  const text = escaped(payload);
  const address = escaped(/^[a-z]+:/i.test(payload) ? payload : `https://a.example/${payload}`);
  return `<item><guid isPermaLink="false">${id}</guid><title>${text}</title><link>${address}</link>
    <author>${text}</author><dc:creator>${text}</dc:creator><category>${text}</category><comments>${address}</comments>
    <enclosure url="${address}" type="image/png" length="1"/><media:content url="${address}"/>
    <media:description>${text}</media:description><source url="${address}">${text}</source>
    <description>${text}</description><content:encoded>${escaped(`<p>begin</p>${payload}<p><a href="${payload}">x</a><img src="${payload}" alt="${payload}">`)}</content:encoded></item>`;
}

function hostileFeed(payloads: string[], title: string, path: string): string {
  const namespaces = `xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
    xmlns:media="http://search.yahoo.com/mrss/"`;
  const items = payloads.map((payload, n) => hostileItem(payload, `${path}-${n}`));
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" ${namespaces}><channel><title>${escaped(title)}</title>
    <link>${escaped(title)}</link><description>${escaped(title)}</description><generator>${escaped(title)}</generator>
    <image><url>${escaped(title)}</url></image>${items.join('\n')}</channel></rss>`;
}

/** XML has no place for these; a feed that carried them would be refused for that alone. */
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/gu;

test('no payload of the public lists runs on any page, in any field, with the policy taken away (A10)', async ({
  page,
  outside,
  request,
  baseURL,
  words,
}) => {
  test.setTimeout(process.env.FULL ? 600_000 : 200_000);
  const payloads = xssPayloads()
    .filter((_, n) => n % step === 0)
    .map(({ payload }) => payload.replace(unwritable, ''));
  const feeds: string[][] = [];
  for (let at = 0; at < payloads.length; at += perFeed) feeds.push(payloads.slice(at, at + perFeed));

  const addresses = feeds.map((some, n) => {
    const path = ownPath('vijandig');
    return outside.put(path, hostileFeed(some, payloads[(n * 37) % payloads.length]!, path), 'application/rss+xml');
  });
  for (const [n, address] of addresses.entries()) {
    const label = payloads[(n * 41) % payloads.length]!.slice(0, 200).trim() || 'x';
    const data = { connector: 'feed', settings: { url: address }, label, keeps: 'everything' };
    expect((await request.post('/api/sources', { data })).status()).toBe(201);
  }
  const kept = async () => {
    const { sources } = (await (await request.get('/api/sources')).json()) as {
      sources: { place: string; mentionCount: number }[];
    };
    const ours = sources.filter(({ place }) => place.includes('vijandig'));
    return ours.filter(({ mentionCount }) => mentionCount > 0).length;
  };
  await expect.poll(kept, { timeout: 90_000, intervals: [500] }).toBe(addresses.length);

  // Everything that came in, as the API answers it.
  const rows: ThreadRow[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const answer: { threads: ThreadRow[]; cursor: string | null } = await (
      await request.get(`/api/stream?limit=100${cursor && `&cursor=${cursor}`}`)
    ).json();
    rows.push(...answer.threads);
    cursor = answer.cursor;
  }
  expect(rows.length).toBeGreaterThan(payloads.length / 4);
  const mentions: Mention[] = [];
  for (let at = 0; at < rows.length; at += 25) {
    const some = rows.slice(at, at + 25).map(async ({ id }) => (await request.get(`/api/threads/${id}`)).json());
    for (const thread of (await Promise.all(some)) as Thread[]) mentions.push(...thread.mentions);
  }

  const { hits } = await watch(page, baseURL!);
  const look = async (what: string) => {
    expect(await dangersIn(page), what).toEqual([]);
    expect(hits, what).toEqual([]);
  };
  // Many to a page: the rows and mentions are the server's own, only how many stand together is ours.
  let shown: { rows: ThreadRow[]; mentions: Mention[] } = { rows: [], mentions: [] };
  await page.route('**/api/stream*', (route) => route.fulfill({ json: { threads: shown.rows, cursor: null } }));
  await page.route('**/api/threads/*', (route) => {
    const [first] = shown.mentions;
    const mentionCount = shown.mentions.length;
    const alone = shown.mentions.map((mention) => ({ ...mention, joined: null }));
    const thread = { id: first!.threadId, born: 'outside', title: first!.title, language: 'nl', version: 1 };
    const inside = {
      starter: null,
      replies: [],
      earlierReplies: null,
      events: [],
      case: null,
      audiences: [],
      places: [],
      tippedBy: [],
    };
    const mine = { createdAt: first!.fetchedAt, follows: false, readUpTo: null };
    return route.fulfill({ json: { ...thread, ...inside, ...mine, mentionCount, mentions: alone } });
  });
  const pages = Math.max(Math.ceil(mentions.length / perPage), Math.ceil(rows.length / perPage));
  for (let n = 0; n < pages; n += 1) {
    const slice = <T>(list: T[]) => list.slice(n * perPage, (n + 1) * perPage);
    shown = { rows: slice(rows), mentions: slice(mentions) };
    if (shown.mentions.length === 0) shown.mentions = mentions.slice(0, 1);
    await page.goto(`/threads/${shown.mentions[0]!.threadId}`);
    await expect(page.getByRole('heading', { level: 2, name: words.thread.outside('').trim() })).toHaveCount(
      shown.mentions.length,
    );
    // Everything that opens is opened.
    await page.evaluate((why) => {
      for (const button of document.querySelectorAll<HTMLButtonElement>('article button[aria-expanded=false]'))
        if (button.textContent?.includes(why)) button.click();
    }, words.thread.why);
    await look(`page ${n}`);
  }

  await page.goto('/sources');
  await expect(page.getByRole('rowheader').first()).toBeVisible();
  await page.evaluate(() => document.querySelectorAll<HTMLButtonElement>('tbody button')[0]?.click());
  for (const address of addresses.slice(0, 5)) {
    await page.getByLabel(words.add.label).fill(address);
    await page.getByRole('button', { name: words.add.look, exact: true }).click();
    await expect(page.getByRole('radio').first()).toBeVisible();
    await look(`preview of ${address}`);
  }
  await page.waitForTimeout(500);
  await look('in the end');
});
