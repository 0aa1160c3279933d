import type { APIRequestContext } from '@playwright/test';
import { inDays } from '#test/days.ts';
import { expect, ownPath, test } from './fixtures.ts';

const word = 'Wat doen we met de sluis?';
const frame = {
  question: word,
  inScope: word,
  outOfScope: word,
  result: word,
  houseRule: word,
  endsOn: inDays(60),
  afterEnd: 'read',
};

type Place = { circle: string; thread: string; writer: string };
/** What a host does while somebody writes, by how the reply is then refused. */
const acts = {
  frame_changed: (host: APIRequestContext, { circle }: Place) =>
    host.put(`/api/circles/${circle}/frame`, { data: { ...frame, after: 1, question: 'Wat doen we met de brug?' } }),
  muted: (host: APIRequestContext, { circle, writer }: Place) =>
    host.patch(`/api/circles/${circle}/members/${writer}`, { data: { muted: 'Even rust.' } }),
  thread_closed: (host: APIRequestContext, { circle, thread }: Place) =>
    host.put(`/api/circles/${circle}/threads/${thread}`, { data: { closed: true } }),
  circle_ended: (host: APIRequestContext, { circle }: Place) =>
    host.post(`/api/circles/${circle}/archive`, { data: { conclusion: 'De sluis is open.' } }),
};

test('whatever a host does while somebody writes, the reply is refused in its own words and the text is kept', async ({
  as,
  words,
}) => {
  test.setTimeout(90_000);
  const { talk, border } = words;
  const { frame: frameChanged, muted, closed, ended } = border.refused;
  const told = { frame_changed: frameChanged, muted, thread_closed: closed, circle_ended: ended };
  const own = ownPath('weigering').slice(1, -4);
  const [host, deputy, writer] = await Promise.all(
    ['Hanna', 'Dirk', 'Wim'].map(async (name) => (await as('employee', `${name} ${own}`)).newPage()),
  );
  const idOf = async (one: typeof host) => (await (await one!.request.get('/api/session')).json()).me.id as string;
  const [hostId, deputyId, writerId] = [await idOf(host), await idOf(deputy), await idOf(writer)];
  // What the host does is not seen coming.
  await writer!.route('**/api/live*', (route) => route.abort());
  for (const code of ['frame_changed', 'muted', 'thread_closed', 'circle_ended'] as const) {
    const headers = () => ({ 'idempotency-key': crypto.randomUUID() });
    const people = { hosts: [hostId], deputies: [deputyId], members: [writerId] };
    const opened = await host!.request.post('/api/circles', {
      headers: headers(),
      data: { kind: 'closed', name: `${code} ${own}`, frame, ...people },
    });
    const circle = (await opened.json()).id as string;
    for (const one of [host, writer])
      await one!.request.post(`/api/circles/${circle}/frame/acknowledge`, { data: { version: 1 } });
    const { audiences } = await (await host!.request.get('/api/audiences')).json();
    const { token } = audiences.find((one: { circle: { id: string } }) => one.circle.id === circle);
    const begun = await host!.request.post('/api/threads', {
      headers: headers(),
      data: { title: 'De sluis', text: 'Wie weet meer?', references: [], circle, audience: token },
    });
    const thread = (await begun.json()).id as string;
    await writer!.goto(`/threads/${thread}`);
    const box = writer!.getByRole('textbox', { name: talk.label });
    await box.fill('Daar heb ik nog iets over.');
    expect((await acts[code](host!.request, { circle, thread, writer: writerId })).ok()).toBe(true);
    await writer!.getByRole('button', { name: border.placeIn(`${code} ${own}`) }).click();
    const refusal = writer!.getByRole('alert').filter({ hasText: talk.refused.kept });
    await expect(refusal).toContainText(told[code]);
    await expect(box).toHaveValue('Daar heb ik nog iets over.');
    const { replies } = await (await host!.request.get(`/api/threads/${thread}`)).json();
    expect(replies).toHaveLength(1);
  }
});
