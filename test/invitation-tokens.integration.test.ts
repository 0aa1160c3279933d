import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeInvitation } from '#storage/invitations.ts';
import { inDays } from './days.ts';
import { seedCircle } from './seed-inside.ts';
import { type SignInApp, signInApp } from './sign-in.ts';

// A18 on links of invitations: who guesses learns nothing, and is soon told to wait.
let api: SignInApp;
beforeAll(async () => {
  api = await signInApp();
});
afterAll(() => api.drop());

const aToken = () => randomBytes(32).toString('base64url');

test('a link that never was is answered alike however it is tried, and guessing ends', async () => {
  const answers = new Set<string>();
  const browser = api.browser();
  let waits = 0;
  for (let n = 0; n < 400 && waits < 2; n += 1) {
    const { status, text } = await browser.ask('GET', `/api/invitations/by-token/${aToken()}`);
    if (status === 429) waits += 1;
    else answers.add(`${status} ${text}`);
  }
  expect([...answers]).toEqual([expect.stringMatching(/^404 /)]);
  expect(waits).toBe(2);
});

test('who waits is let in by a link that is there no sooner than by another', async () => {
  const host = await api.colleagueWith({ email: 'gastheer@stad.example' });
  const circleId = await seedCircle(api.db, 'Kring');
  const given = { name: 'Fatima', relation: 'expert', reason: 'Weet ervan', mentionId: null } as const;
  const until = inDays(30);
  const made = await api.db
    .transaction()
    .execute((trx) => makeInvitation(trx, { ...given, circleId, until, madeBy: host }));
  const browser = api.browser();
  const tried = async (token: string) => {
    const { status, text } = await browser.ask('POST', `/api/invitations/by-token/${token}`, {
      as: 'new',
      name: 'X',
      email: 'x@stad.example',
      password: 'een heel lang woord',
    });
    return `${status} ${text}`;
  };
  for (let n = 0; n < 400; n += 1) if ((await tried(aToken())).startsWith('429')) break;
  const [never, there] = [await tried(aToken()), await tried(made!.token)];
  expect(there.slice(0, 3)).toBe('429');
  expect(there).toBe(never);
});
