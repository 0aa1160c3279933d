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
import { seedMention } from '#test/seed.ts';

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

test('a host gets a link once; what is kept of it is a hash', async () => {
  const { status, json } = await invite(inviting);
  expect(status).toBe(201);
  expect(json.invitation).toMatchObject({ ...guest, state: 'waiting', inside: false, usedBy: null, mention: null });
  const token = tokenOf(json.link.url);
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  const { rows } = await sql<{ row: string }>`select row_to_json(i)::text as row from invitations i`.execute(it.db);
  for (const { row } of rows) expect(row).not.toContain(token);
  const list = await host.ask('GET', `${inviting.circlePath}/invitations`);
  expect(list.text).not.toContain(token);
  expect(list.json.invitations).toHaveLength(1);
});

test('the last day is 1 to 180 days on, and the link never works beyond it or two weeks', async () => {
  for (const days of [0, -1, 181]) expect((await invite(inviting, { until: inDays(days) })).status).toBe(400);
  expect((await invite(inviting, { until: undefined })).status).toBe(400);
  expect((await invite(inviting, { until: '0000-01-01' })).status).toBe(400);
  const expiry = async (days: number) =>
    Date.parse((await invite(inviting, { until: inDays(days) })).json.link.expiresAt);
  expect(await expiry(179)).toBeLessThanOrEqual(Date.now() + 14 * 86_400_000);
  expect(await expiry(2)).toBeLessThan(Date.now() + 3.1 * 86_400_000);
});

test('only a host invites: a member is refused, and for everybody else there is no such circle', async () => {
  const member = await it.someone();
  const other = await it.someone('communication');
  await sql`insert into memberships (circle_id, person_id) values (${circle}, ${member.id})`.execute(it.db);
  const path = `${inviting.circlePath}/invitations`;
  const body = { ...guest, until: inDays(30) };
  expect((await member.browser.ask('POST', path, body)).json.code).toBe('forbidden');
  expect((await member.browser.ask('GET', path)).json.code).toBe('forbidden');
  const never = await other.browser.ask('POST', `/api/circles/${idOf('circle', 999_999)}/invitations`, body);
  expect((await other.browser.ask('POST', path, body)).text).toBe(never.text);
  expect(never.status).toBe(404);
});

test('a link that waits is listed for and taken back by hosts alone', async () => {
  const stranger = await it.someone('communication');
  const { mentionId } = await seedMention(it.db);
  const path = `/api/mentions/${idOf('mention', mentionId)}/invitations`;
  const into = { kind: 'circle', id: idOf('circle', circle) };
  const { json } = await host.ask('POST', path, { ...guest, until: inDays(30), into });
  expect((await stranger.browser.ask('DELETE', `/api/invitations/${json.invitation.id}`)).status).toBe(404);
  expect((await stranger.browser.ask('GET', path)).json.invitations).toEqual([]);
  expect((await host.ask('GET', path)).json.invitations).toMatchObject([{ state: 'waiting' }]);
});

test('a link is worth nothing once who made it is out: nobody comes back by their own', async () => {
  const token = await newToken(inviting);
  const other = await it.someone();
  await sql`insert into memberships (circle_id, person_id, role) values (${circle}, ${other.id}, 'host')`.execute(
    it.db,
  );
  const path = inviting.circlePath;
  expect((await other.browser.ask('DELETE', `${path}/members/${idOf('person', hostId)}`)).status).toBe(204);
  expect((await accept(it, token, { as: 'me' }, host)).json.code).toBe('invitation_revoked');
  expect((await accept(it, token, account())).json.code).toBe('invitation_revoked');
  expect((await host.ask('GET', path)).status).toBe(404);
  expect((await other.browser.ask('GET', `${path}/invitations`)).json.invitations).toMatchObject([
    { state: 'revoked' },
  ]);
});

test('taking a link back puts no last host out', async () => {
  const { link, invitation } = (await invite(inviting)).json;
  const colleague = await it.someone();
  expect((await accept(it, tokenOf(link.url), { as: 'me' }, colleague.browser)).status).toBe(200);
  const to = idOf('person', colleague.id);
  const handed = { to, stay: 'deputy' };
  expect((await host.ask('POST', `${inviting.circlePath}/hand-over`, handed)).status).toBe(200);
  expect((await host.ask('DELETE', `/api/invitations/${invitation.id}`)).json.code).toBe('last_host');
});

test('into a circle that ended nobody is invited any more', async () => {
  await sql`update circles set archived_at = now() where id = ${circle}`.execute(it.db);
  expect((await invite(inviting)).json.code).toBe('circle_ended');
});
