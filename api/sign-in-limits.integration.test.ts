import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '#platform/log.ts';
import { forgetOldAttempts } from '#storage/sign-in-attempts.ts';
import { rankSumP } from '#test/rank-sum.ts';
import { password, type SignInApp, signInApp } from '#test/sign-in.ts';

let api: SignInApp;
const email = 'noor@stad.example';
beforeAll(async () => {
  api = await signInApp({ publicUrl: 'https://wacht.stad.example' });
  await api.colleagueWith({ email });
});
afterAll(() => api.drop());
const forgetAll = () => sql`delete from sign_in_attempts`.execute(api.db);
beforeEach(forgetAll);

const full = process.env.FULL === '1';
const place = (i: number) => `203.${i >> 16}.${(i >> 8) & 255}.${i & 255}`;
const counts = (statuses: number[]) => ({
  refused: statuses.filter((status) => status === 401).length,
  limited: statuses.filter((status) => status === 429).length,
});
async function tries(count: number, places: number, address = email): Promise<number[]> {
  const browsers = Array.from({ length: places }, (_, i) => api.browser(place(i)));
  const answers = Array.from({ length: count }, (_, i) => browsers[i % places]!.signIn(address, `mis ${i}`));
  return (await Promise.all(answers)).map(({ status }) => status);
}

describe('guessing a password', () => {
  const size = full ? 10_000 : 300;
  test.each([
    ['one address', 1],
    ['500 addresses', 500],
  ])(`${size} times at once from %s is tried ten times, and who was signed in stays so`, async (_from, places) => {
    const victim = api.browser('198.51.100.4');
    expect((await victim.signIn(email)).status).toBe(200);
    expect(counts(await tries(size, places))).toEqual({ refused: 10, limited: size - 10 });
    const right = await api.browser('198.51.100.5').signIn(email);
    expect([right.status, right.headers.get('retry-after')]).toEqual([429, '900']);
    expect((await victim.ask('GET', '/api/me')).status).toBe(200);
  });

  test('is limited in the same way for an address that nobody has', async () => {
    expect(counts(await tries(30, 3, 'niemand@stad.example'))).toEqual({ refused: 10, limited: 20 });
  });

  test('for many accounts from one place is tried a hundred times; signing in well does not count', async () => {
    for (const address of ['a@stad.example', 'b@stad.example']) await api.browser(place(1)).signIn(address);
    await sql`insert into sign_in_attempts (key) select key from (
      select key from sign_in_attempts group by key having count(*) = 2) place, generate_series(1, 96)`.execute(api.db);
    const statuses: number[] = [];
    for (const name of ['c', 'd', 'e'])
      statuses.push((await api.browser(place(1)).signIn(`${name}@stad.example`)).status);
    expect(statuses).toEqual([401, 401, 429]);
    expect((await api.browser(place(2)).signIn('e@stad.example')).status).toBe(401);
    await forgetAll();
    await api.browser(place(1)).signIn(email);
    const { rows } = await sql`select from sign_in_attempts`.execute(api.db);
    expect(rows).toHaveLength(0);
  });

  test('counts again after a quarter of an hour, and what counts no more is let go', async () => {
    await tries(11, 1);
    await sql`update sign_in_attempts set at = at - interval '15 minutes'`.execute(api.db);
    expect((await api.browser().signIn(email)).status).toBe(200);
    await tries(1, 1);
    await sql`update sign_in_attempts set at = at - interval '15 minutes'`.execute(api.db);
    expect(await forgetOldAttempts(api.db)).toBeGreaterThan(0);
    expect((await sql`select from sign_in_attempts`.execute(api.db)).rows).toHaveLength(0);
  });

  test('keeps no address of anybody who tried', async () => {
    await tries(3, 3);
    const { rows } = await sql<{ key: Buffer }>`select key from sign_in_attempts`.execute(api.db);
    for (const { key } of rows) expect(key).toHaveLength(32);
  });

  test('of the present password when changing it is limited too', async () => {
    const browser = api.browser();
    await browser.signIn(email);
    const statuses: number[] = [];
    for (let i = 0; i < 12; i += 1) {
      const change = { current: `mis ${i}`, next: 'nog een lang wachtwoord' };
      statuses.push((await browser.ask('POST', '/api/me/password', change)).status);
    }
    expect(statuses).toEqual([...Array(10).fill(422), 429, 429]);
  });
});

