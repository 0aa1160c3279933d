import { sentences } from '#api/sentences.ts';
import { expect, ownPath, test } from './fixtures.ts';

test('a reply to what is gone meanwhile is refused in a sentence of its own, and its text is kept', async ({
  page,
  words,
}) => {
  const { talk } = words;
  const title = `Kort ${ownPath('weg')}`;
  await page.goto('/new');
  await page.getByLabel(talk.titleLabel).fill(title);
  await page.getByLabel(talk.textLabel).fill('Blijft niet lang.');
  await page.getByRole('button', { name: talk.begin }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  // Nothing is taken out of a circle yet; the answer to who may no longer see it is the one of what never was.
  const gone = { type: 'x', status: 404, code: 'not_found', ...sentences.not_found.nl };
  await page.route('**/api/threads/*/replies', (route) => route.fulfill({ status: 404, json: gone }));
  const box = page.getByRole('textbox', { name: talk.label });
  await box.fill('Daar heb ik nog iets over.');
  await page.getByRole('button', { name: talk.place }).click();
  const refusal = page.getByRole('alert').filter({ hasText: talk.refused.title });
  await expect(refusal).toContainText(talk.refused.gone);
  await expect(refusal).toContainText(talk.refused.kept);
  await expect(box).toHaveValue('Daar heb ik nog iets over.');
  await page.reload();
  await expect(box).toHaveValue('Daar heb ik nog iets over.');
});

test('two hundred thousand characters pasted stay in the composer, which says how many are too many', async ({
  page,
  outside,
  follow,
  words,
}) => {
  const { talk } = words;
  const path = ownPath('plak');
  await follow(outside.feed(path, { title: `Blad ${path}`, items: [{ id: path, title: `Stuk ${path}` }] }), 1);
  await page.goto('/');
  await page.getByRole('link', { name: `Stuk ${path}` }).click();
  const box = page.getByRole('textbox', { name: talk.label });
  const pasted = 'Een lange regel tekst. '.repeat(8_700).slice(0, 200_000);
  await box.fill(pasted);
  await expect(page.getByText(talk.tooLong(180_000))).toBeVisible();
  await expect(page.getByRole('button', { name: talk.place })).toBeDisabled();
  await expect(box).toHaveValue(pasted);
  await page.reload();
  await expect(box).toHaveValue(pasted);
  await box.fill(pasted.slice(0, 20_000));
  await page.getByRole('button', { name: talk.place }).click();
  await expect(box).toHaveValue('');
});

test('a tip that is no page says what is wrong with it, each in its own words, and what was filled in stays', async ({
  page,
  outside,
  words,
}) => {
  const { tips } = words;
  await page.goto('/tips');
  const give = page.getByRole('button', { name: tips.submit });
  await give.click();
  await expect(page.getByText(tips.nothing)).toBeVisible();
  const note = page.getByLabel(tips.note);
  await note.fill('Zag ik bij de bakker.');
  const said = new Set<string>();
  const refused = page.getByRole('status').filter({ hasText: tips.became.refused });
  for (const [n, address] of [
    `${outside.origin}/nergens`,
    outside.put(ownPath('beeld'), 'GIF89a', 'image/gif'),
  ].entries()) {
    await page.getByLabel(tips.address).fill(address);
    await give.click();
    await expect(refused).toBeVisible({ timeout: 20_000 });
    await expect.poll(async () => said.add((await refused.textContent()) ?? '').size).toBe(n + 1);
    await expect(page.getByLabel(tips.address)).toHaveValue(address);
    await expect(note).toHaveValue('Zag ik bij de bakker.');
  }
  // What cannot be asked for at all is refused at its field, at once.
  await page.getByLabel(tips.address).fill('geen adres');
  await give.click();
  await expect(page.getByLabel(tips.address)).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel(tips.address)).toHaveValue('geen adres');
});
