import { expect, ownPath, test } from './fixtures.ts';

test('a pasted address becomes a source, its message is announced, waits to be asked for, and opens', async ({
  page,
  outside,
  words,
  pollNow,
}, { project }) => {
  const path = ownPath('waardbode');
  const paper = `De Proefbode ${project.name}`;
  const first = {
    id: `brug-${path}`,
    title: `Brug ${path} blijft dicht`,
    html: '<p>De brug blijft nog drie weken dicht.</p>',
  };
  const address = outside.feed(path, { title: paper, items: [first] });

  await page.goto('/sources');
  await page.getByLabel(words.add.label).fill(address);
  await page.getByRole('button', { name: words.add.look, exact: true }).click();
  await expect(page.getByRole('radio').first()).toBeChecked();
  await expect(page.getByText(first.title)).toBeVisible();
  await page.getByRole('button', { name: words.add.add }).click();
  await expect(page.getByText(words.add.added(paper))).toBeVisible();
  await expect(page.getByRole('rowheader', { name: paper })).toBeVisible();

  await page.getByRole('link', { name: words.frame.stream }).first().click();
  await expect(
    page.getByRole('link', { name: first.title }).or(page.getByRole('button', { name: words.stream.showNew(1) })),
  ).toBeVisible();
  const announced = page.getByRole('button', { name: words.stream.showNew(1) });
  if (await announced.isVisible()) await announced.click();
  await expect(page.getByRole('link', { name: first.title })).toBeVisible();

  const second = {
    id: `pont-${path}`,
    title: `Pont ${path} vaart vrijdag`,
    html: '<p>Er komt een pont voor fietsers.</p>',
  };
  outside.feed(path, { title: paper, items: [second, first] });
  const { sources } = await (await page.request.get('/api/sources')).json();
  await pollNow(sources.find((source: { label: string }) => source.label === paper).id);
  await expect(announced).toBeVisible();
  await expect(page.getByRole('link', { name: second.title })).toHaveCount(0);
  await announced.click();
  await expect(page.getByRole('link', { name: second.title })).toBeFocused();

  await page.getByRole('link', { name: second.title }).click();
  await expect(page.getByRole('heading', { level: 1, name: second.title })).toBeFocused();
  await expect(page.getByText('Er komt een pont voor fietsers.')).toBeVisible();
  await expect(page).toHaveTitle(`${second.title} · Buitenwacht`);
  const original = page.getByRole('link', { name: words.thread.read(paper) });
  await expect(original).toHaveAttribute('rel', /noopener/);
  await expect(original).toHaveAttribute('target', '_blank');

  await page.goBack();
  await expect(page).toHaveTitle(`${words.stream.title} · Buitenwacht`);
  await expect(page.getByRole('link', { name: second.title })).toBeFocused();
});
