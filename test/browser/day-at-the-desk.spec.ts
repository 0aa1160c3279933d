import { axeFinds, expect, ownPath, test } from './fixtures.ts';

test('at the desk one takes, the other hears it at once; they hand over, answer, decline and reopen', async ({
  as,
  outside,
  follow,
  words,
}) => {
  test.setTimeout(90_000);
  const path = ownPath('balie');
  const [first, second] = [`Sanne ${path.slice(1, -4)}`, `Ravi ${path.slice(1, -4)}`];
  const items = ['Bord', 'Stoep', 'Loket'].map((name, n) => ({
    id: `${name}${path}`,
    title: `${name} ${path}`,
    html: `<p>Wanneer doet iemand hier iets aan? (${name})</p>`,
    at: new Date(Date.now() - (9 - n) * 3_600_000),
  }));
  const [board, kerb, counter] = items as [(typeof items)[0], (typeof items)[0], (typeof items)[0]];
  await follow(outside.feed(path, { title: `Forum ${path}`, items }), 3, { desk: true });
  const sanne = await (await as('communication', first)).newPage();
  const ravi = await (await as('communication', second)).newPage();
  const { desk, talk, frame } = words;
  const row = (page: typeof sanne, title: string) => page.getByRole('listitem').filter({ hasText: title });

  // What waits, longest first; taken with one click, seen by the other at once.
  await sanne.goto('/desk');
  await ravi.goto('/desk');
  await expect(row(ravi, board.title)).toContainText(desk.nobody);
  expect(await axeFinds(sanne)).toEqual([]);
  await row(sanne, board.title).getByRole('button').click();
  await expect(sanne.getByText(desk.taken)).toBeVisible();
  await expect(row(ravi, board.title)).toContainText(first);
  await expect(row(ravi, board.title).getByRole('button')).toHaveCount(0);

  // Two at the same moment: one has it, the other is told who.
  await sanne.goto('/desk');
  await row(sanne, kerb.title).getByRole('link', { name: kerb.title }).first().click();
  await expect(sanne.getByRole('button', { name: desk.take })).toBeVisible();
  const address = new URL(sanne.url()).pathname;
  await ravi.goto(address);
  const take = ravi.getByRole('button', { name: desk.take });
  await expect(take).toBeVisible();
  // The news of the other does not arrive before the click.
  let raced: (() => void) | undefined;
  await ravi.route('**/api/threads/*/case/*', async (route) => {
    await new Promise<void>((resolve) => {
      raced = resolve;
    });
    await route.continue();
  });
  await take.click();
  await expect.poll(() => raced !== undefined).toBe(true);
  await sanne.getByRole('button', { name: desk.take }).click();
  await expect(sanne.getByText(desk.taken)).toBeVisible();
  raced?.();
  await expect(ravi.getByRole('status').getByText(`${desk.lost.held(first)} ${desk.lost.nothingDone}`)).toBeVisible();
  await ravi.unrouteAll();
  // Nor does anybody answer twice by accident.
  await ravi.getByRole('tab', { name: talk.answer }).click();
  await expect(ravi.getByText(desk.answer.held(first))).toBeVisible();
  await expect(ravi.getByRole('textbox', { name: desk.answer.label })).toHaveCount(0);
  expect(await axeFinds(ravi)).toEqual([]);

  // Handed over, with a word about it.
  await sanne.getByRole('article').getByRole('button', { name: desk.moreActions }).click();
  await sanne.getByRole('button', { name: desk.handOver }).click();
  const handing = sanne.getByRole('dialog', { name: desk.handOverTitle });
  await handing.getByRole('combobox', { name: desk.colleague }).selectOption(second);
  await handing.getByLabel(desk.note).fill('Jij kent de aannemer.');
  expect(await axeFinds(sanne)).toEqual([]);
  await handing.getByRole('button', { name: desk.handOver }).click();
  await expect(sanne.getByText(desk.handedOver(second))).toBeVisible();

  // Answered: written here, posted there by hand, the link brought back.
  const text = ravi.getByRole('textbox', { name: desk.answer.label });
  await expect(text).toBeVisible();
  await expect(ravi.getByText('Jij kent de aannemer.')).toBeVisible();
  await text.fill('De stoep wordt donderdag hersteld.');
  const there = ravi.context().waitForEvent('page');
  await ravi.getByRole('button', { name: desk.answer.copyAndOpen(`Forum ${path}`) }).click();
  const opened = await there;
  await expect.poll(() => opened.url()).toContain(outside.origin);
  await opened.close();
  await ravi.getByLabel(desk.answer.link).fill('geen adres');
  await ravi.getByRole('button', { name: desk.answer.finish }).click();
  await expect(ravi.getByRole('alert')).toHaveText(desk.answer.notALink);
  await expect(text).toHaveValue('De stoep wordt donderdag hersteld.');
  await ravi.getByLabel(desk.answer.link).fill('https://forum.example/antwoord');
  expect(await axeFinds(ravi)).toEqual([]);
  await ravi.getByRole('button', { name: desk.answer.finish }).click();
  await expect(ravi.getByText(desk.answeredNow)).toBeVisible();
  const answer = sanne.getByRole('link', { name: desk.seeAnswer }).first();
  await expect(answer).toHaveAttribute('href', 'https://forum.example/antwoord');

  // No answer needs a reason; "something else" needs words.
  await sanne.goto('/desk');
  await row(sanne, counter.title).getByRole('link', { name: counter.title }).first().click();
  await sanne.getByRole('article').getByRole('button', { name: desk.moreActions }).click();
  await sanne.getByRole('button', { name: desk.noAnswer }).click();
  const declining = sanne.getByRole('dialog', { name: desk.noAnswerTitle });
  await declining.getByRole('radio', { name: desk.reasons.other }).check();
  await declining.getByRole('button', { name: desk.finishNoAnswer }).click();
  await expect(declining.getByRole('alert')).toHaveText(desk.explainNeeded);
  expect(await axeFinds(sanne)).toEqual([]);
  await declining.getByRole('radio', { name: desk.reasons['no-question'] }).check();
  await declining.getByRole('button', { name: desk.finishNoAnswer }).click();
  await expect(sanne.getByText(desk.unansweredNow)).toBeVisible();

  // Each is where it belongs, and can be opened again.
  await ravi.goto('/desk');
  await expect(row(ravi, counter.title)).toHaveCount(0);
  await ravi.goto('/desk?list=unanswered');
  await row(ravi, counter.title).getByRole('link', { name: counter.title }).first().click();
  await ravi.getByRole('article').getByRole('button', { name: desk.moreActions }).click();
  await ravi.getByRole('button', { name: desk.reopen }).click();
  await expect(ravi.getByText(desk.reopened)).toBeVisible();
  await ravi.goto('/desk?list=answered');
  await expect(row(ravi, kerb.title)).toBeVisible();
  expect(await axeFinds(ravi)).toEqual([]);
  await ravi.goto('/desk');
  await expect(row(ravi, counter.title)).toContainText(desk.nobody);
  await expect(ravi.getByRole('link', { name: frame.desk }).first()).toBeVisible();
});
