import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '#test/api-app.ts';
import { aFrame, beginIn, openCircle } from '#test/circles.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';

let api: TestApp;
let host: SeededPerson;
let deputy: SeededPerson;
let member: SeededPerson;
let other: SeededPerson;

beforeAll(async () => {
  api = await testApp();
  [host, deputy, member, other] = (await Promise.all(
    ['Gastheer', 'Vervanger', 'Lid', 'Ander'].map((name) => seedPerson(api.db, { name })),
  )) as [SeededPerson, SeededPerson, SeededPerson, SeededPerson];
});
afterAll(() => api.drop());

describe('opening a circle', () => {
  test('works with a frame, a host and a deputy, and the members of a closed one see it', async () => {
    const opened = await openCircle(api, { name: 'Binnenstad', hosts: [host], deputies: [deputy], members: [member] });
    expect([opened.status, opened.json]).toMatchObject([
      201,
      {
        kind: 'closed',
        name: 'Binnenstad',
        standing: 'host',
        people: { colleagues: 3, guests: 0 },
        frame: { ...aFrame, version: 1 },
        acknowledged: 1,
        acts: ['see', 'people', 'write', 'add', 'invite', 'host'],
        hosts: [
          { person: { name: 'Gastheer' }, role: 'host' },
          { person: { name: 'Vervanger' }, role: 'deputy' },
        ],
      },
    ]);
    const asMember = await api.as(member)('GET', `/api/circles/${opened.json.id}`);
    expect(asMember.json).toMatchObject({ standing: 'member', acknowledged: 0, acts: ['see', 'people', 'write'] });
    expect((await api.as(member)('GET', '/api/circles')).json.mine.map((c: { name: string }) => c.name)).toContain(
      'Binnenstad',
    );
    const absent = await api.as(other)('GET', `/api/circles/${api.ids.encode('circle', 9e6)}`);
    const hidden = await api.as(other)('GET', `/api/circles/${opened.json.id}`);
    expect([hidden.status, hidden.text]).toEqual([404, absent.text]);
    expect((await api.as(other)('GET', '/api/circles')).text).not.toContain('Binnenstad');
  });

  test('with nothing filled in, names everything that is missing at once, in both languages', async () => {
    const body = { kind: 'closed' };
    const ask = (language: string) =>
      api.as(host)('POST', '/api/circles', body, { 'idempotency-key': randomUUID(), 'accept-language': language });
    const dutch = await ask('nl');
    const english = await ask('en');
    const paths = ['name', ...Object.keys(aFrame).map((part) => `frame.${part}`), 'hosts', 'deputies'];
    expect([dutch.status, dutch.json.code]).toEqual([422, 'circle_incomplete']);
    expect(dutch.json.errors.map(({ path }: { path: string }) => path)).toEqual(paths);
    expect(english.json.errors.map(({ path }: { path: string }) => path)).toEqual(paths);
    expect(dutch.text).not.toBe(english.text);
  });
});

describe('hiding a reply', () => {
  test('keeps its words from everybody but its author and the hosts, out of search too, until it is shown again', async () => {
    const opened = await openCircle(api, { hosts: [host], deputies: [deputy], members: [member, other] });
    const circle = opened.json.id;
    const begun = await beginIn(api, member, circle, { title: 'Laden en lossen', text: 'Wie weet de zandkasteel regel?' });
    const thread = begun.json.id;
    const reply = begun.json.reply.id;
    const words = async (person: SeededPerson) => {
      const { json } = await api.as(person)('GET', `/api/threads/${thread}/replies`);
      const found = await api.as(person)('GET', `/api/search?q=zandkasteel`);
      if (!found.json.threads) throw new Error(found.text);
      return [json.replies[0].text, json.replies[0].hidden?.reason, found.json.threads.length];
    };
    expect(await words(other)).toEqual(['Wie weet de zandkasteel regel?', undefined, 1]);
    expect((await api.as(other)('POST', `/api/replies/${reply}/hide`, { reason: 'Buiten het kader.' })).json.code).toBe(
      'not_host',
    );
    expect((await api.as(host)('POST', `/api/replies/${reply}/hide`, { reason: 'Buiten het kader.' })).status).toBe(200);
    expect(await words(other)).toEqual(['', null, 0]);
    expect(await words(member)).toEqual(['Wie weet de zandkasteel regel?', 'Buiten het kader.', 0]);
    expect(await words(deputy)).toEqual(['Wie weet de zandkasteel regel?', 'Buiten het kader.', 0]);
    const page = await api.as(other)('GET', `/api/circles/${circle}/threads`);
    expect(page.text).not.toContain('zandkasteel');
    expect(page.json.threads).toMatchObject([{ id: thread, pinned: false }]);
    // Another text does not bring it back.
    await api.as(member)('PATCH', `/api/replies/${reply}`, { text: 'Toch die zandkasteel regel.', version: 2 });
    expect(await words(other)).toEqual(['', null, 0]);
    expect((await api.as(host)('POST', `/api/replies/${reply}/show`)).status).toBe(200);
    expect(await words(other)).toEqual(['Toch die zandkasteel regel.', undefined, 1]);
  });
});
