import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '#test/api-app.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { seedMention } from '#test/seed.ts';
import { type SignInApp, signInApp } from '#test/sign-in.ts';

let app: TestApp;
let fatima: SeededPerson;
beforeAll(async () => {
  app = await testApp();
  fatima = await seedPerson(app.db, { name: 'Fatima', role: 'communication' });
});
afterAll(() => app.drop());

const half = '\ud800';
const keyed = () => ({ 'idempotency-key': randomUUID() });
async function caseOf() {
  const { threadId } = await seedMention(app.db);
  const path = `/api/threads/${app.ids.encode('thread', threadId)}`;
  return { path, act: (action: string, body: object) => app.as(fatima)('POST', `${path}/case/${action}`, body) };
}
const circleOf = async () => {
  const { circle, token } = (await app.as(fatima)('GET', '/api/audiences')).json.audiences[0];
  return { circle: circle.id, audience: token };
};

describe('what is longer than a note', () => {
  test('an answer may have 10,000 characters', async () => {
    const text = 'a'.repeat(10_000);
    const { act } = await caseOf();
    expect((await act('answer', { version: 0, text: `${text}b` })).status).toBe(400);
    expect((await act('answer', { version: 0, text })).json.answerText).toBe(text);
  });

  test('a tip may have 20,000 characters, its note 2,000', async () => {
    const text = 'a'.repeat(20_000);
    const tip = (body: object) => app.as(fatima)('POST', '/api/tips', body, keyed());
    expect((await tip({ text: `${text}b` })).status).toBe(400);
    expect((await tip({ text, note: 'a'.repeat(2_001) })).status).toBe(400);
    expect((await tip({ text })).json.text).toBe(text);
  });
});

describe('what the database cannot keep is refused, or mended, and never breaks', () => {
  test('a version beyond what is counted', async () => {
    const { act } = await caseOf();
    for (const version of [2_147_483_648, Number.MAX_SAFE_INTEGER])
      expect((await act('take', { version })).status).toBe(400);
    expect((await act('take', { version: 2_147_483_647 })).status).toBe(409);
  });

  test('half a character in an answer, a note or an address', async () => {
    const one = await caseOf();
    const answered = await one.act('answer', {
      version: 0,
      text: `Dag ${half}`,
      url: `https://stad.example/${half}\0.`,
    });
    expect(answered.json).toMatchObject({ answerText: 'Dag \ufffd', answerUrl: 'https://stad.example/%EF%BF%BD%00.' });
    const other = await caseOf();
    const closed = await other.act('no-answer', { version: 0, reason: 'other', note: half });
    expect(closed.json).toMatchObject({ note: '\ufffd' });
    expect((await app.as(fatima)('GET', one.path)).json.events[0].detail.text).toBe('Dag \ufffd');
  });

  test('a moment outside the years 1 to 9999 as what was read', async () => {
    const { path } = await caseOf();
    const read = (readUpTo: string) => app.as(fatima)('PUT', `${path}/attention`, { readUpTo });
    for (const moment of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-23:59', '0001-01-01T00:00:00+23:59'])
      expect((await read(moment)).status).toBe(400);
    expect((await read('9999-12-31T23:59:59Z')).status).toBe(200);
  });
});

describe('what cannot be seen', () => {
  test.each(['\u200b', '\u2060 \ufeff', '\u00ad', '\u115f', '\u2800', '\u{e0041}'])(
    'is no name, title or reply: %j',
    async (text) => {
      expect((await app.as(fatima)('PATCH', '/api/me', { name: text })).status).toBe(400);
      const words = { ...(await circleOf()), references: [] };
      const begin = (more: object) => app.as(fatima)('POST', '/api/threads', { ...words, ...more }, keyed());
      expect((await begin({ title: text, text: 'Hoi' })).status).toBe(400);
      expect((await begin({ title: 'Hoi', text })).status).toBe(400);
    },
  );

  test('a name turns nothing around that stands beside it', async () => {
    for (const name of ['\u202eannaS', 'Sanne\u2066', 'San\u2028ne'])
      expect((await app.as(fatima)('PATCH', '/api/me', { name })).status).toBe(400);
    for (const name of ['فاطمة', 'Zoë 🌷', '李'])
      expect((await app.as(fatima)('PATCH', '/api/me', { name })).json.name).toBe(name);
  });
});

describe('sign-in', () => {
  let real: SignInApp;
  beforeAll(async () => {
    real = await signInApp();
  });
  afterAll(() => real.drop());

  test('an address with NUL in it is refused as no address', async () => {
    const { status } = await real.browser().ask('POST', '/api/session', { email: 'a\0@stad.example', password: 'x' });
    expect(status).toBe(400);
  });
});
