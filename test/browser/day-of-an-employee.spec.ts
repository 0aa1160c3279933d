import { axeFinds, expect, ownPath, test } from './fixtures.ts';

test('an employee reads, reacts with a name and a quote, takes back, follows, begins, and tips', async ({
  as,
  outside,
  follow,
  words,
}) => {
  test.setTimeout(90_000);
  const path = ownPath('dag');
  const colleague = `Sanne ${path.slice(1, -4)}`;
  const bridge = {
    id: `brug${path}`,
    title: `Brug ${path} dicht`,
    html: '<p>De brug blijft nog drie weken dicht.</p>',
  };
  const ferry = { id: `pont${path}`, title: `Pont ${path} vaart`, html: '<p>Er komt een pont voor fietsers.</p>' };
  const source = await follow(outside.feed(path, { title: `Bode ${path}`, items: [bridge, ferry] }), 2);
  const sanne = await (await as('communication', colleague)).newPage();
  const page = await (await as('employee', 'Joris Aalbers')).newPage();
  const { talk, stream, tips, frame, desk, thread } = words;

  // Reads.
  await page.goto(`/?source=${source}`);
  await expect(page.getByRole('article')).toHaveCount(2);
  await page.getByRole('link', { name: bridge.title }).click();
  await expect(page.getByRole('heading', { level: 1, name: bridge.title })).toBeVisible();
  await expect(page.getByRole('tab')).toHaveCount(0);
  await expect(page.getByRole('button', { name: desk.take })).toHaveCount(0);

  // Reacts, with the words of the message and the name of a colleague.
  await page.getByRole('button', { name: talk.cite, exact: true }).click();
  const box = page.getByRole('textbox', { name: talk.label });
  await expect(box).toBeFocused();
  await box.pressSequentially(`@${colleague.slice(0, 9)}`);
  await page.getByRole('option', { name: colleague }).click();
  await box.pressSequentially('weten wij hier iets van?');
  expect(await axeFinds(page)).toEqual([]);
  await page.reload();
  await expect(box).toHaveValue(`@${colleague} weten wij hier iets van?`);
  await expect(page.getByText(talk.cited(`Bode ${path}`))).toBeVisible();
  await page.getByRole('button', { name: talk.place }).click();
  const said = page.getByText('weten wij hier iets van?').last();
  await expect(said).toContainText(`@${colleague}`);
  await expect(page.locator('figure').getByText('De brug blijft nog drie weken dicht.')).toBeVisible();
  await expect(box).toHaveValue('');

  // Changes it, takes a second one back.
  await page.getByRole('button', { name: talk.edit }).click();
  await page.getByRole('textbox', { name: talk.label }).first().pressSequentially(' Ik zie het net.');
  await page.getByRole('button', { name: talk.save }).click();
  await expect(page.getByText('weten wij hier iets van? Ik zie het net.').last()).toBeVisible();
  await expect(page.getByText(talk.edited('').trim())).toBeVisible();
  await box.fill('Dit hoort hier niet.');
  await page.getByRole('button', { name: talk.place }).click();
  await expect(page.getByRole('button', { name: talk.withdraw })).toHaveCount(2);
  await page.getByRole('button', { name: talk.withdraw }).last().click();
  await expect(page.getByText(talk.withdrawSure)).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: talk.withdraw }).last().click();
  await expect(page.getByText('Dit hoort hier niet.')).toHaveCount(0);
  await expect(page.getByText(talk.withdrawn).first()).toBeVisible();

  // Whoever was named finds it, and answers; it arrives by itself.
  await sanne.goto('/?mine=true');
  await sanne.getByRole('link', { name: bridge.title }).click();
  await expect(sanne.getByText('weten wij hier iets van? Ik zie het net.').last()).toBeVisible();
  await sanne.getByRole('textbox', { name: talk.label }).fill('Ja, ik vraag het na.');
  await sanne.getByRole('button', { name: talk.place }).click();
  await expect(page.getByText('Ja, ik vraag het na.')).toBeVisible();

  // Follows another.
  await page.goto(`/?source=${source}`);
  await page.getByRole('link', { name: ferry.title }).click();
  await page.getByRole('article').getByRole('button', { name: desk.moreActions }).last().click();
  await page.getByRole('button', { name: talk.follow }).click();
  await expect(page.getByText(talk.following)).toBeVisible();
  await page.goto('/?mine=true');
  await expect(page.getByRole('link', { name: ferry.title })).toBeVisible();
  await expect(page.getByRole('link', { name: bridge.title })).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);

  // Begins a conversation of their own.
  await page.getByRole('link', { name: talk.openNew }).click();
  await page.getByLabel(talk.titleLabel).fill(`Wie weet iets van ${path}?`);
  await page.getByLabel(talk.textLabel).fill('Er belde iemand over de pont.');
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: talk.begin }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Wie weet iets van ${path}?` })).toBeVisible();
  await expect(page.getByText('Er belde iemand over de pont.').last()).toBeVisible();
  await page.goto('/?side=inside');
  await expect(page.getByRole('link', { name: `Wie weet iets van ${path}?` })).toBeVisible();

  // Gives a tip, and sees what became of it.
  const seen = outside.put(
    `${path}.html`,
    `<!doctype html><html lang="nl"><title>Gezien ${path}</title><main><article><h1>Gezien ${path}</h1>
      <p>Bij de sluis staat al een week een bord dat niemand begrijpt, schrijft een bewoner van de overkant.</p></article></main>`,
  );
  await page
    .getByRole('link', { name: frame.giveTip })
    .or(page.getByRole('link', { name: frame.tip }))
    .first()
    .click();
  await page.getByLabel(tips.address).fill(seen);
  await page.getByLabel(tips.note).fill('Zag ik bij de bakker.');
  await page.getByRole('button', { name: tips.submit }).click();
  const outcome = page.getByRole('status').filter({ hasText: tips.became.new });
  await expect(outcome).toBeVisible({ timeout: 20_000 });
  expect(await axeFinds(page)).toEqual([]);
  await outcome.getByRole('link', { name: tips.read }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Gezien ${path}` })).toBeVisible();
  await expect(page.getByText(desk.events.tipped('Joris Aalbers'))).toBeVisible();
  await sanne.goto(new URL(page.url()).pathname);
  await sanne.getByRole('button', { name: desk.take }).click();
  await expect(sanne.getByText(desk.taken)).toBeVisible();
  await page.goto('/tips');
  await expect(page.getByText(tips.cases.taken(colleague))).toBeVisible();

  // Everything they wrote is theirs.
  await page.goto('/me');
  await expect(page.getByRole('heading', { level: 1, name: words.me.title })).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: words.me.download }).click();
  expect((await download).suggestedFilename()).toMatch(/\.\w+$/);
  await page.goto('/people');
  await expect(page.getByRole('heading', { name: frame.notYours })).toBeVisible();
  await expect(page.getByText(thread.failed)).toHaveCount(0);
  await expect(page.getByText(stream.failed)).toHaveCount(0);
});
