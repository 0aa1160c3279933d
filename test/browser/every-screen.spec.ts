import { axeFinds, expect, openPreferences, ownMenu, ownPath, test } from './fixtures.ts';

test('axe finds nothing on any screen', async ({ page, outside, words, follow }) => {
  test.setTimeout(120_000);
  const path = ownPath('scherm');
  const html = `<p>Een <a href="https://elders.example/">verwijzing</a>.</p><h2>Kop</h2><ul><li>een</li></ul><blockquote>zei hij</blockquote>
    <table><tr><th>a</th><td>b</td></tr></table><img src="https://elders.example/foto.jpg" alt="De brug in de mist">`;
  const item = { id: `axe-${path}`, title: `Bericht ${path}`, html, author: 'Joke Vis' };
  const address = outside.feed(path, { title: `Blad ${path}`, items: [item] });
  const source = await follow(address, 1);

  await page.goto(`/?source=${source}`);
  await expect(page.getByRole('link', { name: item.title })).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: words.stream.filter, exact: true }).click();
  await expect(page.getByLabel(words.stream.tone, { exact: true })).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);

  await page.getByRole('link', { name: item.title }).click();
  await page.getByRole('tab', { name: words.talk.answer }).click();
  await expect(page.getByRole('textbox', { name: words.desk.answer.label })).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);
  await page
    .getByRole('button', { name: words.thread.why })
    .or(page.getByRole('button', { name: words.thread.whyShort }))
    .click();
  await expect(page.getByText(words.why.first)).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);

  await openPreferences(page, words);
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: words.shortcuts.help }).click();
  await expect(page.getByRole('dialog', { name: words.shortcuts.title })).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await page.goto('/sources');
  await page.getByLabel(words.add.label).fill(address);
  await page.getByRole('button', { name: words.add.look, exact: true }).click();
  await expect(page.getByText(words.add.exists)).toBeVisible();
  await page.getByRole('button', { name: words.sources.manage(`Blad ${path}`) }).click();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: words.sources.remove }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: words.sources.cancel }).click();
  await page.getByLabel(words.add.label).fill(`${outside.origin}/nergens`);
  await page.getByRole('button', { name: words.add.look, exact: true }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);

  for (const [address, heading] of [
    ['/desk', words.desk.title],
    ['/figures', words.frame.figures],
    ['/topics', words.topics.title],
    ['/topics/new', words.topics.newTitle],
    ['/people', words.people.title],
    ['/tips', words.tips.title],
    ['/me', words.me.title],
    ['/new', words.talk.newTitle],
  ] as const) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    // What is asked for has come, or is known not to.
    await page.waitForLoadState('load');
    expect(await axeFinds(page), address).toEqual([]);
  }
  await ownMenu(page, words).click();
  await expect(page.getByRole('button', { name: words.frame.signOut })).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);

  await page.goto('/nergens');
  await expect(page.getByRole('heading', { name: words.frame.notFound })).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);
  await page.goto('/threads/t_AAAAAAAAAAAAAAAAAAAAAA');
  await expect(page.getByRole('heading', { name: words.thread.notFound })).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);
});
