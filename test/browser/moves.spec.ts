import { randomUUID } from 'node:crypto';
import type { APIRequestContext, BrowserContext, Locator, Page } from '@playwright/test';
import { inDays } from '#test/days.ts';
import { axeFinds, expect, ownPath, test } from './fixtures.ts';

type Member = { id: string; page: Page; api: APIRequestContext };

async function member(context: BrowserContext): Promise<Member> {
  const { me } = await (await context.request.get('/api/session')).json();
  return { id: me.id, page: await context.newPage(), api: context.request };
}

/** The audience of a circle as somebody is shown it, its frame read. */
async function heardIn({ api }: Member, circle: string): Promise<{ circle: string; audience: string }> {
  const { frame } = await (await api.get(`/api/circles/${circle}`)).json();
  await api.post(`/api/circles/${circle}/frame/acknowledge`, { data: { version: frame.version } });
  const { audiences } = await (await api.get('/api/audiences')).json();
  const { token } = audiences.find((one: { circle: { id: string } }) => one.circle.id === circle);
  return { circle, audience: token };
}

async function post<T>({ api }: Member, path: string, data: object): Promise<T> {
  const answer = await api.post(path, { data, headers: { 'idempotency-key': randomUUID() } });
  expect(await answer.text(), path).toContain('"id"');
  return (await answer.json()) as T;
}

/** A reply has no role of its own; its address points at it. */
const replyWith = (page: Page, text: string): Locator => page.locator('section[id^="r_"]').filter({ hasText: text });

test('a conversation goes to a wider circle with the words of who agrees, and without the words of who does not', async ({
  as,
  words,
}) => {
  test.setTimeout(90_000);
  const { moves: say, desk, border, hostActs, talk } = words;
  const own = ownPath('verplaats').slice(1, -4);
  const names = { host: `Joris ${own}`, yes: `Anna ${own}`, no: `Bram ${own}`, new: `Aad ${own}` };
  const host = await member(await as('employee', names.host));
  const yes = await member(await as('employee', names.yes));
  const no = await member(await as('employee', names.no));
  const reader = await member(await as('employee', names.new));
  const line = 'Hoe houden we de kade open?';
  const frame = { question: line, inScope: line, outOfScope: line, result: line, houseRule: line };
  const name = `Kade ${own}`;
  const { id: circle } = await post<{ id: string }>(host, '/api/circles', {
    kind: 'closed',
    name,
    frame: { ...frame, endsOn: inDays(30), afterEnd: 'read' },
    hosts: [host.id],
    deputies: [yes.id],
    members: [no.id],
  });
  const title = `Wie sluit de kade, ${own}?`;
  const begun = await post<{ id: string }>(host, '/api/threads', {
    ...(await heardIn(host, circle)),
    title,
    text: 'Ik begin.',
    references: [],
  });
  for (const [who, text] of [
    [yes, 'Anna zegt ja.'],
    [no, 'Bram zegt nee.'],
    [no, 'Bram zegt nog iets.'],
  ] as const)
    await post(who, `/api/threads/${begun.id}/replies`, { ...(await heardIn(who, circle)), text, references: [] });
  const address = `/threads/${begun.id}`;
  const dialog = host.page.getByRole('dialog');
  const more = async (act: string) => {
    await host.page.getByRole('article').getByRole('button', { name: desk.moreActions, exact: true }).click();
    await host.page.getByRole('button', { name: act, exact: true }).click();
  };

  // A host pins and closes it where it stands, and looks who reads there.
  await host.page.goto(address);
  await more(hostActs.pin(name));
  await expect(host.page.getByText(hostActs.pinned(name))).toBeVisible();
  await more(border.whoSees);
  await expect(dialog.getByRole('listitem').filter({ hasText: name })).toContainText(border.isPinned);
  await expect(dialog.getByText(talk.readAlong(3))).toBeVisible();
  expect(await axeFinds(host.page)).toEqual([]);
  await host.page.keyboard.press('Escape');

  // What it would do: who newly reads, and who is asked first. Taken back, nothing was asked.
  const everyone = talk.everyone;
  await more(say.open);
  await dialog.getByLabel(say.to, { exact: true }).selectOption({ label: everyone });
  await expect(dialog.getByText(names.new)).toBeVisible();
  await expect(dialog.getByText(say.askedFor(names.no, 2, false))).toBeVisible();
  expect(await axeFinds(host.page)).toEqual([]);
  const ask = dialog.getByRole('button', { name: say.ask(2) });
  await ask.click();
  await expect(dialog.getByText(say.waiting(2))).toBeVisible();
  await dialog.getByRole('button', { name: say.cancelMove }).click();
  await expect(host.page.getByText(say.cancelled)).toBeVisible();
  await expect(host.page.getByRole('button', { name: say.look })).toHaveCount(0);

  // Asked again. The dialog lost the button that was pressed, and Escape still closes only the dialog.
  await more(say.open);
  await dialog.getByLabel(say.to, { exact: true }).selectOption({ label: everyone });
  await ask.click();
  await expect(dialog.getByText(say.waiting(2))).toBeVisible();
  await host.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(host.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expect(host.page.getByText(say.waiting(2))).toBeVisible();

  // Each is asked for their own words only, and may think again.
  const asks = say.asksYou(names.host, name, everyone);
  await yes.page.goto(address);
  const forYes = yes.page.getByRole('region', { name: asks });
  await expect(forYes.getByRole('listitem')).toHaveText(['Anna zegt ja.']);
  await forYes.getByRole('button', { name: say.no }).click();
  await expect(forYes.getByRole('status')).toHaveText(say.said.no);
  await forYes.getByRole('button', { name: say.yes }).click();
  await expect(forYes.getByRole('status')).toHaveText(say.said.yes);
  expect(await axeFinds(yes.page)).toEqual([]);
  await no.page.goto(address);
  const forNo = no.page.getByRole('region', { name: asks });
  await expect(forNo.getByRole('listitem')).toHaveText(['Bram zegt nee.', 'Bram zegt nog iets.']);
  await forNo.getByRole('button', { name: say.no }).click();
  await expect(forNo.getByRole('status')).toHaveText(say.said.no);

  // Nobody new reads a word before it is carried out.
  await reader.page.goto(address);
  await expect(reader.page.getByRole('heading', { name: words.thread.notFound })).toBeVisible();

  await host.page.reload();
  await expect(host.page.getByText(say.waiting(0))).toBeVisible();
  await host.page.getByRole('button', { name: say.look }).click();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Anna zegt ja.' })).toContainText(say.now.agreed);
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Bram zegt nee.' })).toContainText(say.now.refused);
  expect(await axeFinds(host.page)).toEqual([]);
  await dialog.getByRole('button', { name: say.apply }).click();
  await expect(host.page.getByText(say.done(everyone))).toBeVisible();
  await reader.page.reload();
  await expect(replyWith(reader.page, 'Anna zegt ja.')).toBeVisible();
  await expect(reader.page.getByText(border.movedHere(names.host))).toBeVisible();
  await expect(reader.page.getByText(/Bram/)).toHaveCount(0);
  // They see it where they read it, and learn of no other circle.
  await expect(reader.page.getByText(name)).toHaveCount(0);
});
