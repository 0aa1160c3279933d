import { axeFinds, expect, ownPath, test } from './fixtures.ts';

test('a manager reads the figures and what is behind them, talks along, and does not stand at the desk', async ({
  as,
  outside,
  follow,
  words,
}) => {
  test.setTimeout(60_000);
  const path = ownPath('cijfers');
  const items = [{ id: path, title: `Stuk ${path}`, html: '<p>De wachttijd bij het loket is een uur.</p>' }];
  await follow(outside.feed(path, { title: `Forum ${path}`, items }), 1, { desk: true });
  const page = await (await as('manager', 'Fatima El Idrissi')).newPage();
  const { frame, desk, talk } = words;

  await page.goto('/figures');
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: frame.notYours })).toHaveCount(0);
  await expect(page.getByRole('link', { name: frame.figures }).first()).toHaveAttribute('aria-current', 'page');
  expect(await axeFinds(page)).toEqual([]);

  // Looks along at the desk, without a button of it.
  await page.getByRole('link', { name: frame.desk }).first().click();
  const row = page.getByRole('listitem').filter({ hasText: items[0]!.title });
  await expect(row).toContainText(desk.nobody);
  await expect(page.getByRole('button', { name: desk.take })).toHaveCount(0);
  expect(await axeFinds(page)).toEqual([]);
  await row.getByRole('link', { name: items[0]!.title }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: items[0]!.title })).toBeFocused();
  await expect(page.getByRole('tab')).toHaveCount(0);
  await page.getByRole('textbox', { name: talk.label }).fill('Een uur is te lang. Wat is de norm?');
  await page.getByRole('button', { name: talk.place }).click();
  await expect(page.getByText('Een uur is te lang. Wat is de norm?').last()).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);

  // And an employee has no figures to go to.
  const employee = await (await as('employee')).newPage();
  await employee.goto('/figures');
  await expect(employee.getByRole('heading', { name: frame.notYours })).toBeVisible();
  await expect(employee.getByRole('link', { name: frame.figures })).toHaveCount(0);
});
