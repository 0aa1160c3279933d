import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { placeReply } from '#storage/reply-writes.ts';
import { deskCircle } from '#storage/schema.ts';
import { type Asked, type TestApp, testApp } from './api-app.ts';
import { type SeededPerson, seedPerson, viewerById } from './people.ts';
import { seedMention } from './seed.ts';
import { begin, edit, say } from './talk.ts';

let app: TestApp;
let host: SeededPerson;
let member: SeededPerson;
let guest: SeededPerson;
let stranger: SeededPerson;
/** A closed circle with a frame that all three have read. */
let circle: number;

beforeAll(async () => {
  app = await testApp();
  host = await seedPerson(app.db, { name: 'Gastheer' });
  member = await seedPerson(app.db, { name: 'Lid' });
  stranger = await seedPerson(app.db, { name: 'Ander' });
});
afterAll(() => app.drop());

beforeEach(async () => {
  guest = await seedPerson(app.db, { relation: 'expert' });
  circle = await closed();
  await join(circle, host.id, null, 'host');
  await join(circle, member.id);
  await join(circle, guest.id, '2999-01-01');
});

async function closed(kind: 'closed' | 'public' | 'internal' = 'closed', onlyThread: number | null = null) {
  const { rows } = await sql<{ id: number }>`
    insert into circles (kind, name, only_thread_id) values (${kind}, 'Kring', ${onlyThread}::bigint) returning id`.execute(
    app.db,
  );
  return rows[0]!.id;
}
async function join(circleId: number, personId: number, until: string | null = null, role = 'member') {
  await sql`update circles set audience_version = audience_version + 1 where id = ${circleId}`.execute(app.db);
  await sql`insert into memberships (circle_id, person_id, until, role)
    values (${circleId}, ${personId}, ${until}::date, ${role})`.execute(app.db);
}
const outside = async (text = 'De brug blijft dicht.') => {
  const { threadId } = await seedMention(app.db, { text });
  return { threadId, id: app.ids.encode('thread', threadId) };
};
type Shown = {
  circle: { id: string; kind: string };
  colleagues: number;
  outsiders: number;
  public: boolean;
  token: string;
};
const shown = async (person: SeededPerson, thread?: string, circleId = circle): Promise<Shown> => {
  const { audiences } = (await app.as(person)('GET', thread ? `/api/threads/${thread}` : '/api/audiences')).json;
  const id = app.ids.encode('circle', circleId);
  return audiences.find((one: Shown) => one.circle.id === id);
};
const heard = (audience: Shown) => ({ audience: { circle: audience.circle.id, token: audience.token } });
const replies = async (threadId: number) =>
  (await sql<{ n: number }>`select count(*)::int as n from replies where thread_id = ${threadId}`.execute(app.db))
    .rows[0]!.n;
const refusedAs = (answer: Asked) => [answer.status, answer.json.code];

test('the audience of a circle is who reads along: colleagues and people from outside, and a guest is told no numbers', async () => {
  const { id } = await outside();
  expect(await shown(member, id)).toMatchObject({ colleagues: 2, outsiders: 1, public: false });
  await say(app, member, id, heard(await shown(member, id)));
  expect(await shown(guest, id)).toMatchObject({ colleagues: null, outsiders: null });
  expect(await shown(stranger, id)).toBeUndefined();
  // A guest who comes to work here is a guest no more.
  await join(circle, stranger.id, '2999-01-01');
  const hired = await shown(member, id);
  expect(hired).toMatchObject({ colleagues: 3, outsiders: 1 });
  const { json: said } = await say(app, member, id, heard(hired));
  expect((await edit(app, member, said, { text: 'Anders gezegd.' })).status).toBe(200);
  const left = await closed();
  await join(left, member.id);
  await sql`update memberships set left_at = now() where circle_id = ${left}`.execute(app.db);
  expect(await shown(member, undefined, left)).toBeUndefined();
});

test('the first reply places an outside thread in the circle, and a guest there finds its outside', async () => {
  const { id, threadId } = await outside('De ophaalbrug bij Lindewaard.');
  expect((await app.as(guest)('GET', `/api/threads/${id}`)).status).toBe(404);
  expect((await say(app, member, id, heard(await shown(member, id)))).status).toBe(201);
  const seen = await app.as(guest)('GET', `/api/threads/${id}`);
  expect([seen.status, seen.json.mentions.length, seen.json.replies.length]).toEqual([200, 1, 1]);
  expect((await app.as(stranger)('GET', `/api/threads/${id}`)).json.replies).toEqual([]);
  const inCircle = await app.as(guest)('GET', `/api/stream?circle=${app.ids.encode('circle', circle)}`);
  expect(inCircle.json.threads.map((row: { id: string }) => row.id)).toEqual([id]);
  const { status, text } = await app.as(stranger)('GET', `/api/stream?circle=${app.ids.encode('circle', circle)}`);
  const never = await app.as(stranger)('GET', `/api/circles/${app.ids.encode('circle', 9e6)}`);
  expect([status, text]).toEqual([404, never.text]);
  expect(await replies(threadId)).toBe(1);
});

