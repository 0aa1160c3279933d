import { axeFinds, expect, nobody, ownPath, test } from './fixtures.ts';
import { password } from './people.ts';

test('the writer of a mention is invited by a link that is copied, and is confirmed as its writer by hand', async ({
  as,
  browser,
  contextOptions,
  locale,
  baseURL,
  guarded,
  outside,
  words,
  follow,
}) => {
  test.setTimeout(90_000);
  const { border, circle, guests, invitation, people, talk } = words;
  const path = ownPath('schrijfster');
  const own = path.slice(1, -4);
  const [deputyName, writerName] = [`Dirk ${own}`, `Ans ${own}`] as const;
  const item = { id: path, title: `De brug ${path}`, html: '<p>Waarom is hij dicht?</p>', author: writerName };
  await follow(outside.feed(path, { title: `Blog ${path}`, items: [item] }), 1);
  await as('employee', deputyName);
  const browserOfHost = await as('communication', `Sanne ${own}`);
  await browserOfHost.grantPermissions(['clipboard-read', 'clipboard-write']);
  const host = await browserOfHost.newPage();

  await host.goto('/');
  await host.getByRole('link', { name: item.title }).click();
  await host.getByRole('button', { name: guests.inviteAuthor }).click();
  const dialog = host.getByRole('dialog');
  await expect(dialog.getByLabel(guests.name)).toHaveValue(writerName);
  await dialog.getByLabel(guests.reason).fill('Schreef over de brug');
  await dialog.getByLabel(guests.deputy).selectOption({ label: deputyName });
  expect(await axeFinds(host)).toEqual([]);
  await dialog.getByRole('button', { name: guests.make }).click();
  const shown = await dialog.getByRole('textbox', { name: people.link }).inputValue();
  await dialog.getByRole('button', { name: people.copy }).click();
  await expect(dialog.getByText(people.copied)).toBeVisible();
  expect(await host.evaluate(() => navigator.clipboard.readText())).toBe(shown);
  await dialog.getByRole('button', { name: people.done }).click();

  const visitor = await browser.newContext({
    ...contextOptions,
    ...(locale === undefined ? {} : { locale }),
    ...(baseURL === undefined ? {} : { baseURL }),
    storageState: nobody,
  });
  guarded(visitor);
  const writer = await visitor.newPage();
  await writer.goto(new URL(shown).pathname);
  await writer.getByLabel(words.signIn.email).fill(`${own}@buiten.example`);
  await writer.getByLabel(words.signIn.password).fill(password);
  await writer.getByRole('button', { name: invitation.comeIn }).click();

  // What the writer says bears that the invitation says so, until a host has confirmed it.
  const { mine } = await (await host.request.get('/api/circles')).json();
  const made = mine.find((one: { kind: string; standing: string }) => one.kind === 'closed' && one.standing === 'host');
  await writer.getByRole('textbox', { name: talk.label }).fill('Dat schreef ik.');
  await writer.getByRole('button', { name: border.placeIn(made.name) }).click();
  await writer.getByRole('button', { name: border.refused.frameRead }).click();
  const said = writer.locator('section[id^="r_"]').filter({ hasText: 'Dat schreef ik.' });
  await expect(said).toContainText(border.claims);

  await host.goto(`/circles/${made.id}`);
  await host.getByRole('link', { name: circle.settings }).click();
  const row = host.getByRole('listitem').filter({ hasText: guests.saysAuthor(writerName) });
  await row.getByRole('button', { name: guests.confirmAuthor }).click();
  await expect(host.getByRole('status').getByText(guests.authorConfirmed(writerName))).toBeVisible();
  const confirmed = host.getByRole('listitem').filter({ hasText: guests.isAuthor(writerName) });
  await expect(confirmed.getByRole('button', { name: guests.confirmAuthor })).toHaveCount(0);

  await writer.reload();
  await expect(said).not.toContainText(border.claims);
  await expect(said).toContainText(border.wrote(`Sanne ${own}`));
  await visitor.close();
});
