import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeInvitation } from '#storage/invitations.ts';
import { holdInvitation, joinByInvitation } from '#storage/join-by-invitation.ts';
import { type TestApp, testApp } from './api-app.ts';
import { openCircle } from './circles.ts';
import { inDays } from './days.ts';
import { type SeededPerson, seedPerson } from './people.ts';
import { seedMention } from './seed.ts';
import { begin, say } from './talk.ts';

/**
 * The audience race: somebody from outside comes in by an invitation while a colleague sends. Judged by what is stored: a reply is there only
 * when who reads along at its commit is who was shown, so whoever came in that moment came after it.
 */
const runs = process.env.FULL ? 500 : 120;

let app: TestApp;
let host: SeededPerson;
let member: SeededPerson;
let circle: string;
let circleId: number;
let thread: { id: string; threadId: number };

beforeAll(async () => {
  app = await testApp();
  [host, member] = [await seedPerson(app.db), await seedPerson(app.db)];
  const { json } = await openCircle(app, { hosts: [host], deputies: [await seedPerson(app.db)], members: [member] });
  circle = json.id;
  circleId = app.ids.decode('circle', circle)!;
  for (const person of [host, member])
    await app.as(person)('POST', `/api/circles/${circle}/frame/acknowledge`, { version: 1 });
  const { threadId } = await seedMention(app.db);
  thread = { threadId, id: app.ids.encode('thread', threadId) };
  await say(app, host, thread.id, await heard(host));
  await noteCommits();
});
afterAll(() => app.drop());

async function heard(person: SeededPerson) {
  const { audiences } = (await app.as(person)('GET', '/api/audiences')).json;
  const { token, outsiders } = audiences.find((one: { circle: { id: string } }) => one.circle.id === circle);
  return { audience: { circle, token }, outsiders: outsiders as number };
}

async function invitation(): Promise<string> {
  const given = { name: 'Fatima', relation: 'customer', reason: 'Weet ervan', mentionId: null } as const;
  const make = (trx: typeof app.db) => makeInvitation(trx, { ...given, circleId, until: inDays(30), madeBy: host.id });
  return (await app.db.transaction().execute((trx) => make(trx as typeof app.db)))!.token;
}

/** The moment of each commit, noted as its last act: rows of the circle are held until after it, so that these moments are in its order. */
async function noteCommits(): Promise<void> {
  await sql`create table commits (kind text, ref bigint, at timestamptz default clock_timestamp())`.execute(app.db);
  for (const [table, column] of [
    ['replies', 'id'],
    ['memberships', 'person_id'],
  ] as const) {
    await sql`create function ${sql.ref(`note_${table}`)}() returns trigger language plpgsql as ${sql.raw(
      `$$ begin insert into commits (kind, ref) values ('${table}', new.${column}); return null; end $$`,
    )}`.execute(app.db);
    await sql`create constraint trigger note after insert on ${sql.table(table)} deferrable initially deferred
      for each row execute function ${sql.ref(`note_${table}`)}()`.execute(app.db);
  }
}

const replies = async () =>
  (await sql<{ n: number }>`select count(*)::int as n from replies`.execute(app.db)).rows[0]!.n;

test(`whoever comes in while a colleague sends hears nothing that was not meant for them, ${runs} times`, {
  timeout: 240_000,
}, async () => {
  const wrong: string[] = [];
  const seen = { stored: 0, refused: 0 };
  for (let run = 0; run < runs; run += 1) {
    const guest = await seedPerson(app.db, { relation: 'customer' });
    const token = await invitation();
    const shown = await heard(member);
    const before = await replies();
    // Now the one, now the other has a head start, so that they meet at every point of their ways.
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const come = async () => {
      if (run % 4 === 1) await wait(run % 7);
      await app.db.transaction().execute(async (trx) => {
        await joinByInvitation(trx, (await holdInvitation(trx, token))!, guest.id);
      });
    };
    const send = async () => {
      if (run % 4 === 2) await wait(run % 11);
      const key = randomUUID();
      return run % 5 === 4
        ? await begin(app, member, { ...shown, key, text: `Bericht ${run}` })
        : await say(app, member, thread.id, { ...shown, key, text: `Bericht ${run}` });
    };
    const [, sent] = await Promise.all([come(), send()]);
    const isStored = sent.status === 201;
    if (!isStored && sent.json?.code !== 'audience_changed')
      wrong.push(`run ${run}: ${sent.status} ${sent.json?.code}`);
    seen[isStored ? 'stored' : 'refused'] += 1;
    if (isStored) {
      const id = app.ids.decode('reply', (sent.json.reply ?? sent.json).id);
      const { rows } = await sql<{ first: string }>`
        select kind as first from commits where (kind, ref) in (('replies', ${id}), ('memberships', ${guest.id}))
        order by at limit 1`.execute(app.db);
      if (rows[0]?.first !== 'replies') wrong.push(`run ${run}: stored after somebody came in who was not shown`);
    } else if ((await replies()) !== before) wrong.push(`run ${run}: refused, and stored`);
  }
  expect(wrong).toEqual([]);
  expect(seen.stored).toBeGreaterThan(0);
  expect(seen.refused).toBeGreaterThan(0);
});
