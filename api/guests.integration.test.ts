import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { seedMention, seedSource } from '#test/seed.ts';
import { seedCircle, seedReply } from '#test/seed-inside.ts';
import { type Browser, type SignInApp, signInApp } from '#test/sign-in.ts';

let it: SignInApp;
let host: Browser;
let hostId: number;
let circle: number;
beforeAll(async () => {
  it = await signInApp();
});
afterAll(() => it.drop());

let counter = 0;
const someone = async (role: 'employee' | 'communication' = 'employee') => {
  const email = `p${++counter}@stad.example`;
  const id = await it.colleagueWith({ email, role });
  const browser = it.browser();
  await browser.signIn(email);
  return { id, email, browser };
};
const idOf = (kind: Parameters<SignInApp['ids']['encode']>[0], id: number) => it.ids.encode(kind, id);
const dayFromNow = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv', { timeZone: 'Europe/Amsterdam' });
const guest = { name: 'Fatima Bakkali', relation: 'expert', reason: 'Weet alles van bruggen.' };
const invite = (given: object = {}, into = circle) =>
  host.ask('POST', `/api/circles/${idOf('circle', into)}/invitations`, { ...guest, until: dayFromNow(30), ...given });
const tokenOf = (url: string) => url.slice(url.lastIndexOf('/') + 1);
const account = (email = `gast${++counter}@elders.example`) => ({
  as: 'new',
  name: 'Fatima Bakkali',
  email,
  password: 'een heel lang wachtwoord',
});
const accept = (token: string, body: unknown, browser = it.browser()) =>
  browser.ask('POST', `/api/invitations/by-token/${token}`, body);
const newToken = async (given: object = {}) => tokenOf((await invite(given)).json.link.url);
const audienceVersion = async () =>
  (await sql<{ v: number }>`select audience_version as v from circles where id = ${circle}`.execute(it.db)).rows[0]!.v;

beforeEach(async () => {
  const person = await someone();
  host = person.browser;
  hostId = person.id;
  circle = await seedCircle(it.db, `Kring ${++counter}`);
  await sql`insert into circle_frames (circle_id, version, question, in_scope, out_of_scope, result, house_rule, ends_on, after_end)
    values (${circle}, 1, 'Hoe houden we de brug open?', 'De brug', 'De rest', 'Een plan', 'Blijf vriendelijk', today() + 90, 'gone')`.execute(
    it.db,
  );
  await sql`update circles set frame_version = 1, ends_on = today() + 90 where id = ${circle}`.execute(it.db);
  await sql`insert into memberships (circle_id, person_id, role) values (${circle}, ${hostId}, 'host')`.execute(it.db);
});

