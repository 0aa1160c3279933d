import { axeFinds, expect, ownPath, test } from './fixtures.ts';

test('an author is erased from the thread, by keyboard, after a word about what goes and how much', async ({
  page,
  outside,
  words,
  follow,
}, { project }) => {
  const path = ownPath('schrijver');
  const name = `J. de Boer ${project.name}`;
  const own = [1, 2].map((n) => ({
    id: `${n}${path}`,
    title: `Stuk ${n} ${path}`,
    html: `<p>Woorden ${n} van deze schrijver.</p>`,
    author: name,
  }));
  const other = { id: `3${path}`, title: `Stuk 3 ${path}`, html: '<p>Woorden van een ander.</p>', author: 'A. Prins' };
  await follow(outside.feed(path, { title: 'De Wisbode', items: [...own, other] }), 3);

  await page.goto('/');
  await page.getByRole('link', { name: own[0]!.title }).click();
  await expect(page.getByText('Woorden 1 van deze schrijver.').last()).toBeVisible();
  const why = page
    .getByRole('button', { name: words.thread.why })
    .or(page.getByRole('button', { name: words.thread.whyShort }));
  await why.first().press('Enter');
  const way = page.getByRole('button', { name: words.erase.open });
  await way.press('Enter');
  const dialog = page.getByRole('dialog', { name: words.erase.title(name) });
  await expect(dialog.getByText(words.erase.forGood)).toBeVisible();
  await expect(dialog.getByText(words.erase.byName(name))).toBeVisible();
  await expect(dialog.getByRole('button', { name: words.erase.erase(2) })).toBeEnabled();
  expect(await axeFinds(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(way).toBeFocused();
  await expect(page.getByText('Woorden 1 van deze schrijver.').last()).toBeVisible();

  await way.press('Enter');
  await dialog.getByRole('button', { name: words.erase.erase(2) }).press('Enter');
  await expect(page.getByRole('status').getByText(words.erase.done(2))).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page.getByText(words.thread.erased)).toBeVisible();
  await expect(way).toHaveCount(0);
  for (const { title } of own) await expect(page.getByText(title)).toHaveCount(0);
  await expect(page.getByRole('link', { name: other.title, includeHidden: true })).toHaveCount(1);
  expect(await axeFinds(page)).toEqual([]);
});
