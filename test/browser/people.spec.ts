import { inDays } from '#test/days.ts';
import { axeFinds, expect, ownPath, test } from './fixtures.ts';

test('people come in by a file, are something from a day until a day, leave and return, and the log finds them', async ({
  page,
  request,
  words,
}) => {
  test.setTimeout(120_000);
  const { people, relations, audit } = words;
  const own = ownPath('mensen').slice(1, -4);
  const [guest, name, circle] = [`Gerda ${own}`, `Pim ${own}`, `Kade ${own}`];
  const row = (who: string) => page.getByRole('row').filter({ hasText: who });
  const dialog = page.getByRole('dialog');

  // A file with a mistake changes nothing; without it everybody in it is there.
  await page.goto('/people');
  await page.getByRole('button', { name: people.import }).click();
  const csv = (role: string) => ({
    name: 'mensen.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`name,email,role,department\n${name},${own}@lindewaard.example,${role},Havens\n`),
  });
  await dialog.getByLabel(people.chooseFile).setInputFiles(csv('koning'));
  await expect(dialog.getByText(people.wrongLines(1))).toBeVisible();
  await expect(dialog.getByRole('row').filter({ hasText: name })).toContainText('role');
  await expect(dialog.getByRole('button', { name: people.importNone, exact: true })).toBeDisabled();
  expect(await axeFinds(page)).toEqual([]);
  await dialog.getByLabel(people.chooseFile).setInputFiles(csv('employee'));
  await dialog.getByRole('button', { name: people.importNow(1) }).click();
  await expect(dialog.getByRole('heading', { name: people.imported(1) })).toBeVisible();
  const saved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: people.saveLinks }).click();
  expect((await saved).suggestedFilename()).toBe('buitenwacht-links.csv');
  await dialog.getByRole('button', { name: people.done }).click();

  // Somebody from outside, for a while.
  await page.getByRole('button', { name: people.add, exact: true }).click();
  await dialog.getByLabel(people.name, { exact: true }).fill(guest);
  await dialog.getByLabel(people.email).fill(`gerda-${own}@buiten.example`);
  await dialog.getByLabel(people.relationKind, { exact: true }).selectOption('expert');
  await dialog.getByLabel(people.until).fill(inDays(30));
  await expect(dialog.getByText(people.roleCountsNot)).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);
  await dialog.getByRole('button', { name: people.add, exact: true }).click();
  await expect(dialog.getByRole('heading', { name: people.linkTitle(guest) })).toBeVisible();
  await dialog.getByRole('button', { name: people.done }).click();
  await page.getByRole('searchbox', { name: people.search }).fill(own);
  await expect(row(guest)).toContainText(relations.now.expert);
  await expect(row(guest)).toContainText(relations.guest);

  // Another relation beside it, with days of its own.
  await page.getByRole('button', { name: people.manage(guest) }).click();
  await page.getByRole('button', { name: people.addRelation }).click();
  const second = (label: string) => page.getByLabel(`${label}, ${people.relationNumber(2)}`);
  await second(people.relationKind).selectOption('partner');
  await second(people.since).fill(inDays(-10));
  await second(people.until).fill(inDays(10));
  await page.getByRole('button', { name: people.saveRelations }).click();
  await expect(page.getByText(people.relationsSaved(guest))).toBeVisible();
  await expect(row(guest).first()).toContainText(relations.now.partner);
  await page.getByRole('button', { name: people.manage(guest) }).click();

  // Who leaves may stay in a circle as agreed, and is back with all of it.
  const found = await (await request.get(`/api/people?search=${encodeURIComponent(name)}`)).json();
  const { me } = await (await request.get('/api/session')).json();
  const word = 'Hoe gaat het met de kade?';
  const frame = { question: word, inScope: word, outOfScope: word, result: word, houseRule: word, endsOn: inDays(90) };
  const deputies = [found.people[0].id];
  const opened = await request.post('/api/circles', {
    headers: { 'idempotency-key': crypto.randomUUID() },
    data: {
      kind: 'closed',
      name: circle,
      frame: { ...frame, afterEnd: 'read' },
      hosts: [me.id],
      deputies,
      members: [],
    },
  });
  expect(opened.status()).toBe(201);
  await page.getByRole('button', { name: people.manage(name) }).click();
  await page.getByRole('button', { name: people.letLeave }).click();
  const its = dialog.getByRole('listitem').filter({ hasText: circle });
  await expect(its).toContainText(people.circleEnds);
  await its.getByLabel(people.staysAsGuest).check();
  await expect(its).toContainText(people.circleStays);
  await dialog.getByLabel(people.keepsOwn).check();
  await dialog.getByRole('button', { name: people.letLeave }).click();
  await expect(dialog).toBeHidden();
  await expect(row(name).first()).toContainText(people.leaves('').trim());
  await page.getByRole('button', { name: people.takeBack }).click();
  await expect(dialog.getByText(circle)).toBeVisible();
  await dialog.getByRole('button', { name: people.takeBack }).click();
  await expect(page.getByText(people.tookBack(name))).toBeVisible();
  await expect(row(name).first()).toContainText(words.roles.employee);

  // The log finds whoever is looked for, in its lines or not.
  await page.goto('/people/log');
  await page.getByRole('searchbox', { name: audit.who }).fill(guest);
  await page.getByRole('button', { name: guest, exact: true }).click();
  await expect(page.getByText(audit.actions['relation.changed'](me.name, guest))).toBeVisible();
  await expect(page.getByText(name)).toHaveCount(0);
  await expect(page).toHaveURL(/person=p_/);
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: audit.everybodyAgain(guest) }).click();
  await expect(page.getByRole('searchbox', { name: audit.who })).toBeFocused();
});