describe('whether an address has an account', () => {
  test('is told by no status, word or header', async () => {
    const shown = async (address: string) => {
      const { status, text, headers } = await api.browser().signIn(address, 'mis');
      return { status, text, headers: [...headers] };
    };
    const gone = await api.colleagueWith({ email: 'weg@stad.example' });
    await sql`update people set deactivated_at = now() where id = ${gone}`.execute(api.db);
    const unknown = await shown('niemand@stad.example');
    expect(unknown.status).toBe(401);
    expect(await shown(email)).toEqual(unknown);
    expect(await shown('weg@stad.example')).toEqual(unknown);
  });

  test('is not told by the time it takes', async () => {
    const probability = async (size: number) => {
      const took = { known: [] as number[], unknown: [] as number[] };
      for (let i = -4; i < 2 * size; i += 1) {
        // In an order that is not theirs, so that whatever else happens here happens to both.
        const which = (i ^ (i >> 1) ^ (i >> 3)) & 1 ? 'known' : 'unknown';
        if (i % 8 === 0) await forgetAll();
        const start = performance.now();
        await api.browser(place(i)).signIn(which === 'known' ? email : 'niemand@stad.example', 'mis');
        if (i >= 0) took[which].push(performance.now() - start);
      }
      return rankSumP(took.known, took.unknown);
    };
    const size = full ? 5_000 : 50;
    // Of a hundred honest samples one looks like this too: a difference that is there shows again.
    const first = await probability(size);
    expect(first > 0.01 || (await probability(size)) > 0.01).toBe(true);
  }, 1_200_000);
});

describe('the first person', () => {
  const first = { name: 'Ada', email: 'ada@stad.example', password, organisation: 'Lindewaard' };

  test('is made without a code on this machine only, and once', async () => {
    const own = await signInApp({ isEmpty: true });
    const browser = own.browser();
    expect((await browser.ask('GET', '/api/session')).json.firstPerson).toEqual({ needsCode: false });
    for (const headers of [{ 'x-forwarded-for': '203.0.113.1' }, { forwarded: 'for=1.2.3.4' }])
      expect((await browser.ask('POST', '/api/first-person', first, headers)).json.code).toBe('code_needed');
    expect((await own.browser('192.168.1.4').ask('POST', '/api/first-person', first)).json.code).toBe('code_needed');
    const both = await Promise.all([1, 2].map(() => own.browser().ask('POST', '/api/first-person', first)));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await browser.ask('GET', '/api/session')).json.firstPerson).toBeNull();
    expect((await browser.ask('POST', '/api/first-person', first)).json.code).toBe('already_set_up');
    const made = both.find(({ status }) => status === 201)!;
    expect(made.json).toMatchObject({ me: { role: 'administrator' }, organisation: 'Lindewaard' });
    await own.drop();
  });

  test('needs the code of the log where others can come too, which is the same in every process', async () => {
    const told: { setupCode?: string }[] = [];
    const log = createLog('warn', { write: (line) => void told.push(JSON.parse(line)) });
    const own = await signInApp({ host: '0.0.0.0', log, isEmpty: true });
    const browser = own.browser();
    expect((await browser.ask('GET', '/api/session')).json.firstPerson).toEqual({ needsCode: true });
    const code = told.find(({ setupCode }) => setupCode)!.setupCode!;
    expect(code).toMatch(/^[0-9a-f]{12}$/);
    const thief = own.browser('203.0.113.1');
    for (let i = 0; i < 10; i += 1)
      expect((await thief.ask('POST', '/api/first-person', { ...first, code: `${i}` })).json.code).toBe('code_needed');
    expect((await thief.ask('POST', '/api/first-person', { ...first, code })).json.code).toBe('too_many_attempts');
    const made = await browser.ask('POST', '/api/first-person', { ...first, code: ` ${code.toUpperCase()} ` });
    expect(made.status).toBe(201);
    await own.drop();
  });
});

test('where people come by https the cookie is Secure and bound to this very host, and no neighbour’s counts', async () => {
  const browser = api.browser();
  const { headers } = await browser.signIn(email);
  const [cookie] = headers.getSetCookie();
  expect(cookie).toMatch(
    /^__Host-buitenwacht\.session_token=[^;]+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
  );
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  const value = browser.cookies.get('__Host-buitenwacht.session_token');
  const planted = await api
    .browser()
    .ask('GET', '/api/me', undefined, { cookie: `buitenwacht.session_token=${value}` });
  expect(planted.status).toBe(401);
});

test('plain http is said once, and only where others can come', async () => {
  const lines = async (given: { host?: string; publicUrl?: string }) => {
    const told: string[] = [];
    const own = await signInApp({ ...given, log: createLog('warn', { write: (line) => void told.push(line) }) });
    await own.drop();
    return told.filter((line) => line.includes('plain http')).length;
  };
  expect(await lines({ host: '0.0.0.0' })).toBe(1);
  expect(await lines({ publicUrl: 'http://wacht.stad.example' })).toBe(1);
  expect(await lines({ host: '0.0.0.0', publicUrl: 'https://wacht.stad.example' })).toBe(0);
  expect(await lines({})).toBe(0);
});
