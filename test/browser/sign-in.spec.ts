import type { Page } from '@playwright/test';
import { request } from '@playwright/test';
import { sentences } from '#api/sentences.ts';
import { axeFinds, expect, nobody, ownMenu, ownPath, test } from './fixtures.ts';
import { password } from './people.ts';
import { startServer } from './server.ts';

test('on an empty server the first to come names the organisation and begins at the sources', async ({
  browser,
  words,
}) => {
  test.setTimeout(90_000);
  const server = await startServer();
  const context = await browser.newContext({ baseURL: server.url, storageState: nobody });
  try {
    const page = await context.newPage();
    const { firstPerson, signIn } = words;
    await page.goto('/desk');
    await expect(page.getByRole('heading', { name: firstPerson.title })).toBeVisible();
    expect(await axeFinds(page)).toEqual([]);
    await page.getByLabel(firstPerson.organisation).fill('Gemeente Lindewaard');
    await page.getByLabel(firstPerson.name).fill('Henk Postma');
    await page.getByLabel(firstPerson.email).fill('henk@lindewaard.example');
    await page.getByLabel(signIn.password, { exact: true }).fill('te kort');
    await page.getByRole('button', { name: firstPerson.submit }).click();
    await expect(page.getByLabel(signIn.password, { exact: true })).toBeFocused();
    await expect(page.getByLabel(firstPerson.name)).toHaveValue('Henk Postma');
    expect(await axeFinds(page)).toEqual([]);
    await page.getByLabel(signIn.password, { exact: true }).fill(password);
    await page.getByRole('button', { name: firstPerson.submit }).click();
    await expect(page.getByRole('heading', { name: words.sources.emptyTitle })).toBeVisible();
    await page.goto('/');
    await expect(page.getByRole('heading', { name: words.stream.emptyTitle })).toBeVisible();
    expect(await axeFinds(page)).toEqual([]);
  } finally {
    await context.close();
    await server.close();
  }
});

test.describe('a visitor', () => {
  test.use({ storageState: nobody });

  test('is told when address and password do not match, and goes on at the address they wanted', async ({
    page,
    words,
  }) => {
    const { signIn } = words;
    await page.goto('/tips?text=iets');
    await expect(page.getByRole('heading', { name: signIn.title })).toBeVisible();
    expect(await axeFinds(page)).toEqual([]);
    await page.getByLabel(signIn.email).fill('henk@lindewaard.example');
    await page.getByLabel(signIn.password, { exact: true }).fill('iets heel anders');
    await page.getByRole('button', { name: signIn.submit }).click();
    await expect(page.getByRole('alert')).toContainText(sentences.wrong_credentials.nl.title);
    await expect(page.getByLabel(signIn.email)).toHaveValue('henk@lindewaard.example');
    expect(await axeFinds(page)).toEqual([]);
    await page.getByLabel(signIn.password, { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: words.tips.title })).toBeVisible();
    await expect(page.getByLabel(words.tips.text)).toHaveValue('iets');
  });
});

