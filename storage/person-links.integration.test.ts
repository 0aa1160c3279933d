import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { seedPerson } from '#test/people.ts';
import { endSessionsOf, setPassword } from './accounts.ts';
import { changePerson } from './people-list.ts';
import { endLinksOf, makeLink, readLink, useLink as spend } from './person-links.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await seedPerson(database.db, { role: 'administrator' });
});
afterAll(() => database.drop());

/** Uses the link of a new colleague, and does something else with them once the link is held. */
async function whileUsed(other: (personId: number) => Promise<unknown>) {
  const { db } = database;
  const { id } = await seedPerson(db);
  const { token } = await db
    .transaction()
    .execute((trx) => makeLink(trx, { personId: id, purpose: 'invite', madeBy: null }));
  let later: Promise<unknown> = Promise.resolve();
  const used = spend(db, token, async (trx, personId) => {
    later = other(personId);
    await setTimeout(200);
    await setPassword(trx, personId, 'hash');
    await endSessionsOf(trx, personId);
  });
  const outcome = await used;
  await later;
  return { outcome, after: await readLink(db, token) };
}

test('a colleague who is deactivated while they come in by their link: both are done, neither waits for the other', async () => {
  const { outcome, after } = await whileUsed((personId) =>
    database.db.transaction().execute(async (trx) => {
      await changePerson(trx, personId, { active: false });
      await endLinksOf(trx, personId);
    }),
  );
  expect(outcome?.kind).toBe('usable');
  expect(after).toBeNull();
});

test('a new link that is made while the earlier one is used: both are done', async () => {
  const { outcome, after } = await whileUsed((personId) =>
    database.db.transaction().execute((trx) => makeLink(trx, { personId, purpose: 'reset', madeBy: null })),
  );
  expect(outcome?.kind).toBe('usable');
  expect(after).toEqual({ kind: 'used' });
});
