import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '#test/api-app.ts';
import { aFrame, openCircle } from '#test/circles.ts';
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
