import type { Locator, Page } from '@playwright/test';
import type { Words } from '#dashboard/words/nl.ts';
import { axeFinds, expect, ownPath, test } from './fixtures.ts';
import { aFeed, ownWord } from './topics.ts';

async function addWord(page: Page, words: Words, row: string, word: string): Promise<void> {
  await page.getByRole('button', { name: words.question.addWordTo(row) }).click();
  await page.keyboard.type(word);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
}

/** A sentence of which ** makes a part bold, as it reads. */
const plain = (sentence: string) => sentence.replaceAll('**', '');

const preview = (page: Page, words: Words): Locator =>
  page.getByRole('region', { name: words.bring.title, exact: true });

test('a topic is made of words, tried, applied to thirty days, read, explained, judged, changed and taken back', async ({
  page,
  outside,
  words,
  follow,
}) => {
  test.setTimeout(120_000);
  const path = ownPath('onderwerp');
  const word = ownWord(path);
  const feed = aFeed(path, word);
  await follow(outside.feed(path, feed), 3);
  const { topics, question, topicForm, topicActs, topicRun, bring, found, versions } = words;
  const name = `Brug ${path}`;

  await page.goto('/topics');
  await page.getByRole('link', { name: topics.add }).click();
  await expect(page.getByRole('heading', { level: 1, name: topics.newTitle })).toBeVisible();
  await expect(page.getByText(bring.waiting)).toBeVisible();

  // Words become text, text becomes words.
  await page.getByLabel(topicForm.name).fill(name);
  await addWord(page, words, question.any, word);
  const text = page.getByLabel(question.text);
  await expect(text).toHaveValue(word);
  await expect(preview(page, words)).toContainText(bring.sampleOf(2, 2));
  await expect(preview(page, words).locator('mark').first()).toHaveText(word);
  await addWord(page, words, question.not, 'galerie');
  await expect(text).toHaveValue(/galerie$/);
  await expect(preview(page, words)).toContainText(bring.sampleOf(1, 1));
  await page.getByRole('button', { name: question.without('galerie') }).click();
  await expect(text).toHaveValue(word);
  await text.fill(`${word} (dicht OR open)`);
  const also = page.getByRole('group', { name: question.also });
  await expect(also.getByText('open', { exact: true })).toBeVisible();
  await expect(preview(page, words)).toContainText(bring.sampleOf(2, 2));

  // What is wrong is said under the text, and what rows cannot say stays text.
  await text.fill(`${word} (dicht OR`);
  await expect(text).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText(question.wrong)).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);
  await text.fill(`${word} (dicht OR (open weer))`);
  await expect(page.getByText(question.tooMuch)).toBeVisible();
  await expect(text).not.toHaveAttribute('aria-invalid', 'true');

  // A reload loses nothing.
  await text.fill(word);
  await page.reload();
  await expect(page.getByLabel(topicForm.name)).toHaveValue(name);
  await expect(text).toHaveValue(word);
  await preview(page, words).getByRole('button', { name: words.figures.table }).click();
  await expect(preview(page, words).getByRole('row', { name: new RegExp(`${bring.today} 2`) })).toBeVisible();
  await preview(page, words).getByRole('button', { name: bring.why }).first().click();
  await expect(preview(page, words)).toContainText(plain(bring.because(bring.word(word, question.any.toLowerCase()))));

  // Made, and without a legal basis it does not begin.
  await page.getByRole('button', { name: topics.make }).click();
  await expect(page).toHaveURL(/\/topics\/o_/);
  await expect(page.getByRole('button', { name: topicActs.start })).toBeDisabled();
  await expect(page.getByText(topicActs.missing['legal-basis'])).toBeVisible();
  await page.getByLabel(topicForm.basis).selectOption('public-task');
  await page.getByRole('button', { name: topics.saveRest, exact: true }).click();
  await page.getByRole('button', { name: topicActs.start }).click();
  const dialog = page.getByRole('dialog');
  expect(await axeFinds(page)).toEqual([]);
  await dialog.getByRole('button', { name: topicActs.start }).click();
  await expect(page.getByText(topicRun.done(1, 30, 2, 0))).toBeVisible();
  const topicUrl = page.url();

  // Its stories, and why one is there.
  await page.getByRole('link', { name: topics.open }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(2);
  const streamUrl = page.url();
  await page.getByRole('link', { name: `Galerie ${path}` }).click();
  const mark = page.getByRole('link', { name: found.by(name) });
  await expect(mark).toBeVisible();
  await page
    .getByRole('button', { name: words.thread.why })
    .or(page.getByRole('button', { name: words.thread.whyShort }))
    .click();
  await expect(page.getByText(found.words(`‘${word}’`))).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);

  // Not about us: gone from the stream, and back again.
  await page.getByRole('button', { name: found.notUs }).click();
  await expect(page.getByText(found.said(name))).toBeVisible();
  await expect(mark).toHaveCount(0);
  await page.goto(streamUrl);
  await expect(page.getByRole('article')).toHaveCount(1);
  await page.goBack();
  await page
    .getByRole('button', { name: words.thread.why })
    .or(page.getByRole('button', { name: words.thread.whyShort }))
    .click();
  await page.getByRole('button', { name: found.isUs }).click();
  await expect(page.getByText(found.takenBack(name))).toBeVisible();
  await expect(mark).toBeVisible();
  await page.goto(streamUrl);
  await expect(page.getByRole('article')).toHaveCount(2);

  // A second version takes one away; undone and gone back to, everything is as it was.
  await page.goto(topicUrl);
  await addWord(page, words, question.not, 'galerie');
  await expect(page.getByText(topicForm.would(0, 1))).toBeVisible();
  await page.getByLabel(topicForm.note).fill('Zonder de galerie');
  await page.getByRole('button', { name: topics.save(2) }).click();
  await expect(page.getByText(topicRun.done(2, 30, 0, 1))).toBeVisible();
  await page.getByRole('button', { name: versions.show(1, 2) }).click();
  await expect(page.getByText(versions.unwanted('galerie'), { exact: true })).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: topicRun.undo }).click();
  await expect(page.getByText(topicRun.undone(2))).toBeVisible();
  await page.getByRole('button', { name: topicRun.applyAgain }).click();
  await expect(page.getByText(topicRun.done(2, 30, 0, 1))).toBeVisible();
  await page.getByRole('button', { name: topicRun.undo }).click();
  await expect(page.getByText(topicRun.undone(2))).toBeVisible();
  await page.getByRole('button', { name: versions.goBackOf(1) }).click();
  await dialog.getByRole('button', { name: versions.goBackOf(1) }).click();
  await expect(page.getByText(topics.saved(3))).toBeVisible();
  await expect(text).toHaveValue(word);
});
