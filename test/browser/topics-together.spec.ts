import { axeFinds, expect, ownPath, test } from './fixtures.ts';
import { aFeed, ownWord } from './topics.ts';

test('what the sources say now is read at one click, and a source keeps only what a topic matches', async ({
  page,
  outside,
  words,
  follow,
  request,
  pollNow,
}) => {
  test.setTimeout(60_000);
  const path = ownPath('vers');
  const word = ownWord(path);
  const feed = aFeed(path, word);
  const address = outside.feed(path, feed);
  const sourceId = await follow(address, 3);
  const { bring, keeps, sources, question } = words;
  const made = await request.post('/api/topics', {
    data: { name: `Vers ${path}`, kind: 'theme', legalBasis: 'consent', query: word, sources: [sourceId] },
  });
  const { id } = await made.json();
  expect((await request.post(`/api/topics/${id}/start`, { data: {} })).status()).toBe(200);

  // Nothing of it is in yet: it is read there and then.
  const newer = { id: `vier${path}`, title: `Nieuws ${path}`, html: `<p>Straks gaat de ${word} weer open.</p>` };
  outside.feed(path, { ...feed, items: [newer, ...feed.items] });
  await page.goto(`/topics/${id}`);
  await expect(page.getByLabel(question.text)).toHaveValue(word);
  await page.getByRole('button', { name: bring.freshGet }).click();
  const fresh = page.getByRole('region', { name: bring.fresh });
  await expect(fresh.getByText(bring.freshFound(3, 4))).toBeVisible({ timeout: 25_000 });
  await expect(fresh.getByText(newer.title)).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);

  // From now on only what the topic matches is kept.
  await page.goto('/sources');
  await page.getByRole('button', { name: sources.manage(feed.title) }).click();
  await page.getByText(keeps.matched).click();
  await expect(page.getByText(keeps.changed(feed.title))).toBeVisible();
  const other = { id: `vijf${path}`, title: `Weer ${path}`, html: '<p>Morgen regent het.</p>' };
  outside.feed(path, { ...feed, items: [other, newer, ...feed.items] });
  await pollNow(sourceId);
  const kept = async () => (await (await request.get(`/api/sources/${sourceId}`)).json()).mentionCount;
  await expect.poll(kept, { timeout: 20_000 }).toBe(4);
  await page.goto(`/?source=${sourceId}`);
  await expect(page.getByRole('link', { name: newer.title })).toBeVisible();
  await expect(page.getByRole('link', { name: other.title })).toHaveCount(0);
});

test('who may not make topics reads them, and a colleague who was first is not overwritten', async ({
  page,
  as,
  words,
  request,
}) => {
  const path = ownPath('lezen');
  const word = ownWord(path);
  const { topics, topicForm, question, frame, versions } = words;
  const data = { name: `Lezen ${path}`, kind: 'theme', legalBasis: 'consent', query: word };
  const { id } = await (await request.post('/api/topics', { data })).json();
  await request.post(`/api/topics/${id}/start`, { data: {} });

  const reader = await (await as('employee')).newPage();
  await reader.goto('/topics');
  await expect(reader.getByRole('link', { name: topics.add })).toHaveCount(0);
  await reader.getByRole('main').getByRole('link', { name: data.name, exact: true }).click();
  await expect(reader.getByRole('heading', { level: 1, name: data.name })).toBeVisible();
  await expect(reader.getByRole('textbox')).toHaveCount(0);
  await expect(reader.getByText(word).first()).toBeVisible();
  expect(await axeFinds(reader)).toEqual([]);
  await reader.goto('/topics/new');
  await expect(reader.getByRole('heading', { name: frame.notYours })).toBeVisible();

  // Both change it; the second keeps what was typed, and chooses.
  await page.goto(`/topics/${id}`);
  const text = page.getByLabel(question.text);
  await text.press('End');
  await text.pressSequentially(' OR brug');
  await expect(text).toHaveValue(`${word} OR brug`);
  await expect(page.getByRole('button', { name: topics.save(2) })).toBeEnabled();
  const sources = null;
  const saved = await request.post(`/api/topics/${id}/versions`, {
    data: { after: 1, query: `${word} pont`, sources },
  });
  expect(saved.status()).toBe(201);
  await page.getByRole('button', { name: topics.save(2) }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await expect(text).toHaveValue(`${word} OR brug`);
  await page.reload();
  await expect(page.getByText(topics.meanwhile(1, 2))).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: topics.keepMine(3) }).click();
  await page.getByRole('button', { name: topics.save(3) }).click();
  await expect(page.getByText(topics.saved(3))).toBeVisible();
  await expect(page.getByRole('button', { name: versions.show(2, 3) })).toBeVisible();

  // Who changes only why it is there, follows what a colleague asks meanwhile.
  const purpose = page.getByLabel(topicForm.purpose);
  await purpose.fill('Bewoners op tijd antwoorden');
  await expect(page.getByText(topics.kept)).toBeVisible();
  await request.post(`/api/topics/${id}/versions`, { data: { after: 3, query: `${word} weer`, sources } });
  await page.reload();
  await expect(text).toHaveValue(`${word} weer`);
  await expect(purpose).toHaveValue('Bewoners op tijd antwoorden');
  await page.getByRole('button', { name: topics.saveRest, exact: true }).click();
  await expect(page.getByText(topics.savedRest, { exact: true })).toBeVisible();
});
