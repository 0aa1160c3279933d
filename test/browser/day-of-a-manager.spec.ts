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

test('a manager follows a figure to exactly the stories that it counts, by chart and by table', async ({
  as,
  outside,
  follow,
  words,
}) => {
  test.setTimeout(60_000);
  const path = ownPath('verhalen');
  const items = Array.from({ length: 24 }, (_, n) => ({
    id: `${path}-${n}`,
    title: `Verhaal ${n} van ${path}`,
    html: `<p>Nummer ${n} gaat over straat ${n * 7} en verder nergens over.</p>`,
  }));
  const sourceId = await follow(outside.feed(path, { title: `Krant ${path}`, items }), items.length);
  const page = await (await as('manager', 'Fatima El Idrissi')).newPage();
  const { figures } = words;

  await page.goto(`/figures?source=${sourceId}`);
  const perDay = page.getByRole('region').first();
  await expect(page.getByText(String(items.length)).first()).toBeVisible();
  const days = perDay.getByRole('group').getByRole('link');
  const told = await days.evaluateAll((links) => links.map((link) => link.getAttribute('aria-label') ?? ''));
  expect(told.filter((label) => label.includes(String(items.length)))).toHaveLength(1);
  expect(await axeFinds(page)).toEqual([]);

  // The same in the table, by keyboard: one stop for the chart, then its twin.
  await perDay.getByRole('button', { name: figures.table }).focus();
  await page.keyboard.press('Enter');
  await expect(perDay.getByRole('table')).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);
  await perDay
    .getByRole('table')
    .getByRole('link', { name: new RegExp(`\\b${items.length}\\b`) })
    .first()
    .click();

  await expect(page).toHaveURL(/side=outside/);
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\d/);
  for (const { title } of [items[0]!, items.at(-1)!])
    await expect(page.getByRole('link', { name: title, exact: true })).toBeAttached();
  await expect(page.getByRole('link', { name: new RegExp(`^Verhaal \\d+ van ${path}$`) })).toHaveCount(items.length);
});
