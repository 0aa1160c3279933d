import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdInvitation, joinByInvitation } from '#storage/join-by-invitation.ts';
import { remakeMentionDocuments } from '#storage/search-documents.ts';
import { type TestApp, testApp } from './api-app.ts';
import { aFrame, audienceIn, beginIn, openCircle, sayIn } from './circles.ts';
import { inDays } from './days.ts';
import { readEvents } from './events.ts';
import { personHeader, type SeededPerson, seedPerson } from './people.ts';
import { seedMention } from './seed.ts';
import { edit } from './talk.ts';

// Z6 on the live stream: whatever is done in a circle, the stream of who is not in it says nothing, however much is seen by both.
let app: TestApp;
let host: SeededPerson;
let deputy: SeededPerson;
beforeAll(async () => {
  app = await testApp();
  [host, deputy] = [await seedPerson(app.db), await seedPerson(app.db)];
});
afterAll(() => app.drop());

test('what happens in a circle is heard by nobody outside it, though it is about what everybody sees', async () => {
  const seeded = [await seedMention(app.db), await seedMention(app.db)];
  await app.db.transaction().execute((trx) =>
    remakeMentionDocuments(
      trx,
      seeded.map(({ mentionId }) => mentionId),
    ),
  );
  const stories = seeded.map(({ threadId, mentionId }) => ({
    thread: app.ids.encode('thread', threadId),
    mention: app.ids.encode('mention', mentionId),
  }));
  const elsewhere = await openCircle(app, { hosts: [deputy], deputies: [host] });
  const guest = await seedPerson(app.db, { relation: 'customer' });
  const board = await openCircle(app, { hosts: [deputy], deputies: [host] });
  const own = await app.as(deputy)('POST', `/api/circles/${board.json.id}/invitations`, invited());
  await comeIn(own.json.link.url, guest);
  const viewers = {
    colleague: await seedPerson(app.db),
    desk: await seedPerson(app.db, { role: 'communication' }),
    administrator: app.colleague,
    guest,
    alumnus: await seedPerson(app.db, { relation: 'alumnus' }),
  };
  const heard: string[] = [];
  const streams = await Promise.all(
    Object.entries(viewers).map(async ([name, { id }]) => {
      const live = await app.app.request('http://localhost/api/live', { headers: { [personHeader]: String(id) } });
      const events = readEvents(live.body!);
      await events.lastId();
      const listening = (async () => {
        for (let event = await events.next(); event !== null; event = await events.next())
          heard.push(`${name}: ${event.event} ${JSON.stringify(event.data)}`);
      })();
      return { stop: () => events.stop(), listening };
    }),
  );
  const hears = async (): Promise<string> => {
    const { threadId } = await seedMention(app.db);
    const id = app.ids.encode('thread', threadId);
    await expect.poll(() => heard.filter((one) => one.includes(id)).length, { timeout: 10_000 }).toBe(3);
    return id;
  };
  // How they came in themselves has gone out by now.
  await hears();
  heard.length = 0;
  const circle = elsewhere.json.id as string;
  const act = async (method: string, path: string, body?: object) => {
    const answer = await app.as(deputy)(method, path, body, { 'idempotency-key': randomUUID() });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  };
  await audienceIn(app, deputy, circle);
  await act('PUT', `/api/circles/${circle}/threads/${stories[0]!.thread}`, {});
  const said = await sayIn(app, deputy, circle, stories[1]!.thread);
  expect(said.status).toBe(201);
  expect((await edit(app, deputy, said.json, { text: 'Anders.' })).status).toBe(200);
  await act('POST', `/api/replies/${said.json.id}/hide`, { reason: 'Een naam.' });
  await act('PUT', `/api/circles/${circle}/threads/${stories[1]!.thread}`, { pinned: true, closed: true });
  expect((await beginIn(app, deputy, circle)).status).toBe(201);
  await act('PUT', `/api/circles/${circle}/state`, { after: 0, text: 'Zo staat het.' });
  const hanna = await seedPerson(app.db, { relation: 'expert' });
  const { link } = await act('POST', `/api/mentions/${stories[0]!.mention}/invitations`, {
    ...invited(),
    into: { kind: 'circle', id: circle },
  });
  await comeIn(link.url, hanna);
  await act('POST', `/api/circles/${circle}/authors`, {
    mention: stories[0]!.mention,
    person: app.ids.encode('person', hanna.id),
  });
  await act('PUT', `/api/circles/${circle}/frame`, { after: 1, ...aFrame, question: 'Anders?' });
  await act('DELETE', `/api/circles/${circle}/members/${app.ids.encode('person', hanna.id)}`);
  await act('POST', `/api/circles/${circle}/archive`, { conclusion: 'Klaar.' });
  // Everything of before has gone out when everybody who can hears of this.
  const last = await hears();
  expect(heard.filter((one) => !one.includes(last))).toEqual([]);
  // One frame may hold several changes: it names this one and no other.
  for (const one of heard)
    expect(JSON.parse(one.slice(one.indexOf('{')))).toMatchObject({ threads: [last], newThreads: 1, attention: false });
  for (const { stop, listening } of streams) {
    await stop();
    await listening;
  }
});

const invited = () => ({
  name: 'Fatima',
  relation: 'expert',
  reason: 'Weet ervan',
  until: inDays(30),
});

async function comeIn(url: string, person: SeededPerson): Promise<void> {
  const token = new URL(url).pathname.split('/').at(-1)!;
  await app.db.transaction().execute(async (trx) => {
    await joinByInvitation(trx, (await holdInvitation(trx, token))!, person.id);
  });
}
