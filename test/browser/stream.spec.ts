import { expect, ownPath, test } from './fixtures.ts';

/** A feed of `count` messages a minute apart, the newest first. */
const many = (path: string, count: number) => ({
  title: `Reeks ${path}`,
  items: Array.from({ length: count }, (_, n) => ({
    id: `${path}-${n}`,
    title: `Bericht ${n} van ${path}`,
    html: `<p>De tekst van nummer ${n}, met genoeg woorden om een alinea te zijn.</p>`,
    at: new Date(Date.now() - (n + 1) * 60_000),
  })),
});

test('the stream goes on without end, draws only what is near, and a reload comes back to the same row', async ({
  page,
  outside,
  follow,
  words,
}) => {
  test.setTimeout(120_000);
  const path = ownPath('reeks');
  const source = await follow(outside.feed(path, many(path, 400)), 400);
  await page.goto(`/?source=${source}`);
  const rows = page.getByRole('article');
  const pane = page.locator('[data-stream-pane]');
  await expect(rows.first()).toBeVisible();
  let most = 0;
  await expect(async () => {
    await pane.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    most = Math.max(most, await rows.count());
    await expect(page.getByText(words.stream.end)).toBeVisible({ timeout: 100 });
  }).toPass({ timeout: 30_000, intervals: [100] });
  expect(most).toBeLessThan(200);
  await expect(page.getByText(`Bericht 399 van ${path}`)).toBeVisible();

  await pane.evaluate((element) => element.scrollBy(0, -4_000));
  await page.waitForTimeout(500);
  const firstInView = () =>
    pane.evaluate((element) => {
      const { top } = element.getBoundingClientRect();
      const seen = [...element.querySelectorAll('[data-thread]')].map((row) => ({
        row,
        at: row.getBoundingClientRect(),
      }));
      const first = seen.find(({ at }) => at.bottom > top);
      return { thread: first?.row.getAttribute('data-thread'), offset: Math.round((first?.at.top ?? 0) - top) };
    });
  const before = await firstInView();
  await page.reload();
  await expect.poll(firstInView, { timeout: 10_000 }).toEqual(before);
});

test('the filter stands in the address, survives a reload and the opening of a thread, and can be taken off', async ({
  page,
  outside,
  follow,
  words,
}) => {
  const path = ownPath('filter');
  const good = { id: `goed-${path}`, title: 'Geweldig, prachtig en heel fijn geholpen' };
  const bad = { id: `slecht-${path}`, title: 'Vreselijk slecht, waardeloos en schandalig' };
  const text = '<p>Dit is een Nederlandse tekst die lang genoeg is om de taal ervan te herkennen.</p>';
  const items = [good, bad].map((item) => ({ ...item, html: `<p>${item.title}.</p>${text}` }));
  const source = await follow(outside.feed(path, { title: `Stemming ${path}`, items }), 2);
  await page.goto(`/?source=${source}`);
  await expect(page.getByRole('article')).toHaveCount(2);
  await page.getByRole('button', { name: words.stream.filter, exact: true }).click();
  await page.getByLabel(words.stream.tone, { exact: true }).selectOption('negative');
  await expect(page).toHaveURL(/tone=negative/);
  await expect(page.getByRole('article')).toHaveCount(1);
  await page.reload();
  await expect(page.getByRole('article')).toHaveCount(1);
  await page.getByRole('link', { name: bad.title }).click();
  await expect(page).toHaveURL(/threads\/.*tone=negative/);
  await page.goBack();
  await page.getByRole('button', { name: words.stream.without(words.tones.negative) }).click();
  await expect(page.getByRole('article')).toHaveCount(2);
  await page.goto(`/?source=${source}&language=fr`);
  await expect(page.getByRole('heading', { name: words.stream.noMatchTitle })).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: words.stream.clear }).click();
  await expect(page.getByRole('article').first()).toBeVisible();
});

test('copies are folded under the first, and an edit shows what it said before', async ({
  page,
  outside,
  follow,
  pollNow,
  words,
}) => {
  const [one, two] = [ownPath('een'), ownPath('twee')];
  const html = `<p>De wethouder van ${one} zei dat de sluisbrug nog drie weken langer dicht blijft door asbest in de kabelgoot.</p>`;
  const story = { title: `Sluisbrug ${one}`, html, at: new Date(Date.now() - 3_600_000) };
  const feed = { title: `Eerste ${one}`, items: [{ ...story, id: `a-${one}` }] };
  const source = await follow(outside.feed(one, feed), 1);
  const link = `${outside.origin}/a-${one}`;
  const own = '<p>Een korte samenvatting in heel andere woorden, met een verwijzing naar het stuk.</p>';
  const copied = { title: `Verwijzing ${two}`, html: own, at: story.at, id: `b-${two}`, link };
  await follow(outside.feed(two, { title: `Tweede ${two}`, items: [copied] }), 1);

  await page.goto(`/?source=${source}`);
  await expect(page.getByText(words.stream.elsewhere(1))).toBeVisible();
  await page.getByRole('link', { name: story.title }).click();
  const fold = page.getByRole('button', { name: words.thread.copies(1) });
  await expect(fold).toHaveAttribute('aria-expanded', 'false');
  await fold.click();
  await page
    .getByRole('listitem')
    .getByRole('button', { name: `Tweede ${two}` })
    .click();
  const copy = page.getByRole('listitem').filter({ hasText: `Tweede ${two}` });
  await expect(copy.getByText('in heel andere woorden')).toBeVisible();
  await expect(copy.getByText(words.why.reasons['same-address'])).toBeVisible();
  await expect(copy.getByRole('link', { name: words.thread.read(`Tweede ${two}`) })).toHaveAttribute('href', link);

  const edited = html.replace('drie weken', 'vijf weken');
  outside.feed(one, { ...feed, items: [{ ...story, id: `a-${one}`, html: edited }] });
  await pollNow(source);
  await expect(page.getByText('nog vijf weken langer')).toBeVisible({ timeout: 10_000 });
  await page.getByRole('button', { name: words.thread.showEarlier }).click();
  await expect(page.getByText('nog drie weken langer')).toBeVisible();
});

test('what its writer took away leaves its place, without its words', async ({
  page,
  outside,
  follow,
  pollNow,
  words,
}) => {
  const path = ownPath('atom');
  const entry = `<entry><id>urn:${path}</id><title>Spijt van ${path}</title><updated>2026-11-20T09:00:00Z</updated>
    <content type="html">Dit had ik niet moeten schrijven.</content></entry>`;
  const atom = (inside: string) =>
    outside.put(
      path,
      `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><id>urn:feed:${path}</id>
        <title>Blog ${path}</title><updated>2026-11-20T09:00:00Z</updated>${inside}</feed>`,
      'application/atom+xml',
    );
  const source = await follow(atom(entry), 1);
  await page.goto(`/?source=${source}`);
  await page.getByRole('link', { name: `Spijt van ${path}` }).click();
  await expect(page.getByText('Dit had ik niet moeten schrijven.')).toBeVisible();
  atom(`<at:deleted-entry ref="urn:${path}" when="2026-11-21T09:00:00Z"/>`);
  await pollNow(source);
  await expect(page.getByText(words.thread.withdrawn)).toBeVisible({ timeout: 10_000 });
  await expect(page.getByText('Dit had ik niet moeten schrijven.')).toHaveCount(0);
  await page.goto(`/?source=${source}`);
  await expect(page.getByRole('link', { name: words.thread.gone.withdrawn })).toBeVisible();
});