test('a colleague is added, comes in by the link, which says so when it is opened again', async ({
  page,
  browser,
  words,
}) => {
  const { people, link, signIn } = words;
  const path = ownPath('link').slice(1, -4);
  await page.goto('/people');
  await page.getByRole('button', { name: people.add }).click();
  const adding = page.getByRole('dialog', { name: people.addTitle });
  await adding.getByLabel(people.name).fill(`Marja ${path}`);
  await adding.getByLabel(people.email).fill('henk@lindewaard.example');
  expect(await axeFinds(page)).toEqual([]);
  await adding.getByRole('button', { name: people.add }).click();
  // An address that exists: said at the field, and what was typed stays.
  await expect(adding.getByText(sentences.email_exists.nl.title).first()).toBeVisible();
  await expect(adding.getByLabel(people.name)).toHaveValue(`Marja ${path}`);
  await adding.getByLabel(people.email).fill(`${path}@lindewaard.example`);
  await adding.getByRole('button', { name: people.add }).click();
  const shown = page.getByRole('dialog', { name: people.linkTitle(`Marja ${path}`) });
  const address = await shown.getByLabel(people.link).inputValue();
  expect(await axeFinds(page)).toEqual([]);
  await shown.getByRole('button', { name: people.done }).click();
  await expect(page.getByText(`Marja ${path}`).first()).toBeVisible();
  await page.getByRole('button', { name: people.manage(`Marja ${path}`) }).click();
  expect(await axeFinds(page)).toEqual([]);

  const visitor = await browser.newContext({ storageState: nobody });
  const theirs = await visitor.newPage();
  await theirs.goto(address);
  await expect(theirs.getByRole('heading', { name: link.welcome(`Marja ${path}`) })).toBeVisible();
  expect(await axeFinds(theirs)).toEqual([]);
  await theirs.getByLabel(signIn.password, { exact: true }).fill(password);
  await theirs.getByRole('button', { name: link.submit }).click();
  await expect(theirs.getByRole('heading', { name: words.stream.title })).toBeVisible();
  await visitor.close();

  for (const [to, says] of [
    [address, sentences.link_used.nl.title],
    [`${address.slice(0, -6)}AAAAAA`, link.unknown],
  ] as const) {
    const late = await browser.newContext({ storageState: nobody });
    const again = await late.newPage();
    await again.goto(to);
    await expect(again.getByRole('heading', { level: 1 })).toContainText(says);
    expect(await axeFinds(again)).toEqual([]);
    await again.getByRole('link', { name: link.toSignIn }).click();
    await expect(again.getByRole('heading', { name: signIn.title })).toBeVisible();
    await late.close();
  }
});

test('a session that ends elsewhere asks to sign in over the page, and what was written stays', async ({
  as,
  outside,
  follow,
  words,
}) => {
  const path = ownPath('sessie');
  await follow(outside.feed(path, { title: `Blad ${path}`, items: [{ id: path, title: `Stuk ${path}` }] }), 1);
  const context = await as('employee', `Joris ${path}`);
  const page = await context.newPage();
  await page.goto('/');
  await page.getByRole('link', { name: `Stuk ${path}` }).click();
  const box = page.getByRole('textbox', { name: words.talk.label });
  await box.fill('Dit was ik aan het schrijven.');
  await elsewhere(page, 'DELETE', '/api/me/sessions');
  const dialog = page.getByRole('dialog', { name: words.signIn.again });
  await expect(dialog).toBeVisible({ timeout: 15_000 });
  expect(await axeFinds(page)).toEqual([]);
  await dialog.getByLabel(words.signIn.password, { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(box).toHaveValue('Dit was ik aan het schrijven.');
  await page.getByRole('button', { name: words.talk.place }).click();
  await expect(page.getByText('Dit was ik aan het schrijven.').last()).toBeVisible();
  await expect(box).toHaveValue('');
});

test('whoever is deactivated is out at once, in every browser', async ({ as, page, words }) => {
  const name = `Ex ${ownPath('uit').slice(1, -4)}`;
  const theirs = await (await as('manager', name)).newPage();
  await theirs.goto('/desk');
  await expect(theirs.getByRole('heading', { level: 1, name: words.desk.title })).toBeVisible();
  await page.goto('/people');
  await page.getByRole('button', { name: words.people.manage(name) }).click();
  await page.getByRole('button', { name: words.people.deactivate }).click();
  await expect(page.getByText(words.people.deactivated(name))).toBeVisible();
  const dialog = theirs.getByRole('dialog', { name: words.signIn.again });
  await expect(dialog).toBeVisible({ timeout: 15_000 });
  await dialog.getByLabel(words.signIn.password, { exact: true }).fill(password);
  await theirs.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toBeVisible();
  expect((await theirs.request.get('/api/stream')).status()).toBe(401);
});

test('signing out leaves nothing of the page', async ({ as, words }) => {
  const page = await (await as('employee')).newPage();
  await page.goto('/tips');
  await page.goto('/desk');
  await ownMenu(page, words).click();
  await page.getByRole('button', { name: words.frame.signOut }).click();
  await expect(page.getByRole('heading', { name: words.signIn.title })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: words.signIn.title })).toBeVisible();
});

/** Asks as the same person from another browser than theirs. */
async function elsewhere(page: Page, method: string, path: string): Promise<void> {
  const baseURL = new URL(page.url()).origin;
  const other = await request.newContext({ baseURL, storageState: await page.context().storageState() });
  const answer = await other.fetch(path, { method });
  expect(answer.ok(), await answer.text()).toBe(true);
  await other.dispose();
}
