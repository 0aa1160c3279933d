import type { Page } from '@playwright/test';
import { expect, ownPath, test } from './fixtures.ts';

test('a day without a mouse: read, react, take, answer, tip, begin', async ({ as, outside, follow, words }) => {
  test.setTimeout(90_000);
  const path = ownPath('toetsen');
  const colleague = `Ravi ${path.slice(1, -4)}`;
  await as('communication', colleague);
  const items = ['een', 'twee'].map((name, n) => ({
    id: `${name}${path}`,
    title: `Stuk ${name} ${path}`,
    html: `<p>Wie weet hier iets van (${name})?</p>`,
    at: new Date(Date.now() - (n + 1) * 3_600_000),
  }));
  const source = await follow(outside.feed(path, { title: `Forum ${path}`, items }), 2, { desk: true });
  const page = await (await as('communication', 'Sanne de Wit')).newPage();
  const { keyboard } = page;
  const { desk, talk, tips, stream } = words;

  // Through the stream to the second, and a reaction with a name in it.
  await page.goto(`/?source=${source}`);
  await expect(page.getByRole('article')).toHaveCount(2);
  await keyboard.press('j');
  await keyboard.press('j');
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: items[1]!.title })).toBeFocused();
  await keyboard.press('r');
  const box = page.getByRole('textbox', { name: talk.label });
  await expect(box).toBeFocused();
  await keyboard.type(`@${colleague.slice(0, 8)}`);
  await expect(page.getByRole('option', { name: colleague })).toBeVisible();
  await keyboard.press('Enter');
  await keyboard.type('weet jij dit?');
  await keyboard.press('Control+Enter');
  await expect(page.getByText(`@${colleague} weet jij dit?`).last()).toBeVisible();
  await expect(box).toHaveValue('');

  // From the field back to the page, and what is to be answered is taken and answered.
  await tabTo(page, page.getByRole('button', { name: desk.moreActions, exact: true }).last(), 'Shift+Tab');
  await keyboard.press('c');
  await expect(page.getByText(desk.taken)).toBeVisible();
  await keyboard.press('e');
  const answer = page.getByRole('textbox', { name: desk.answer.label });
  await expect(answer).toBeFocused();
  await keyboard.type('Wij weten het: donderdag.');
  await keyboard.press('Control+Enter');
  await expect(page.getByText(desk.answeredNow)).toBeVisible();

  // At the desk the other is walked to and taken where it stands.
  await tabTo(page, page.getByRole('button', { name: desk.moreActions, exact: true }).last(), 'Shift+Tab');
  await keyboard.press('g');
  await keyboard.press('d');
  await expect(page.getByRole('heading', { level: 1, name: desk.title })).toBeVisible();
  const row = page.getByRole('listitem').filter({ hasText: items[0]!.title });
  await expect(row).toContainText(desk.nobody);
  await keyboard.press('j');
  for (let step = 0; step < 20 && !(await row.getByRole('link').first().evaluate(isFocused)); step += 1)
    await keyboard.press('j');
  await keyboard.press('c');
  await expect(page.getByText(desk.taken)).toBeVisible();
  await expect(row).toContainText(desk.you);

  // A tip and a conversation, from field to field.
  await keyboard.press('g');
  await keyboard.press('t');
  await expect(page.getByRole('heading', { level: 1, name: tips.title })).toBeVisible();
  await tabTo(page, page.getByLabel(tips.text), 'Tab');
  await keyboard.type(`Op het bord bij ${path} staat dat de sluis tot maandag dicht is.`);
  await tabTo(page, page.getByRole('button', { name: tips.submit }), 'Tab');
  await keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: tips.thanks })).toBeVisible({ timeout: 20_000 });
  await keyboard.press('g');
  await keyboard.press('n');
  await expect(page.getByRole('heading', { level: 1, name: talk.newTitle })).toBeFocused();
  await tabTo(page, page.getByLabel(talk.titleLabel), 'Tab');
  await keyboard.type(`Wie hing dat op, ${path}?`);
  await tabTo(page, page.getByLabel(talk.textLabel), 'Tab');
  await keyboard.type('Ik zag het vanmorgen.');
  await keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: `Wie hing dat op, ${path}?` })).toBeFocused();
  await keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: stream.title })).toBeVisible();
});

const isFocused = (element: Element) => element === document.activeElement;

/** Goes by Tab or back to where something stands, which has to be near. */
async function tabTo(page: Page, to: ReturnType<Page['getByRole']>, key: 'Tab' | 'Shift+Tab'): Promise<void> {
  for (let step = 0; step < 40; step += 1) {
    if (await to.evaluate(isFocused)) return;
    await page.keyboard.press(key);
  }
  await expect(to).toBeFocused();
}