describe('inviting', () => {
  test('a host gets a link once; what is kept of it is a hash', async () => {
    const { status, json } = await invite();
    expect(status).toBe(201);
    expect(json.invitation).toMatchObject({ ...guest, state: 'waiting', inside: false, usedBy: null, mention: null });
    const token = tokenOf(json.link.url);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const { rows } = await sql<{ row: string }>`select row_to_json(i)::text as row from invitations i`.execute(it.db);
    for (const { row } of rows) expect(row).not.toContain(token);
    const list = await host.ask('GET', `/api/circles/${idOf('circle', circle)}/invitations`);
    expect(list.text).not.toContain(token);
    expect(list.json.invitations).toHaveLength(1);
  });

  test('the last day is 1 to 180 days on, and the link never works beyond it or two weeks', async () => {
    for (const days of [0, -1, 181]) expect((await invite({ until: dayFromNow(days) })).status).toBe(400);
    expect((await invite({ until: undefined })).status).toBe(400);
    expect((await invite({ until: '0000-01-01' })).status).toBe(400);
    const expiry = async (days: number) => Date.parse((await invite({ until: dayFromNow(days) })).json.link.expiresAt);
    expect(await expiry(179)).toBeLessThanOrEqual(Date.now() + 14 * 86_400_000);
    expect(await expiry(2)).toBeLessThan(Date.now() + 3.1 * 86_400_000);
  });

  test('only a host invites: a member is refused, and for everybody else there is no such circle', async () => {
    const member = await someone();
    const other = await someone('communication');
    await sql`insert into memberships (circle_id, person_id) values (${circle}, ${member.id})`.execute(it.db);
    const path = `/api/circles/${idOf('circle', circle)}/invitations`;
    const body = { ...guest, until: dayFromNow(30) };
    expect((await member.browser.ask('POST', path, body)).json.code).toBe('forbidden');
    expect((await member.browser.ask('GET', path)).json.code).toBe('forbidden');
    const never = await other.browser.ask('POST', `/api/circles/${idOf('circle', 999_999)}/invitations`, body);
    expect((await other.browser.ask('POST', path, body)).text).toBe(never.text);
    expect(never.status).toBe(404);
  });

  test('a link that waits is listed for and taken back by hosts alone', async () => {
    const stranger = await someone('communication');
    const { mentionId } = await seedMention(it.db);
    const path = `/api/mentions/${idOf('mention', mentionId)}/invitations`;
    const into = { kind: 'circle', id: idOf('circle', circle) };
    const { json } = await host.ask('POST', path, { ...guest, until: dayFromNow(30), into });
    expect((await stranger.browser.ask('DELETE', `/api/invitations/${json.invitation.id}`)).status).toBe(404);
    expect((await stranger.browser.ask('GET', path)).json.invitations).toEqual([]);
    expect((await host.ask('GET', path)).json.invitations).toMatchObject([{ state: 'waiting' }]);
  });

  test('a link is worth nothing once who made it is out: nobody comes back by their own', async () => {
    const token = await newToken();
    const other = await someone();
    await sql`insert into memberships (circle_id, person_id, role) values (${circle}, ${other.id}, 'host')`.execute(
      it.db,
    );
    const path = `/api/circles/${idOf('circle', circle)}`;
    expect((await other.browser.ask('DELETE', `${path}/members/${idOf('person', hostId)}`)).status).toBe(204);
    expect((await accept(token, { as: 'me' }, host)).json.code).toBe('invitation_revoked');
    expect((await accept(token, account())).json.code).toBe('invitation_revoked');
    expect((await host.ask('GET', path)).status).toBe(404);
    expect((await other.browser.ask('GET', `${path}/invitations`)).json.invitations).toMatchObject([
      { state: 'revoked' },
    ]);
  });

  test('taking a link back puts no last host out', async () => {
    const { link, invitation } = (await invite()).json;
    const colleague = await someone();
    expect((await accept(tokenOf(link.url), { as: 'me' }, colleague.browser)).status).toBe(200);
    const to = idOf('person', colleague.id);
    const handed = { to, stay: 'deputy' };
    expect((await host.ask('POST', `/api/circles/${idOf('circle', circle)}/hand-over`, handed)).status).toBe(200);
    expect((await host.ask('DELETE', `/api/invitations/${invitation.id}`)).json.code).toBe('last_host');
  });

  test('into a circle that ended nobody is invited any more', async () => {
    await sql`update circles set archived_at = now() where id = ${circle}`.execute(it.db);
    expect((await invite()).json.code).toBe('circle_ended');
  });
});