test('whoever comes in changes the audience: what was meant for others is refused, and says who reads along now', async () => {
  const { id, threadId } = await outside();
  const audience = await shown(member, id);
  await join(circle, (await seedPerson(app.db, { relation: 'customer' })).id, '2999-01-01');
  const answer = await say(app, member, id, heard(audience));
  expect(refusedAs(answer)).toEqual([409, 'audience_changed']);
  expect(answer.json.facts).toMatchObject({ colleagues: 2, outsiders: 2 });
  expect(refusedAs(await begin(app, member, heard(audience)))).toEqual([409, 'audience_changed']);
  expect(await replies(threadId)).toBe(0);
  const again = { audience: { circle: audience.circle.id, token: answer.json.facts.token } };
  expect((await say(app, member, id, again)).status).toBe(201);
  // A colleague who stops working here while they are in the circle is a reader from outside more, and no version tells of it.
  await sql`update memberships set until = '2999-01-01' where circle_id = ${circle} and person_id = ${host.id}`.execute(
    app.db,
  );
  const before = await shown(member, id);
  await sql`update relations set since = today() - 9, until = today() - 1 where person_id = ${host.id}`.execute(app.db);
  expect(refusedAs(await say(app, member, id, heard(before)))).toEqual([409, 'audience_changed']);
  await sql`update relations set until = null where person_id = ${host.id}`.execute(app.db);
  // Leaving refuses nothing.
  const wide = await shown(member, id);
  await sql`update memberships set left_at = now() where circle_id = ${circle} and person_id = ${guest.id}`.execute(
    app.db,
  );
  expect((await say(app, member, id, heard(wide))).status).toBe(201);
});

test('each way in which one may not write has its own answer, and nothing is stored', async () => {
  const { id, threadId } = await outside();
  await say(app, host, id, heard(await shown(host, id)));
  const audience = heard(await shown(member, id));
  const refused = async (
    change: ReturnType<typeof sql>,
    back: ReturnType<typeof sql>,
    who = member,
    said = audience,
  ) => {
    await change.execute(app.db);
    const answer = await say(app, who, id, said);
    await back.execute(app.db);
    return refusedAs(answer);
  };
  const inCircle = sql`circle_id = ${circle} and person_id = ${member.id}`;
  const of = sql`update circles set`;
  const here = sql`where id = ${circle}`;
  expect(await refused(sql`${of} archived_at = now() ${here}`, sql`${of} archived_at = null ${here}`)).toEqual([
    409,
    'circle_ended',
  ]);
  expect(await refused(sql`${of} ends_on = today() - 1 ${here}`, sql`${of} ends_on = null ${here}`)).toEqual([
    409,
    'circle_ended',
  ]);
  expect(await refused(sql`${of} frame_version = 3 ${here}`, sql`${of} frame_version = 0 ${here}`)).toEqual([
    409,
    'frame_changed',
  ]);
  expect(
    await refused(
      sql`update memberships set muted_at = now() where ${inCircle}`,
      sql`update memberships set muted_at = null where ${inCircle}`,
    ),
  ).toEqual([409, 'muted']);
  const place = sql`where thread_id = ${threadId} and circle_id = ${circle}`;
  expect(
    await refused(
      sql`update placements set closed_at = now() ${place}`,
      sql`update placements set closed_at = null ${place}`,
    ),
  ).toEqual([409, 'thread_closed']);
  const theirs = heard(await shown(guest, id));
  const past = sql`update memberships set until = today() - 1 where circle_id = ${circle} and person_id = ${guest.id}`;
  await sql`${of} after_end = 'read' ${here}`.execute(app.db);
  expect(
    await refused(
      past,
      sql`update memberships set until = '2999-01-01' where circle_id = ${circle} and person_id = ${guest.id}`,
      guest,
      theirs,
    ),
  ).toEqual([409, 'not_writable']);
  expect(await replies(threadId)).toBe(1);
});

test('a guest names who showed themselves, and finds nobody else by trying', async () => {
  const { id } = await outside();
  await say(app, host, id, heard(await shown(host, id)));
  const naming = async (who: SeededPerson, person: SeededPerson) =>
    await say(app, who, id, {
      ...heard(await shown(who, id)),
      text: '\ufffc, klopt dit?',
      references: [{ kind: 'person', id: app.ids.encode('person', person.id) }],
    });
  expect((await naming(guest, host)).status).toBe(201);
  const never = await naming(guest, stranger);
  expect(never.status).toBe(400);
  expect((await naming(guest, member)).text).toBe(never.text);
  expect((await naming(host, member)).status).toBe(201);
  await say(app, member, id, heard(await shown(member, id)));
  expect((await naming(guest, member)).status).toBe(201);
});

