import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIds, createSeal } from '#api/ids.ts';
import { createLog } from '#platform/log.ts';
import { untilNextDay } from '#storage/day-changes.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { readEvents } from '#test/events.ts';
import { seedPerson, viewerById } from '#test/people.ts';
import { seedCircle } from '#test/seed-inside.ts';
import { type Live, startLive } from './hub.ts';

let fresh: FreshDatabase;
let live: Live | undefined;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(async () => {
  await live?.close();
  await fresh.drop();
});

/** Moves the zone so that its midnight lies so many seconds ahead: a zone by its distance, as PostgreSQL reads one. */
async function midnightIn(seconds: number): Promise<void> {
  const { rows } = await sql<{ passed: number }>`
    select extract(epoch from (now() at time zone 'UTC') - date_trunc('day', now() at time zone 'UTC'))::int as passed`.execute(
    fresh.db,
  );
  let ahead = 86_400 - seconds - rows[0]!.passed;
  if (ahead > 43_200) ahead -= 86_400;
  const size = Math.abs(ahead);
  const part = (n: number) => String(Math.floor(n)).padStart(2, '0');
  // In such a name what lies east of Greenwich counts down.
  const zone = `<X>${ahead < 0 ? '+' : '-'}${part(size / 3_600)}:${part((size / 60) % 60)}:${part(size % 60)}`;
  await sql`update installation set time_zone = ${zone}`.execute(fresh.db);
}

test('a stream of somebody whose last day is over ends within a second of midnight; those of others go on', async () => {
  const { db } = fresh;
  await midnightIn(6);
  const circle = await seedCircle(db, 'Klankbord');
  const guests = [await seedPerson(db, { relation: 'expert' }), await seedPerson(db, { relation: 'expert' })];
  for (const [at, guest] of guests.entries())
    await sql`insert into memberships (circle_id, person_id, until) values (${circle}, ${guest.id}, today() + ${at}::int)`.execute(
      db,
    );
  live = await startLive({
    db,
    databaseUrl: fresh.url,
    ids: createIds(Buffer.alloc(32, 1)),
    seal: createSeal(Buffer.alloc(32, 1)),
    log: createLog('silent'),
  });
  const [ending, staying] = await Promise.all(
    guests.map(async ({ id }) => {
      const viewer = (await viewerById(db, id))!;
      expect(viewer.circles).toEqual([circle]);
      const isStillThere = async () => (await viewerById(db, id))!.circles.join() === viewer.circles.join();
      return readEvents(live!.open({ viewer, address: 'a', lastEventId: undefined, isStillThere })!);
    }),
  );
  await Promise.all([ending!.lastId(), staying!.lastId()]);
  const left = await untilNextDay(db);
  expect(left).toBeGreaterThan(0);
  const asked = performance.now();
  expect(await ending!.next()).toBeNull();
  expect(performance.now() - asked).toBeGreaterThan(left - 50);
  expect(performance.now() - asked).toBeLessThan(left + 2_500);
  expect((await viewerById(db, guests[0]!.id))!.circles).toEqual([]);
  await sql`insert into threads (born, title) values ('inside', 'Nog een vraag')`.execute(db);
  await sql`insert into placements (thread_id, circle_id, sort_at) select max(id), ${circle}, now() from threads`.execute(
    db,
  );
  await sql`with told as (insert into changes (kind, ref, circle_id) select 1, max(id), ${circle} from threads)
    select pg_notify('buitenwacht_changes', '')`.execute(db);
  expect((await staying!.next())?.event).toBe('change');
});

test('a guest hears of nothing but what stands in their circles', async () => {
  const { db } = fresh;
  const circle = await seedCircle(db, 'Adviesraad');
  const guest = await seedPerson(db, { relation: 'expert' });
  await sql`insert into memberships (circle_id, person_id, until) values (${circle}, ${guest.id}, today() + 3)`.execute(
    db,
  );
  const viewer = (await viewerById(db, guest.id))!;
  const events = readEvents(
    live!.open({ viewer, address: 'b', lastEventId: undefined, isStillThere: async () => true })!,
  );
  await events.lastId();
  // A source, and more elsewhere than anybody would load one by one.
  await sql`insert into changes (kind, ref) select 3, n from generate_series(1, 3) n`.execute(db);
  await sql`insert into changes (kind, ref) select 1, n from generate_series(900001, 900600) n`.execute(db);
  await sql`insert into threads (born, title) values ('inside', 'Een vraag')`.execute(db);
  await sql`insert into placements (thread_id, circle_id, sort_at) select max(id), ${circle}, now() from threads`.execute(
    db,
  );
  await sql`with told as (insert into changes (kind, ref, circle_id) select 1, max(id), ${circle} from threads)
    select pg_notify('buitenwacht_changes', '')`.execute(db);
  const event = await events.next();
  expect(event).toMatchObject({ event: 'change', data: { sources: [], attention: false } });
  expect((event!.data as { threads: string[] }).threads).toHaveLength(1);
});
