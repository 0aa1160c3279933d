import type { Locator, Page } from '@playwright/test';
import type { Words } from '#dashboard/words/nl.ts';
import { inDays } from '#test/days.ts';
import { axeFinds, expect, nobody, ownPath, test } from './fixtures.ts';
import { password } from './people.ts';

/** A button that is behind the "Meer" of a line. */
async function chooseMore(line: Locator, words: Words, act: string): Promise<void> {
  await line.getByRole('button', { name: words.circle.more, exact: true }).click();
  await line.getByRole('button', { name: act }).click();
}

/** A reply has no role of its own; its address points at it. */
const replyWith = (page: Page, text: string): Locator => page.locator('section[id^="r_"]').filter({ hasText: text });

async function giveReason(page: Page, words: Words, reason: string, act: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(words.circleSettings.reason).fill(reason);
  await dialog.getByRole('button', { name: act, exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** What is asked of a frame, one line in each of its fields. */
async function fillFrame(page: Page, words: Words): Promise<void> {
  const { circleForm: say } = words;
  for (const part of [say.question, say.inScope, say.outOfScope, say.result, say.houseRule])
    await page.getByLabel(part).fill('Hoe houden we de brug open?');
  await page.getByLabel(say.endsOn).fill(inDays(60));
}

test('a circle is opened with a guest in it, kept by its host, and seen from outside by nobody but who was asked in', async ({
  page: administrator,
  as,
  browser,
  contextOptions,
  locale,
  guarded,
  baseURL,
  words,
}) => {
  test.setTimeout(120_000);
  const own = ownPath('kring').slice(1, -4);
  const [name, hostName, deputyName, guestName] = ['Brug', 'Joris', 'Marja', 'Gast'].map((one) => `${one} ${own}`) as [
    string,
    string,
    string,
    string,
  ];
  const { circles, circle, circleForm, circleSettings, guests, invitation, people, hostActs, talk, border } = words;
  await as('employee', deputyName);
  const host = await (await as('employee', hostName)).newPage();

  // Opened in steps; without a deputy it is not, and that is said where one is chosen.
  await host.goto('/circles');
  await expect(host.getByRole('region', { name: circles.mine })).toBeVisible();
  expect(await axeFinds(host)).toEqual([]);
  await host.getByRole('link', { name: circles.open }).first().click();
  const next = host.getByRole('button', { name: circleForm.next });
  await next.click();
  await host.getByLabel(circleForm.name).fill(name);
  await fillFrame(host, words);
  await next.click();
  await next.click();
  await next.click();
  await host.getByRole('button', { name: circleForm.send }).click();
  await expect(host.getByRole('alert')).toContainText(circleForm.incomplete);
  const deputies = host.getByRole('searchbox', { name: circleForm.findIn(circleForm.deputies) });
  await expect(deputies).toHaveAttribute('aria-invalid', 'true');
  await expect(deputies).toHaveAccessibleDescription(/\S/);
  expect(await axeFinds(host)).toEqual([]);
  await deputies.fill(deputyName);
  await host.getByRole('button', { name: circleForm.addPerson(deputyName) }).click();
  await host.getByRole('button', { name: circleForm.steps.check, exact: true }).click();
  await host.getByRole('button', { name: circleForm.send }).click();
  await expect(host.getByRole('heading', { level: 1, name })).toBeVisible();
  const circleUrl = host.url();

  // A guest is invited by a link, and comes in with a new account.
  await host.getByRole('button', { name: circle.invite }).click();
  const dialog = host.getByRole('dialog');
  await dialog.getByLabel(guests.name).fill(guestName);
  await dialog.getByLabel(guests.reason).fill('Woont aan de brug');
  await dialog.getByRole('button', { name: guests.make }).click();
  const link = await dialog.getByRole('textbox', { name: people.link }).inputValue();
  await dialog.getByRole('button', { name: people.done }).click();
  const outside = await browser.newContext({
    ...contextOptions,
    ...(locale === undefined ? {} : { locale }),
    ...(baseURL === undefined ? {} : { baseURL }),
    storageState: nobody,
  });
  guarded(outside);
  const guest = await outside.newPage();
  await guest.goto(new URL(link).pathname);
  await expect(guest.getByRole('heading', { level: 1, name: invitation.title(guestName) })).toBeVisible();
  expect(await axeFinds(guest)).toEqual([]);
  await guest.getByLabel(words.signIn.email).fill(`${own}@buiten.example`);
  await guest.getByLabel(words.signIn.password).fill(password);
  await guest.getByRole('button', { name: invitation.comeIn }).click();
  await expect(guest.getByRole('heading', { level: 1, name })).toBeVisible();
  await guest.getByRole('button', { name: circle.acknowledge }).click();
  await expect(guest.getByText(circle.acknowledged)).toBeVisible();

  // That circle, and nothing else.
  await guest.goto('/circles');
  await expect(guest.getByRole('region', { name: circles.mine }).getByRole('listitem')).toHaveCount(1);
  await expect(guest.getByRole('region', { name: circles.discover })).toHaveCount(0);
  await guest.goto('/people');
  await expect(guest.getByRole('heading', { name: words.frame.notYours })).toBeVisible();

  // The guest begins; the host answers, knowing who reads along.
  await guest.goto(circleUrl);
  await guest.getByRole('link', { name: circle.begin }).click();
  const title = `Wanneer weer open, ${own}?`;
  await guest.getByLabel(talk.titleLabel).fill(title);
  await guest.getByRole('textbox', { name: talk.textLabel }).fill('Ik hoor niets.');
  await guest.getByRole('button', { name: border.beginIn(name) }).click();
  await expect(guest.getByRole('heading', { level: 1, name: title })).toBeVisible();
  const say = async (writer: Page, text: string) => {
    await writer.getByRole('textbox', { name: talk.label }).fill(text);
    await writer.getByRole('button', { name: border.placeIn(name) }).click();
  };

  await host.goto(circleUrl);
  const line = host.getByRole('listitem').filter({ hasText: title });
  await chooseMore(line, words, hostActs.pin(name));
  await expect(host.getByText(hostActs.pinned(name))).toBeVisible();
  await expect(line).toContainText(circle.pinned);
  expect(await axeFinds(host)).toEqual([]);
  await line.getByRole('link', { name: title }).click();
  await expect(host.getByText(border.outside(1))).toBeVisible();
  await say(host, 'Maandag weet ik meer.');
  await expect(guest.getByText('Maandag weet ik meer.')).toBeVisible();

  // What goes too far is hidden, and its writer reads why.
  const rude = 'De wethouder is een ezel.';
  await say(guest, rude);
  const reply = replyWith(host, rude);
  await reply.getByRole('button', { name: hostActs.hide, exact: true }).click();
  await giveReason(host, words, 'Niet over mensen', hostActs.hideIt);
  await expect(host.getByText(hostActs.hidden)).toBeVisible();
  await expect(guest.getByText(border.hiddenWhy('Niet over mensen'))).toBeVisible();

  // Muted for a while.
  await host.goto(`${circleUrl}/settings`);
  await expect(host.getByText(guestName).first()).toBeVisible();
  expect(await axeFinds(host)).toEqual([]);
  await host.getByRole('button', { name: circleSettings.muteOf(guestName) }).click();
  await giveReason(host, words, 'Even rust', circleSettings.muteIt);
  await expect(host.getByText(circleSettings.isMuted('Even rust'))).toBeVisible();
  await guest.goto(circleUrl);
  await expect(guest.getByText(circle.mutedWhy('Even rust'))).toBeVisible();
  await expect(guest.getByRole('link', { name: circle.begin })).toHaveCount(0);
  await host.getByRole('button', { name: circleSettings.unmuteOf(guestName) }).click();
  await expect(host.getByText(circleSettings.unmuted(guestName))).toBeVisible();

  // The frame changes while the guest writes: it is read before the reply goes on its way.
  await guest.goto(circleUrl);
  await guest.getByRole('link', { name: title }).click();
  await guest.getByRole('textbox', { name: talk.label }).fill('Dank, ik wacht af.');
  await host.getByRole('button', { name: circleSettings.editFrame }).click();
  await host.getByLabel(circleForm.result).fill('We schrijven alle bewoners.');
  await host.getByRole('button', { name: circleSettings.preview }).click();
  await dialog.getByRole('button', { name: circleSettings.saveFrame(2) }).click();
  await expect(host.getByText(circleSettings.savedFrame(2))).toBeVisible();
  await guest.getByRole('button', { name: border.placeIn(name) }).click();
  await expect(guest.getByText(border.refused.frame)).toBeVisible();
  await expect(guest.getByRole('region', { name: border.refused.frameLabel })).toContainText('alle bewoners');
  await guest.getByRole('button', { name: border.refused.frameRead }).click();
  await expect(host.getByRole('button', { name: circleSettings.editFrame })).toBeVisible();
  await expect(replyWith(guest, 'Dank, ik wacht af.')).toBeVisible();
  await outside.close();

  // An administrator sees who is what, lets the deputy leave, and reads back what was done.
  await administrator.goto('/people');
  const search = administrator.getByRole('searchbox', { name: people.search });
  await search.fill(guestName);
  const row = (who: string) => administrator.getByRole('row').filter({ hasText: who });
  await expect(row(guestName)).toContainText(words.relations.now.customer);
  await search.fill(deputyName);
  await expect(row(deputyName)).toContainText(words.roles.employee);
  await administrator.getByRole('button', { name: people.manage(deputyName) }).click();
  await expect(administrator.getByLabel(`${people.relationKind}, ${people.relationNumber(1)}`)).toHaveValue('employee');
  expect(await axeFinds(administrator)).toEqual([]);
  await administrator.getByRole('button', { name: people.letLeave }).click();
  const leaving = administrator.getByRole('dialog');
  await expect(leaving.getByRole('listitem').filter({ hasText: name })).toContainText(people.circleEnds);
  await expect(leaving.getByText(people.wordsStay)).toBeVisible();
  expect(await axeFinds(administrator)).toEqual([]);
  await leaving.getByRole('button', { name: people.letLeave }).click();
  await expect(leaving).toBeHidden();
  await expect(administrator.getByText(people.left(deputyName, '').slice(0, -2))).toBeVisible();
  await administrator.goto('/people/log');
  const { actions } = words.audit;
  await expect(administrator.getByText(actions['circle.opened'](hostName, '', name))).toBeVisible();
  await expect(administrator.getByText(actions['reply.hidden'](hostName, guestName, name))).toBeVisible();
  expect(await axeFinds(administrator)).toEqual([]);
});
