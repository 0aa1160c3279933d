import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { inDays } from '#test/days.ts';
import {
  accept,
  account,
  type GuestApp,
  guest,
  guestApp,
  type Inviting,
  invite,
  newToken,
  tokenOf,
} from '#test/guests.ts';

let it: GuestApp;
let inviting: Inviting;
let host: Inviting['host'];
let hostId: number;
let circle: number;
beforeAll(async () => {
  it = await guestApp();
});
afterAll(() => it.drop());
beforeEach(async () => {
  inviting = await it.inviting();
  ({ host, hostId, circle } = inviting);
});
const idOf = (kind: Parameters<GuestApp['ids']['encode']>[0], id: number) => it.ids.encode(kind, id);
const audienceVersion = async () =>
  (await sql<{ v: number }>`select audience_version as v from circles where id = ${circle}`.execute(it.db)).rows[0]!.v;

test('the link tells who invites, into what and until when, and nothing changes by looking', async () => {
  const token = await newToken(inviting);
  for (const _ of [1, 2]) {
    const { status, json } = await it.browser().ask('GET', `/api/invitations/by-token/${token}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      name: guest.name,
      circle: { question: 'Hoe houden we de brug open?' },
      oneThread: false,
    });
    expect(Object.keys(json).sort()).toEqual(
      ['circle', 'expiresAt', 'inviter', 'name', 'oneThread', 'organisation', 'until'].sort(),
    );
  }
});

test('with a new account somebody is in at once: a guest, until their last day, and the audience is another', async () => {
  const version = await audienceVersion();
  const browser = it.browser();
  const { status, json } = await accept(it, await newToken(inviting), account(), browser);
  expect(status).toBe(200);
  expect(json).toMatchObject({ circle: { id: idOf('circle', circle) }, threadId: null });
  expect(json.session.me).toMatchObject({ colleague: false, rights: ['member'] });
  expect(await audienceVersion()).toBe(version + 1);
  const { rows } = await sql`select m.role, m.until = today() + 30 as until, m.added_by, m.reason, r.kind
    from memberships m join relations r on r.person_id = m.person_id where m.circle_id = ${circle} and m.role = 'member'`.execute(
    it.db,
  );
  expect(rows).toEqual([{ role: 'member', until: true, added_by: hostId, reason: guest.reason, kind: 'expert' }]);
  const [news] = (await host.ask('GET', '/api/inbox')).json.items;
  expect(news).toMatchObject({ kind: 'guest-came', person: { name: 'Fatima Bakkali', guest: true }, read: false });
  const audited = await sql<{
    action: string;
  }>`select action from audit_log where circle_id = ${circle} order by id`.execute(it.db);
  expect(audited.rows.map(({ action }) => action)).toEqual(['guest.invited', 'guest.came']);
  // Who is in already becomes what the next invitation says, also when somebody else is that.
  expect((await accept(it, await newToken(inviting, { relation: 'customer' }), account())).status).toBe(200);
  expect((await accept(it, await newToken(inviting, { relation: 'customer' }), { as: 'me' }, browser)).status).toBe(
    200,
  );
  const customers = await sql`select from memberships m join relations r on r.person_id = m.person_id
    where m.circle_id = ${circle} and r.kind = 'customer'`.execute(it.db);
  expect(customers.rows).toHaveLength(2);
});

test('the same link works for who already has an account, a colleague too; their circles count in the next request', async () => {
  const known = await it.someone();
  await known.browser.ask('GET', '/api/me');
  const { status } = await accept(it, await newToken(inviting), { as: 'me' }, known.browser);
  expect(status).toBe(200);
  expect((await known.browser.ask('GET', inviting.circlePath)).status).toBe(200);
  const { rows } = await sql<{ kind: string }>`select kind from relations where person_id = ${known.id}`.execute(it.db);
  expect(rows).toEqual([{ kind: 'employee' }]);
  expect((await accept(it, await newToken(inviting), { as: 'me' })).json.code).toBe('signed_out');
});

test('who is in already stays what they are, for longer where the invitation says so', async () => {
  const browser = it.browser();
  await accept(it, await newToken(inviting, { until: inDays(10) }), account(), browser);
  const version = await audienceVersion();
  await accept(it, await newToken(inviting, { until: inDays(20) }), { as: 'me' }, browser);
  await accept(it, await newToken(inviting, { until: inDays(5) }), { as: 'me' }, browser);
  const { rows } =
    await sql`select until = today() + 20 as longest from memberships where circle_id = ${circle} and role = 'member'`.execute(
      it.db,
    );
  expect(rows).toEqual([{ longest: true }]);
  expect(await audienceVersion()).toBe(version);
  await accept(it, await newToken(inviting), { as: 'me' }, host);
  const { rows: hosts } =
    await sql`select role, until from memberships where circle_id = ${circle} and person_id = ${hostId}`.execute(it.db);
  expect(hosts).toEqual([{ role: 'host', until: null }]);
});

test('a link works exactly once, whoever tries at the same moment', async () => {
  const token = await newToken(inviting);
  const known = [await it.someone(), await it.someone()];
  // Everybody has looked at the link before the first is through: the circle is held until they all wait.
  let answers: Promise<Awaited<ReturnType<typeof accept>>[]> | undefined;
  await it.db.transaction().execute(async (trx) => {
    await sql`select from circles where id = ${circle} for update`.execute(trx);
    answers = Promise.all([
      ...known.map(({ browser }) => accept(it, token, { as: 'me' }, browser)),
      accept(it, token, account()),
      accept(it, token, account()),
    ]);
    const waiting = sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    for (let i = 0; i < 100 && (await waiting.execute(trx)).rows[0]!.n < 4; i += 1) await sleep(50);
  });
  const told = await answers!;
  expect(told.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(told.filter(({ json }) => json.code === 'invitation_used')).toHaveLength(3);
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::int as count from memberships where circle_id = ${circle}`.execute(it.db);
  expect(rows[0]!.count).toBe(2);
  // Who came too late has no account either.
  const made = await sql<{
    n: number;
  }>`select count(*)::int as n from relations where kind = 'expert' and person_id not in (select person_id from memberships)`.execute(
    it.db,
  );
  expect(made.rows[0]!.n).toBe(0);
});

test('an address that has an account signs in first; the link still works, and five addresses are what it can try', async () => {
  const known = await it.someone();
  const token = await newToken(inviting);
  const refused = await accept(it, token, account(known.email.toUpperCase()));
  expect(refused.json.code).toBe('sign_in_first');
  expect((await accept(it, token, { as: 'me' }, known.browser)).status).toBe(200);
  const another = await newToken(inviting);
  for (let i = 0; i < 5; i += 1)
    expect((await accept(it, another, account(known.email))).json.code).toBe('sign_in_first');
  expect((await accept(it, another, account(known.email))).json.code).toBe('too_many_attempts');
  expect((await accept(it, another, account())).json.code).toBe('too_many_attempts');
});

test('nobody comes in under the name of a host', async () => {
  const { rows } = await sql<{ name: string }>`select name from people where id = ${hostId}`.execute(it.db);
  const token = await newToken(inviting);
  const refused = await accept(it, token, { ...account(), name: rows[0]!.name });
  expect([refused.status, refused.json.code]).toEqual([409, 'name_taken']);
  expect((await accept(it, token, account())).status).toBe(200);
});

test('used, expired and taken back each say so with 410; one that never was is a 404 like any other', async () => {
  const states = { used: await newToken(inviting), expired: await newToken(inviting), revoked: '' };
  await accept(it, states.used, account());
  await sql`update invitations set expires_at = now() where token_hash = sha256(${states.expired}::text::bytea)`.execute(
    it.db,
  );
  const { json } = await invite(inviting);
  states.revoked = tokenOf(json.link.url);
  const gone = await host.ask('DELETE', `/api/invitations/${json.invitation.id}`);
  expect(gone.json.state).toBe('revoked');
  for (const [state, token] of Object.entries(states)) {
    const told = await it.browser().ask('GET', `/api/invitations/by-token/${token}`);
    expect([told.status, told.json.code]).toEqual([410, `invitation_${state}`]);
    expect((await accept(it, token, account())).json.code).toBe(`invitation_${state}`);
  }
  const never = await it.browser().ask('GET', `/api/invitations/by-token/${'A'.repeat(43)}`);
  expect([never.status, never.json.code]).toEqual([404, 'not_found']);
  const listed = await host.ask('GET', `${inviting.circlePath}/invitations`);
  expect(listed.json.invitations.map((one: { state: string }) => one.state)).toEqual(['revoked', 'expired', 'used']);
});

test('links are not found by trying: a hundred wrong ones in a quarter of an hour, and then nothing', async () => {
  const browser = it.browser('127.0.0.9');
  let last = await browser.ask('GET', `/api/invitations/by-token/${'A'.repeat(43)}`);
  for (let i = 0; i < 100; i += 1)
    last = await browser.ask('GET', `/api/invitations/by-token/${String(i).padStart(43, 'B')}`);
  expect(last.status).toBe(429);
});

test('a guest is out as soon as a host ends it, and their open session sees nothing more', async () => {
  const browser = it.browser();
  const { json } = await invite(inviting);
  await accept(it, tokenOf(json.link.url), account(), browser);
  expect((await browser.ask('GET', inviting.circlePath)).status).toBe(200);
  const ended = await host.ask('DELETE', `/api/invitations/${json.invitation.id}`);
  expect(ended.json).toMatchObject({ state: 'used', inside: false });
  expect((await host.ask('DELETE', `/api/invitations/${json.invitation.id}`)).status).toBe(200);
  expect((await browser.ask('GET', inviting.circlePath)).status).toBe(404);
  const stranger = await it.someone();
  expect((await stranger.browser.ask('DELETE', `/api/invitations/${json.invitation.id}`)).status).toBe(404);
});
