import { expect, ownPath, test } from './fixtures.ts';

test('a page that names a feed is followed by its feed; the address of no feed gets an answer and is kept', async ({
  page,
  outside,
  words,
}) => {
  const path = ownPath('nieuws');
  outside.feed(path, { title: `Nieuws ${path}`, items: [{ id: `n-${path}`, title: 'Eerste bericht' }] });
  const named = outside.put(
    `${path}.html`,
    `<title>Voorpagina</title><link rel="alternate" type="application/rss+xml" href="${path}" title="RSS"><p>Welkom`,
  );
  const plain = outside.put(`${path}-leeg.html`, '<title>Niets</title><p>Hier staat geen feed.');
  await page.goto('/sources');
  const address = page.getByLabel(words.add.label);
  await address.fill(plain);
  await address.press('Enter');
  await expect(page.getByRole('alert')).toContainText(words.add.nothing);
  await expect(address).toHaveValue(plain);
  await address.fill(`${outside.origin}/nergens`);
  await address.press('Enter');
  await expect(page.getByRole('alert')).toHaveText(words.add.noPage(404));
  await address.fill('geen adres');
  await address.press('Enter');
  await expect(page.getByRole('alert')).toContainText(words.add.likeThis);
  await address.fill('');
  await address.press('Enter');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await address.fill(named);
  await address.press('Enter');
  await expect(page.getByRole('radio').first()).toBeChecked();
  await expect(page.getByText('Eerste bericht')).toBeVisible();
  await page.getByRole('button', { name: words.add.add }).click();
  await expect(page.getByRole('rowheader', { name: `Nieuws ${path}` })).toBeVisible();
});

test('a source is paused and that undone, renamed, and removed after a word about what goes', async ({
  page,
  outside,
  follow,
  words,
}) => {
  const path = ownPath('beheer');
  const label = `Beheerd ${path}`;
  await follow(outside.feed(path, { title: label, items: [{ id: `b-${path}`, title: `Tekst ${path}` }] }), 1);
  await page.goto('/sources');
  const row = (name: string) => page.getByRole('row').filter({ hasText: name });
  await page.getByRole('button', { name: words.sources.manage(label) }).click();
  await page.getByRole('button', { name: words.sources.pause, exact: true }).click();
  await expect(page.getByText(words.sources.pausedNow(label))).toBeInViewport();
  await page.getByRole('button', { name: words.frame.undo }).click();
  await expect(page.getByText(words.sources.resumedNow(label))).toBeVisible();
  await page.getByRole('button', { name: words.sources.pollNow }).click();
  await expect(page.getByText(words.sources.polled(label))).toBeVisible();

  await page.getByLabel(words.sources.name, { exact: true }).fill(`Anders ${path}`);
  await page.getByLabel(words.sources.kind, { exact: true }).selectOption('forum');
  await page.getByRole('button', { name: words.sources.save }).click();
  await expect(row(`Anders ${path}`).first()).toContainText(words.sourceKinds.forum);

  await page.getByRole('button', { name: words.sources.remove }).click();
  const dialog = page.getByRole('dialog', { name: words.sources.removeTitle(`Anders ${path}`) });
  await expect(dialog.getByRole('radio', { name: words.sources.removeKeep(1) })).toBeChecked();
  await dialog.getByRole('button', { name: words.sources.cancel }).click();
  await expect(page.getByRole('button', { name: words.sources.remove })).toBeFocused();
  await page.getByRole('button', { name: words.sources.remove }).click();
  await dialog.getByRole('radio', { name: words.sources.removeAll(1) }).check();
  await dialog.getByRole('button', { name: words.sources.removeAndErase(1) }).click();
  await expect(page.getByText(words.sources.removed(`Anders ${path}`))).toBeVisible();
  await expect(row(`Anders ${path}`)).toHaveCount(0);
  await page.getByRole('button', { name: words.frame.close }).click();
  await expect(page.getByText(words.sources.removed(`Anders ${path}`))).toHaveCount(0);
  await page.goto('/');
  await expect(page.getByRole('link', { name: `Tekst ${path}` })).toHaveCount(0);
});

test('an OPML file is read line by line and can be had back', async ({ page, outside, words }) => {
  const path = ownPath('opml');
  const feed = outside.feed(path, { title: `Uit lijst ${path}`, items: [] });
  const opml = `<opml version="2.0"><body>
    <outline text="Uit lijst ${path}" type="rss" xmlUrl="${feed}"/>
    <outline text="Nog eens" type="rss" xmlUrl="${feed}"/>
    <outline text="Kapot" type="rss" xmlUrl="geen adres"/></body></opml>`;
  await page.goto('/sources');
  const read = async (text: string) => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: words.opml.import }).click();
    await (await chooser).setFiles({ name: 'bronnen.opml', mimeType: 'text/x-opml', buffer: Buffer.from(text) });
  };
  await read('een gewone brief');
  await expect(page.getByRole('alert')).toContainText(words.opml.notOpml);
  await read('<opml version="2.0"><body></body></opml>');
  await expect(page.getByText(words.opml.noFeeds)).toBeVisible();
  await read(opml);
  await expect(page.getByText(words.opml.added(1))).toBeVisible();
  await expect(page.getByText(words.opml.added(1))).toBeInViewport();
  await expect(page.getByRole('row').filter({ hasText: 'Kapot' })).toContainText(words.opml.results.invalid);
  await expect(page.getByRole('rowheader', { name: `Uit lijst ${path}` })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: words.opml.export }).click();
  expect((await download).suggestedFilename()).toBe('buitenwacht.opml');
  const { sources } = await (await page.request.get('/api/sources')).json();
  await expect(page.getByText(words.opml.exported(sources.length))).toBeVisible();
});
