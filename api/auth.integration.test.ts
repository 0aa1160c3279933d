import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { password, type SignInApp, signInApp } from '#test/sign-in.ts';

let api: SignInApp;
const cookieName = 'buitenwacht.session_token';
beforeAll(async () => {
  api = await signInApp();
  await api.colleagueWith({ email: 'beheer@stad.example', role: 'administrator' });
});
afterAll(() => api.drop());
beforeEach(async () => {
  await sql`delete from sign_in_attempts`.execute(api.db);
});
const pathOf = (id: number) => `/api/people/${api.ids.encode('person', id)}`;
const statusOfMe = async (cookie: string) =>
  (await api.browser().ask('GET', '/api/me', undefined, { cookie: `${cookieName}=${cookie}` })).status;
let counter = 0;
async function signedIn(role: 'employee' | 'administrator' = 'employee') {
  const email = `collega${++counter}@stad.example`;
  const id = await api.colleagueWith({ email, role });
  const browser = api.browser();
  const answer = await browser.signIn(email);
  expect(answer.status).toBe(200);
  return { id, email, browser, answer, cookie: browser.cookies.get(cookieName)! };
}

describe('a session', () => {
  test('begins with a cookie that scripts and other sites cannot use, and tells who it is', async () => {
    const { answer, email } = await signedIn();
    expect(answer.json).toMatchObject({ me: { email, role: 'employee' }, firstPerson: null });
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^buitenwacht\.session_token=[^;]{40,}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('an address is known whatever its case and spaces around it', async () => {
    const { email } = await signedIn();
    expect((await api.browser().signIn(` ${email.toUpperCase()} `)).status).toBe(200);
  });

  test('gets a token of its own at each sign-in, and the one there was is over: nothing can be planted beforehand', async () => {
    const planted = await signedIn();
    const victim = await signedIn();
    victim.browser.cookies.set(cookieName, planted.cookie);
    expect((await victim.browser.signIn(victim.email)).status).toBe(200);
    expect(victim.browser.cookies.get(cookieName)).not.toBe(planted.cookie);
    expect(await statusOfMe(planted.cookie)).toBe(401);
  });

  test.each([
    ['nothing', ''],
    ['another signature', 'x'.repeat(32).concat('.', 'A'.repeat(43), '=')],
    ['no signature', 'x'.repeat(32)],
    ['what is no text', '%E0%A4%A'],
  ])('is not opened by a cookie with %s', async (_what, cookie) => {
    expect(await statusOfMe(cookie)).toBe(401);
  });

  test('is not opened by its token in the address, a header or another signature', async () => {
    const { cookie } = await signedIn();
    const token = decodeURIComponent(cookie).split('.')[0]!;
    const { ask } = api.browser();
    expect((await ask('GET', `/api/me?token=${token}&${cookieName}=${cookie}`)).status).toBe(401);
    expect((await ask('GET', '/api/me', undefined, { authorization: `Bearer ${token}` })).status).toBe(401);
    expect(await statusOfMe(token)).toBe(401);
    expect(await statusOfMe(cookie.slice(0, -6).concat('AAAA%3D'))).toBe(401);
  });

  test('does not outlive signing out, and the cookie goes', async () => {
    const { browser, cookie } = await signedIn();
    expect((await browser.ask('DELETE', '/api/session')).status).toBe(204);
    expect(browser.cookies.size).toBe(0);
    expect(await statusOfMe(cookie)).toBe(401);
    expect((await browser.ask('DELETE', '/api/session')).status).toBe(204);
  });

  test('does not outlive signing out everywhere, wherever it is', async () => {
    const { browser, email, cookie } = await signedIn();
    const elsewhere = api.browser();
    await elsewhere.signIn(email);
    expect((await elsewhere.ask('DELETE', '/api/me/sessions')).status).toBe(204);
    expect(await statusOfMe(cookie)).toBe(401);
    expect((await browser.ask('GET', '/api/me')).status).toBe(401);
  });

  test('does not outlive a change of the password; who changed it goes on with another', async () => {
    const { browser, email, cookie } = await signedIn();
    const elsewhere = api.browser();
    await elsewhere.signIn(email);
    const change = { current: password, next: 'nog een lang wachtwoord' };
    expect((await browser.ask('POST', '/api/me/password', change)).status).toBe(204);
    expect(await statusOfMe(cookie)).toBe(401);
    expect((await elsewhere.ask('GET', '/api/me')).status).toBe(401);
    expect((await browser.ask('GET', '/api/me')).status).toBe(200);
    expect((await api.browser().signIn(email)).status).toBe(401);
    expect((await api.browser().signIn(email, change.next)).status).toBe(200);
  });

  test('ends within a second when an administrator deactivates its person, and does not come back', async () => {
    const administrator = await signedIn('administrator');
    const { id, email, cookie } = await signedIn();
    expect(await statusOfMe(cookie)).toBe(200);
    await administrator.browser.ask('PATCH', pathOf(id), { active: false });
    await expect.poll(() => statusOfMe(cookie), { timeout: 1_000, interval: 20 }).toBe(401);
    const refused = await api.browser().signIn(email);
    expect([refused.status, refused.json.code]).toEqual([401, 'wrong_credentials']);
    await administrator.browser.ask('PATCH', pathOf(id), { active: true });
    expect(await statusOfMe(cookie)).toBe(401);
    expect((await api.browser().signIn(email)).status).toBe(200);
  });

  test('has the rights of another role within a second', async () => {
    const administrator = await signedIn('administrator');
    const { id, browser } = await signedIn('administrator');
    const mayListPeople = async () => (await browser.ask('GET', '/api/people')).status;
    expect(await mayListPeople()).toBe(200);
    await administrator.browser.ask('PATCH', pathOf(id), { role: 'employee' });
    await expect.poll(mayListPeople, { timeout: 1_000, interval: 20 }).toBe(403);
  });

  test('goes on for a week from the day it was last used, with its cookie, and is over after', async () => {
    const { id, browser, cookie } = await signedIn();
    const first = await browser.ask('GET', '/api/session');
    expect(first.headers.getSetCookie()).toHaveLength(1);
    await sql`update auth."session" s set "updatedAt" = now() - interval '25 hours', "expiresAt" = now() + interval '1 hour'
      from people p where p.user_id = s."userId" and p.id = ${id}`.execute(api.db);
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    const renewed = await browser.ask('GET', '/api/stream');
    expect(renewed.headers.getSetCookie()).toEqual([expect.stringContaining(`${cookie}; Max-Age=604800`)]);
    const { rows } = await sql<{ hours: number; seen: string; today: string }>`
      select extract(epoch from s."expiresAt" - now())::int / 3600 as hours, p.last_seen_on as seen,
        (now() at time zone 'Europe/Amsterdam')::date as today
      from auth."session" s join people p on p.user_id = s."userId" where p.id = ${id}`.execute(api.db);
    expect(rows[0]!.hours).toBeGreaterThanOrEqual(167);
    expect(rows[0]!.seen).toBe(rows[0]!.today);
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect((await browser.ask('GET', '/api/session')).headers.getSetCookie()).toEqual([]);
    await sql`update auth."session" s set "expiresAt" = now() from people p where p.user_id = s."userId" and p.id = ${id}`.execute(
      api.db,
    );
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(await statusOfMe(cookie)).toBe(401);
  });

  test('a person has at most twenty: the one used longest ago goes', async () => {
    const { id, email, cookie } = await signedIn();
    await sql`insert into auth."session" ("id", "token", "userId", "expiresAt", "updatedAt")
      select 'other ' || n, 'other ' || n, p.user_id, now() + interval '1 day', now() from people p, generate_series(1, 19) n
      where p.id = ${id}`.execute(api.db);
    await api.browser().signIn(email);
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(await statusOfMe(cookie)).toBe(401);
  });

  test('neither address nor browser of who signed in is kept', async () => {
    await signedIn();
    const { rows } = await sql`select from auth."session" where "ipAddress" <> '' or "userAgent" <> ''`.execute(api.db);
    expect(rows).toHaveLength(0);
  });
});

describe('links', () => {
  const linkFor = async () => {
    const administrator = await signedIn('administrator');
    const email = `nieuw${++counter}@stad.example`;
    const added = await administrator.browser.ask('POST', '/api/people', { name: 'Nieuw', email, role: 'employee' });
    const path = `/api${new URL(added.json.link.url).pathname}`;
    return { administrator, email, path, id: added.json.person.id as string };
  };

  test('lead somebody in once, with a password of their own; reading one does not use it', async () => {
    const { email, path } = await linkFor();
    const browser = api.browser();
    expect((await browser.ask('GET', path)).json).toMatchObject({ purpose: 'invite', name: 'Nieuw', email });
    expect((await browser.ask('GET', path)).status).toBe(200);
    expect((await browser.ask('POST', path, { password: 'kort' })).status).toBe(400);
    const used = await browser.ask('POST', path, { password });
    expect(used.json).toMatchObject({ me: { email } });
    expect((await browser.ask('GET', '/api/me')).status).toBe(200);
    for (const again of [await browser.ask('GET', path), await browser.ask('POST', path, { password })])
      expect([again.status, again.json.code]).toEqual([410, 'link_used']);
    expect((await api.browser().signIn(email)).status).toBe(200);
  });

  test('of two at the same moment one leads in', async () => {
    const { path } = await linkFor();
    const both = await Promise.all([1, 2].map(() => api.browser().ask('POST', path, { password })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
  });

  test('an earlier one stops when there is a later, and a late one says so', async () => {
    const { administrator, path, id } = await linkFor();
    const later = await administrator.browser.ask('POST', `/api/people/${id}/link`);
    expect((await api.browser().ask('GET', path)).json.code).toBe('link_expired');
    const laterPath = `/api${new URL(later.json.url).pathname}`;
    await sql`update person_links set expires_at = now()`.execute(api.db);
    const late = await api.browser().ask('POST', laterPath, { password });
    expect([late.status, late.json.code]).toEqual([410, 'link_expired']);
  });

  test('one to choose another password ends every session and the attempts on the account', async () => {
    const administrator = await signedIn('administrator');
    const { id, email, cookie } = await signedIn();
    for (let i = 0; i < 11; i += 1) await api.browser().signIn(email, 'mis');
    expect((await api.browser().signIn(email)).status).toBe(429);
    const link = await administrator.browser.ask('POST', `${pathOf(id)}/link`);
    const path = `/api${new URL(link.json.url).pathname}`;
    expect((await api.browser().ask('GET', path)).json.purpose).toBe('reset');
    expect((await api.browser().ask('POST', path, { password: 'een ander wachtwoord' })).status).toBe(200);
    expect(await statusOfMe(cookie)).toBe(401);
    expect((await api.browser().signIn(email, 'een ander wachtwoord')).status).toBe(200);
  });

  test('cannot be found by trying', async () => {
    const { path } = await linkFor();
    const guess = (i: number) => `/api/links/${String(i).padStart(43, 'A')}`;
    const thief = api.browser('203.0.113.9');
    for (let i = 0; i < 100; i += 1) expect((await thief.ask('GET', guess(i))).status).toBe(404);
    for (const answer of [await thief.ask('GET', path), await thief.ask('POST', path, { password })])
      expect([answer.status, answer.json.code]).toEqual([429, 'too_many_attempts']);
    expect((await api.browser('203.0.113.10').ask('GET', path)).status).toBe(200);
  });
});
