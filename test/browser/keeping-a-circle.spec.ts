import { inDays } from '#test/days.ts';
import { axeFinds, expect, ownPath, test } from './fixtures.ts';

test('a circle is kept by its host, handed over, ended and opened again, and an administrator comes in heard', async ({
  page: administrator,
  as,
  words,
}) => {
  test.setTimeout(120_000);
  const { circle, circleAs, circleForm, circleSettings: say, allCircles, guests, people } = words;
  const own = ownPath('hoeden').slice(1, -4);
  const [name, hostName, heirName, guestName] = ['Sluis', 'Hanna', 'Erik', 'Gast'].map((one) => `${one} ${own}`) as [
    string,
    string,
    string,
    string,
  ];
  const heir = await (await as('employee', heirName)).newPage();
  const host = await (await as('employee', hostName)).newPage();
  const idOf = async (one: typeof host) => (await (await one.request.get('/api/session')).json()).me.id;
  const word = 'Wat doen we met de sluis?';
  const endsOn = inDays(60);
  const frame = { question: word, inScope: word, outOfScope: word, result: word, houseRule: word, endsOn };
  const [hosts, deputies] = [[await idOf(host)], [await idOf(heir)]];
  const opened = await host.request.post('/api/circles', {
    headers: { 'idempotency-key': crypto.randomUUID() },
    data: { kind: 'closed', name, frame: { ...frame, afterEnd: 'read' }, hosts, deputies, members: [] },
  });
  expect(opened.status()).toBe(201);
  const url = `/circles/${(await opened.json()).id}`;
  const dialog = host.getByRole('dialog');

  // An invitation that is taken back is worth nothing.
  await host.goto(url);
  await host.getByRole('button', { name: circle.invite }).click();
  await dialog.getByLabel(guests.name).fill(guestName);
  await dialog.getByLabel(guests.reason).fill('Woont aan de sluis');
  await dialog.getByRole('button', { name: guests.make }).click();
  const link = await dialog.getByRole('textbox', { name: people.link }).inputValue();
  await dialog.getByRole('button', { name: people.done }).click();
  await host.getByRole('link', { name: circle.settings }).click();
  const invitation = host.getByRole('listitem').filter({ hasText: guestName });
  await invitation.getByRole('button', { name: guests.revoke }).click();
  expect(await axeFinds(host)).toEqual([]);
  await dialog.getByRole('button', { name: guests.revoke }).click();
  await expect(invitation).toContainText(guests.isRevoked);
  expect((await host.request.get(`/api/invitations/by-token/${link.slice(link.lastIndexOf('/') + 1)}`)).status()).toBe(
    410,
  );

  // Where the talk stands is read by whoever comes in; how others see it, by who keeps it.
  await host.getByLabel(say.stateLabel).fill('De deuren zijn besteld.');
  await host.getByRole('button', { name: say.saveState }).click();
  await expect(host.getByText(say.savedState)).toBeVisible();
  await heir.goto(url);
  await expect(heir.getByText('De deuren zijn besteld.')).toBeVisible();
  await host.goto(url);
  await host.getByRole('button', { name: circle.more, exact: true }).click();
  await host.getByRole('button', { name: circle.lookAs }).click();
  await expect(host.getByRole('region', { name: circleAs.says.guest })).toContainText('De deuren zijn besteld.');
  expect(await axeFinds(host)).toEqual([]);
  await host.getByText(circleAs.standings.outsider).click();
  await expect(host.getByRole('heading', { name: circleAs.nothing })).toBeVisible();
  await host.getByRole('link', { name: circleAs.stop }).click();

  // An administrator takes access, and that is said.
  await administrator.goto('/circles/all');
  await administrator.getByRole('button', { name: allCircles.takeOf(name) }).click();
  const taking = administrator.getByRole('dialog');
  await taking.getByRole('button', { name: allCircles.take }).click();
  await expect(taking.getByLabel(allCircles.reason)).toHaveAttribute('aria-invalid', 'true');
  expect(await axeFinds(administrator)).toEqual([]);
  await taking.getByLabel(allCircles.reason).fill('Er is een klacht over deze kring.');
  await taking.getByRole('button', { name: allCircles.take }).click();
  await expect(administrator.getByRole('heading', { level: 1, name })).toBeVisible();
  await host.goto('/inbox');
  await expect(host.getByText('Er is een klacht over deze kring.')).toBeVisible();
  await administrator.goto('/circles/all');
  await expect(administrator.getByRole('row').filter({ hasText: name })).toContainText(allCircles.isIn);

  // The deputy becomes host; the host stays as a member, and keeps nothing any more.
  await host.goto(`${url}/settings`);
  const field = host.getByRole('searchbox', { name: circleForm.findIn(say.handOverTo) });
  await field.fill(heirName);
  await expect(host.getByRole('button', { name: circleForm.addPerson(heirName) })).toBeVisible();
  await field.press('Enter');
  await host.getByRole('button', { name: say.handIt }).click();
  await expect(host.getByText(say.handed(heirName))).toBeVisible();
  await expect(host.getByRole('heading', { name: say.notHost })).toBeVisible();

  // Ended with what came of it, and opened again.
  await heir.goto(`${url}/settings`);
  await heir.getByLabel(say.conclusion).fill('De sluis krijgt nieuwe deuren.');
  await heir.getByRole('button', { name: say.archive }).click();
  await expect(heir.getByText(say.archived)).toBeVisible();
  await host.goto(url);
  await expect(host.getByRole('region', { name: circle.endedTitle })).toContainText('De sluis krijgt nieuwe deuren.');
  await expect(host.getByRole('link', { name: circle.begin })).toHaveCount(0);
  await heir.getByRole('button', { name: say.reopen }).click();
  await expect(heir.getByText(say.reopened)).toBeVisible();
  await host.goto(url);
  await expect(host.getByRole('link', { name: circle.begin })).toBeVisible();
});