test('a reply keeps the version of the frame that its author had read', async () => {
  const { id } = await outside();
  await sql`update circles set frame_version = 2 where id = ${circle}`.execute(app.db);
  await sql`insert into frame_acknowledgements (circle_id, person_id, version) values (${circle}, ${member.id}, 2)`.execute(
    app.db,
  );
  const { json } = await say(app, member, id, heard(await shown(member, id)));
  const { rows } = await sql<{ version: number }>`
    select frame_version as version from replies where id = ${app.ids.decode('reply', json.id)}`.execute(app.db);
  expect(rows).toEqual([{ version: 2 }]);
});

test('who was put out a moment ago writes nothing, though the server still remembers them as a member', async () => {
  const { id, threadId } = await outside();
  await say(app, host, id, heard(await shown(host, id)));
  const audience = await shown(member, id);
  const remembered = (await viewerById(app.db, member.id))!;
  await sql`update memberships set left_at = now() where circle_id = ${circle} and person_id = ${member.id}`.execute(
    app.db,
  );
  const { rows } = await sql<{
    version: number;
  }>`select audience_version as version from circles where id = ${circle}`.execute(app.db);
  const late = {
    personId: member.id,
    personName: member.name,
    key: crypto.randomUUID(),
    digest: Buffer.alloc(32),
    kind: 'reply',
    threadId,
    circleId: circle,
    audienceVersion: rows[0]!.version,
    outsiders: audience.outsiders,
    text: 'Nog even dit.',
    references: [],
  } as const;
  expect(await placeReply(app.db, remembered.circles, late)).toEqual({ kind: 'nowhere' });
  // Nor does who was at the desk until a moment ago learn that it may not be written there.
  const atDesk = { ...late, key: crypto.randomUUID(), circleId: deskCircle, audienceVersion: 0, outsiders: 0 };
  expect(await placeReply(app.db, [...remembered.circles, deskCircle], atDesk)).toEqual({ kind: 'nowhere' });
  expect(await replies(threadId)).toBe(1);
});

test('a circle about one thread holds no other, and none is begun in it', async () => {
  const [one, other] = [await outside(), await outside()];
  const small = await closed('closed', one.threadId);
  await join(small, member.id);
  expect(await shown(member, undefined, small)).toBeUndefined();
  expect(await shown(member, other.id, small)).toBeUndefined();
  const audience = heard(await shown(member, one.id, small));
  expect((await say(app, member, other.id, audience)).status).toBe(404);
  expect((await begin(app, member, audience)).status).toBe(404);
  expect((await say(app, member, one.id, audience)).status).toBe(201);
});

test('what was begun in one circle is not taken to another by replying there', async () => {
  const own = await closed();
  await join(own, member.id);
  const begun = (await begin(app, member, heard(await shown(member, undefined, own)))).json;
  expect((await say(app, member, begun.id, heard(await shown(member)))).status).toBe(404);
  const everyone = (await app.as(member)('GET', '/api/audiences')).json.audiences[0];
  expect((await say(app, member, begun.id, heard(everyone))).status).toBe(404);
});

test('whoever comes in while somebody sends: what was sent before they came is there when they come, or it was refused', async () => {
  const { id, threadId } = await outside();
  await say(app, host, id, heard(await shown(host, id)));
  const runs = 40;
  let refusals = 0;
  for (let run = 0; run < runs; run += 1) {
    const audience = heard(await shown(member, id));
    const newcomer = await seedPerson(app.db, { relation: 'customer' });
    const before = await replies(threadId);
    // Whoever joins holds the circle's row: what is said to those before them is stored by then, or never.
    const coming = app.db.transaction().execute(async (trx) => {
      await sql`update circles set audience_version = audience_version + 1 where id = ${circle}`.execute(trx);
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from replies where thread_id = ${threadId}`.execute(trx);
      await sql`insert into memberships (circle_id, person_id, until)
        values (${circle}, ${newcomer.id}, '2999-01-01')`.execute(trx);
      if (run % 2) await sql`select pg_sleep(0.01)`.execute(trx);
      return rows[0]!.n;
    });
    const [answer, found] = await Promise.all([say(app, member, id, audience), coming]);
    if (answer.status === 409) refusals += 1;
    expect([found, await replies(threadId)]).toEqual(
      answer.status === 409 ? [before, before] : [before + 1, before + 1],
    );
  }
  expect(refusals).toBeGreaterThan(0);
});
