import { axeFinds, expect, ownPath, test } from './fixtures.ts';

test('who is named finds it in the inbox, is done with it, and can take that back', async ({
  as,
  outside,
  follow,
  words,
}) => {
  test.setTimeout(60_000);
  const path = ownPath('inbox');
  const name = `Sanne ${path.slice(1, -4)}`;
  const story = { id: `brug${path}`, title: `Brug ${path} dicht`, html: '<p>De brug blijft dicht.</p>' };
  const source = await follow(outside.feed(path, { title: `Bode ${path}`, items: [story] }), 1);
  const { talk, inbox, frame } = words;
  const named = await (await as('communication', name)).newPage();
  await named.goto('/inbox');
  await expect(named.getByRole('heading', { level: 2, name: inbox.empty })).toBeVisible();

  const page = await (await as('employee', 'Joris Aalbers')).newPage();
  await page.goto(`/?source=${source}`);
  await page.getByRole('link', { name: story.title }).click();
  const box = page.getByRole('textbox', { name: talk.label });
  await box.pressSequentially(`@${name.slice(0, 9)}`);
  await page.getByRole('option', { name }).click();
  await box.pressSequentially('weet jij hier iets van?');
  await page.getByRole('button', { name: talk.place }).click();

  // It comes by itself, in the list and in the menu.
  const row = named.getByRole('listitem').filter({ hasText: story.title });
  await expect(row).toBeVisible({ timeout: 15_000 });
  const menu = named.getByRole('navigation', { name: frame.menu });
  await expect(menu.getByRole('link', { name: frame.inbox })).toContainText(frame.unread('1'));
  expect(await axeFinds(named)).toEqual([]);

  await row.getByRole('button').click();
  await expect(named.getByText(inbox.sum(0))).toBeVisible();
  await named.getByRole('button', { name: frame.undo }).click();
  await expect(named.getByText(inbox.sum(1))).toBeVisible();

  // By keyboard to what was said.
  await named.keyboard.press('j');
  await expect(row.getByRole('link')).toBeFocused();
  await named.keyboard.press('Enter');
  await expect(named.getByRole('heading', { level: 1, name: story.title })).toBeVisible();
});
