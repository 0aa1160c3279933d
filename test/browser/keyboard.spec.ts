import { expect, openPreferences, ownPath, test } from './fixtures.ts';

test('the whole way by keyboard: skip, walk, open, back, filter, sources, help', async ({
  page,
  outside,
  follow,
  words,
}) => {
  const path = ownPath('toets');
  const items = ['een', 'twee', 'drie'].map((name, n) => ({
    id: `${path}-${name}`,
    title: `Titel ${name}`,
    at: new Date(Date.now() - (n + 1) * 60_000),
  }));
  const source = await follow(outside.feed(path, { title: `Toets ${path}`, items }), 3);
  await page.goto(`/?source=${source}`);
  await expect(page.getByRole('article')).toHaveCount(3);

  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: words.frame.skip })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();

  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('j');
  await expect(page.getByRole('link', { name: 'Titel twee' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Titel twee' })).toBeFocused();
  await page.keyboard.press('j');
  await expect(page.getByRole('link', { name: 'Titel drie' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: words.stream.title })).toBeVisible();

  await page.keyboard.press('f');
  await expect(page.getByLabel(words.stream.source, { exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByLabel(words.stream.source, { exact: true })).toHaveCount(0);
  await expect(page.getByRole('button', { name: words.stream.filter, exact: true })).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: words.shortcuts.title })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: words.stream.filter, exact: true })).toBeFocused();

  await page.keyboard.press('g');
  await page.keyboard.press('b');
  await expect(page.getByRole('heading', { level: 1, name: words.sources.title })).toBeVisible();
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await expect(page.getByRole('heading', { level: 1, name: words.topics.title })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page.getByRole('heading', { level: 1, name: words.stream.title })).toBeVisible();
});

test('letters do nothing while someone types, nor when they are turned off', async ({ page, words }) => {
  await page.goto('/sources');
  await page.getByLabel(words.add.label).pressSequentially('g s ? j');
  await expect(page.getByLabel(words.add.label)).toHaveValue('g s ? j');
  await openPreferences(page, words);
  await page
    .getByRole('group', { name: words.preferences.shortcuts })
    .getByText(words.preferences.switched.off)
    .click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.waitForTimeout(300);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('language and theme go with the person, into another browser as well', async ({ as, browser, words }) => {
  // Somebody of their own: what the first person chooses would hold for every test that follows.
  const context = await as('communication', 'Noor Haddad');
  const page = await context.newPage();
  await page.goto('/sources');
  await openPreferences(page, words);
  await page.getByText('English').click();
  await page.getByText('Dark', { exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sources' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Sources' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(14, 18, 20)');
  const other = await browser.newContext({ storageState: { cookies: await context.cookies(), origins: [] } });
  const elsewhere = await other.newPage();
  await elsewhere.goto('/sources');
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'Sources' })).toBeVisible();
  await other.close();
});