describe('coming in', () => {
  test('the link tells who invites, into what and until when, and nothing changes by looking', async () => {
    const token = await newToken();
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
    const { status, json } = await accept(await newToken(), account(), browser);
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
    expect(audited.rows.map(({ action }) => action)).toEqual(['guest.invited', 'member.added', 'guest.came']);
  });

  test('the same link works for who already has an account, a colleague too; their circles count in the next request', async () => {
    const known = await someone();
    await known.browser.ask('GET', '/api/me');
    const { status } = await accept(await newToken(), { as: 'me' }, known.browser);
    expect(status).toBe(200);
    expect((await known.browser.ask('GET', `/api/circles/${idOf('circle', circle)}`)).status).toBe(200);
    const { rows } = await sql<{ kind: string }>`select kind from relations where person_id = ${known.id}`.execute(
      it.db,
    );
    expect(rows).toEqual([{ kind: 'employee' }]);
    expect((await accept(await newToken(), { as: 'me' })).json.code).toBe('signed_out');
  });

  test('who is in already stays what they are, for longer where the invitation says so', async () => {
    const browser = it.browser();
    await accept(await newToken({ until: dayFromNow(10) }), account(), browser);
    const version = await audienceVersion();
    await accept(await newToken({ until: dayFromNow(20) }), { as: 'me' }, browser);
    await accept(await newToken({ until: dayFromNow(5) }), { as: 'me' }, browser);
    const { rows } =
      await sql`select until = today() + 20 as longest from memberships where circle_id = ${circle} and role = 'member'`.execute(
        it.db,
      );
    expect(rows).toEqual([{ longest: true }]);
    expect(await audienceVersion()).toBe(version);
    await accept(await newToken(), { as: 'me' }, host);
    const { rows: hosts } =
      await sql`select role, until from memberships where circle_id = ${circle} and person_id = ${hostId}`.execute(
        it.db,
      );
    expect(hosts).toEqual([{ role: 'host', until: null }]);
  });

  test('a link works exactly once, whoever tries at the same moment', async () => {
    const token = await newToken();
    const known = [await someone(), await someone()];
    // Everybody has looked at the link before the first is through: the circle is held until they all wait.
    let answers: Promise<Awaited<ReturnType<typeof accept>>[]> | undefined;
    await it.db.transaction().execute(async (trx) => {
      await sql`select from circles where id = ${circle} for update`.execute(trx);
      answers = Promise.all([
        ...known.map(({ browser }) => accept(token, { as: 'me' }, browser)),
        accept(token, account()),
        accept(token, account()),
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
    const known = await someone();
    const token = await newToken();
    const refused = await accept(token, account(known.email.toUpperCase()));
    expect(refused.json.code).toBe('sign_in_first');
    expect((await accept(token, { as: 'me' }, known.browser)).status).toBe(200);
    const another = await newToken();
    for (let i = 0; i < 5; i += 1)
      expect((await accept(another, account(known.email))).json.code).toBe('sign_in_first');
    expect((await accept(another, account(known.email))).json.code).toBe('too_many_attempts');
    expect((await accept(another, account())).json.code).toBe('too_many_attempts');
  });

  test('used, expired and taken back each say so with 410; one that never was is a 404 like any other', async () => {
    const states = { used: await newToken(), expired: await newToken(), revoked: '' };
    await accept(states.used, account());
    await sql`update invitations set expires_at = now() where token_hash = sha256(${states.expired}::text::bytea)`.execute(
      it.db,
    );
    const { json } = await invite();
    states.revoked = tokenOf(json.link.url);
    const gone = await host.ask('DELETE', `/api/invitations/${json.invitation.id}`);
    expect(gone.json.state).toBe('revoked');
    for (const [state, token] of Object.entries(states)) {
      const told = await it.browser().ask('GET', `/api/invitations/by-token/${token}`);
      expect([told.status, told.json.code]).toEqual([410, `invitation_${state}`]);
      expect((await accept(token, account())).json.code).toBe(`invitation_${state}`);
    }
    const never = await it.browser().ask('GET', `/api/invitations/by-token/${'A'.repeat(43)}`);
    expect([never.status, never.json.code]).toEqual([404, 'not_found']);
    const listed = await host.ask('GET', `/api/circles/${idOf('circle', circle)}/invitations`);
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
    const { json } = await invite();
    await accept(tokenOf(json.link.url), account(), browser);
    expect((await browser.ask('GET', `/api/circles/${idOf('circle', circle)}`)).status).toBe(200);
    const ended = await host.ask('DELETE', `/api/invitations/${json.invitation.id}`);
    expect(ended.json).toMatchObject({ state: 'used', inside: false });
    expect((await host.ask('DELETE', `/api/invitations/${json.invitation.id}`)).status).toBe(200);
    expect((await browser.ask('GET', `/api/circles/${idOf('circle', circle)}`)).status).toBe(404);
    const stranger = await someone();
    expect((await stranger.browser.ask('DELETE', `/api/invitations/${json.invitation.id}`)).status).toBe(404);
  });
});

describe('from a mention', () => {
  test('the thread is placed in the circle; the guest is its author as they say, until a host confirms by hand', async () => {
    const { threadId, mentionId } = await seedMention(it.db);
    const path = `/api/mentions/${idOf('mention', mentionId)}/invitations`;
    const into = { kind: 'circle', id: idOf('circle', circle) };
    const made = await host.ask('POST', path, { ...guest, until: dayFromNow(30), into });
    expect(made.status).toBe(201);
    expect(made.json.invitation.mention).toEqual({
      id: idOf('mention', mentionId),
      threadId: idOf('thread', threadId),
    });
    const browser = it.browser();
    const accepted = await accept(tokenOf(made.json.link.url), account(), browser);
    expect(accepted.json.threadId).toBe(idOf('thread', threadId));
    const thread = () => browser.ask('GET', `/api/threads/${idOf('thread', threadId)}`);
    expect((await thread()).json.authors).toMatchObject([{ state: 'claimed', person: { name: 'Fatima Bakkali' } }]);
    const person = accepted.json.session.me.id;
    const confirm = { mention: idOf('mention', mentionId), person };
    const confirmed = await host.ask('POST', `/api/circles/${idOf('circle', circle)}/authors`, confirm);
    expect(confirmed.json).toMatchObject({ state: 'confirmed', person: { id: person } });
    expect((await host.ask('POST', `/api/circles/${idOf('circle', circle)}/authors`, confirm)).json).toEqual(
      confirmed.json,
    );
    expect((await thread()).json.authors).toMatchObject([{ state: 'confirmed' }]);
    expect((await host.ask('GET', path)).json.invitations).toMatchObject([{ author: 'confirmed', inside: true }]);
    // Whoever sees the thread elsewhere is not told.
    const stranger = await someone();
    const seen = await stranger.browser.ask('GET', `/api/threads/${idOf('thread', threadId)}`);
    expect(seen.json.authors).toEqual([]);
  });

  test('the desk opens a circle about one thread, with a frame, a host and a deputy, and nothing else goes in', async () => {
    const desk = await someone('communication');
    const deputy = await someone();
    const { threadId, mentionId } = await seedMention(it.db, { title: 'De brug staat weer open' });
    const frame = { inScope: 'De brug', outOfScope: 'De rest', result: 'Een plan', houseRule: 'Blijf vriendelijk' };
    const into = { kind: 'thread', deputy: idOf('person', deputy.id), ...frame };
    const ask = (given: object, by = desk.browser) =>
      by.ask('POST', `/api/mentions/${idOf('mention', mentionId)}/invitations`, {
        ...guest,
        until: dayFromNow(30),
        into: { ...into, ...given },
      });
    expect((await ask({ deputy: idOf('person', desk.id) })).status).toBe(400);
    expect((await ask({ deputy: idOf('person', 999_999) })).status).toBe(400);
    expect((await ask({}, deputy.browser)).json.code).toBe('forbidden');
    const made = await ask({});
    expect(made.status).toBe(201);
    const own = it.ids.decode('circle', made.json.invitation.circle.id)!;
    const { rows } =
      await sql`select c.only_thread_id, f.question, (select json_agg(m.role order by m.role) from memberships m where m.circle_id = c.id) as roles
      from circles c join circle_frames f on f.circle_id = c.id where c.id = ${own}`.execute(it.db);
    expect(rows).toEqual([
      { only_thread_id: threadId, question: 'De brug staat weer open', roles: ['deputy', 'host'] },
    ]);
    const facts = await it.browser().ask('GET', `/api/invitations/by-token/${tokenOf(made.json.link.url)}`);
    expect(facts.json).toMatchObject({ oneThread: true, circle: { question: 'De brug staat weer open' } });
    const other = await seedMention(it.db);
    const refused = await desk.browser.ask('POST', `/api/mentions/${idOf('mention', other.mentionId)}/invitations`, {
      ...guest,
      until: dayFromNow(30),
      into: { kind: 'circle', id: made.json.invitation.circle.id },
    });
    expect(refused.json.code).toBe('invalid_request');
  });

  test('a guest reads what was said and what is said there, and nothing of where we listen or what we make of it', async () => {
    const sourceId = await seedSource(it.db, 'Geheime bron');
    const { threadId, mentionId } = await seedMention(it.db, { sourceId, tone: -1, confidence: 0.9, title: 'De brug' });
    await sql`insert into cases (thread_id, waiting_since) values (${threadId}, now())`.execute(it.db);
    await seedReply(it.db, { threadId, personId: hostId, at: new Date().toISOString(), text: 'Onder collega’s' });
    const into = { kind: 'circle', id: idOf('circle', circle) };
    const path = `/api/mentions/${idOf('mention', mentionId)}/invitations`;
    const { json } = await host.ask('POST', path, { ...guest, until: dayFromNow(30), into });
    await seedReply(it.db, {
      threadId,
      personId: hostId,
      circleId: circle,
      at: new Date().toISOString(),
      text: 'Welkom',
    });
    const browser = it.browser();
    await accept(tokenOf(json.link.url), account(), browser);
    const ofThread = `/api/threads/${idOf('thread', threadId)}`;
    const thread = await browser.ask('GET', ofThread);
    expect(thread.json).toMatchObject({
      title: 'De brug',
      case: null,
      tippedBy: [],
      mentions: [{ source: null, sentiment: null }],
    });
    expect(thread.json.replies.map(({ text }: { text: string }) => text)).toEqual(['Welkom']);
    expect(thread.json.audiences).toMatchObject([{ colleagues: null, outsiders: null }]);
    const stream = await browser.ask('GET', '/api/stream');
    expect(stream.json.threads).toMatchObject([
      { source: null, sentiment: null, case: null, tip: false, replies: { count: 1 } },
    ]);
    const mention = await browser.ask('GET', `/api/mentions/${idOf('mention', mentionId)}`);
    for (const { text } of [thread, stream, mention]) expect(text).not.toContain('Geheime bron');
    expect((await host.ask('GET', ofThread)).text).toContain('Geheime bron');
    const counts = (await browser.ask('GET', '/api/stream/counts')).json;
    expect(counts).toMatchObject({ deskOpen: 0, deskMine: 0, sourcesNeedYou: 0 });
    for (const filter of [`source=${idOf('source', sourceId)}`, 'tone=negative', 'outcome=answered'])
      expect((await browser.ask('GET', `/api/stream?${filter}`)).status).toBe(400);
    const names = await browser.ask('GET', '/api/people/names?q=p');
    expect([names.status, names.json.code]).toEqual([404, 'not_found']);
  });

  test('nobody is confirmed who is not in the circle, nor for a mention that is not talked about there', async () => {
    const { mentionId } = await seedMention(it.db);
    const stranger = await someone();
    const path = `/api/circles/${idOf('circle', circle)}/authors`;
    const body = { mention: idOf('mention', mentionId), person: idOf('person', hostId) };
    expect((await host.ask('POST', path, body)).status).toBe(400);
    expect((await stranger.browser.ask('POST', path, body)).status).toBe(404);
  });
});
