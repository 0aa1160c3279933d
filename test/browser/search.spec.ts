import { axeFinds, expect, ownPath, test } from './fixtures.ts';

test('search: from anywhere by key, narrowed, opened and back, kept and read as a feed', async ({
  page,
  outside,
  follow,
  words,
  request,
}) => {
  const { search, frame } = words;
  const path = ownPath('zoek');
  const word = `ooievaar${path.replaceAll(/[^a-z0-9]/g, '')}`;
  const items = [
    { id: `${path}1`, title: `De ${word} broedt`, html: '<p>Op de toren zit een nest.</p>' },
    { id: `${path}2`, title: 'Nest op de toren', html: `<p>Iemand zag twee keer een ${word} boven de Sluiskade.</p>` },
    { id: `${path}3`, title: 'Iets anders', html: '<p>Hier gaat het over een brug.</p>' },
  ];
  const label = `Vogelkrant ${path}`;
  await follow(outside.feed(path, { title: label, items }), 3);

  await page.goto('/sources');
  await expect(page.getByRole('heading', { level: 1, name: words.sources.title })).toBeVisible();
  await page.keyboard.press('/');
  const box = page.getByRole('combobox', { name: search.box });
  await expect(box).toBeFocused();
  expect(await axeFinds(page)).toEqual([]);
  await box.fill(word);
  await box.press('Enter');
  const found = page.getByRole('list', { name: search.list }).getByRole('article');
  await expect(found).toHaveCount(2);
  await expect(found.getByText(word, { exact: true }).first()).toBeVisible();
  await expect(page.getByText(search.found(2))).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);

  await box.fill(`${word} nest -broedt`);
  await box.press('Enter');
  await expect(found).toHaveCount(1);
  await found.getByRole('link', { name: 'Nest op de toren' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Nest op de toren' })).toBeVisible();
  await page.getByRole('link', { name: frame.backTo.search }).click();
  await expect(box).toHaveValue(`${word} nest -broedt`);

  await box.fill(`(${word}`);
  await box.press('Enter');
  await expect(page.getByRole('alert')).toContainText(search.refused);
  expect(await axeFinds(page)).toEqual([]);

  await box.fill(word);
  await box.press('Enter');
  await expect(found).toHaveCount(2);
  await page.getByRole('button', { name: search.keep }).click();
  const dialog = page.getByRole('dialog', { name: search.keepTitle });
  await expect(dialog.getByRole('textbox', { name: search.name })).toBeFocused();
  await page.keyboard.type(`Vogels ${path}`);
  expect(await axeFinds(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').getByText(search.keptIt(`Vogels ${path}`))).toBeVisible();

  // It stands among the filters of the stream too.
  await page.goto('/');
  await page.getByRole('button', { name: words.stream.filter, exact: true }).click();
  await expect(page.getByRole('link', { name: `Vogels ${path}` })).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);

  await page.goto('/search');
  await box.fill('is:');
  await expect(page.getByRole('option').filter({ hasText: search.kinds.value }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  const kept = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: `Vogels ${path}` }) });
  await kept.getByRole('button', { name: search.feed }).click();
  const address = await page.getByLabel(search.feedAtom).inputValue();
  expect(await axeFinds(page)).toEqual([]);
  const feed = await request.get(address);
  expect(feed.status()).toBe(200);
  expect(await feed.text()).toContain(`De ${word} broedt`);
  await page.getByRole('button', { name: search.feedRevoke }).click();
  await expect(page.getByRole('status').getByText(search.feedRevoked)).toBeVisible();
  expect((await request.get(address)).status()).toBe(404);
  await kept.getByRole('button', { name: search.remove }).click();
  await expect(kept).toHaveCount(0);
});
