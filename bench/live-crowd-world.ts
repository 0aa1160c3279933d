import { sql } from 'kysely';
import { createIds } from '#api/ids.ts';
import type { Database } from '#storage/database.ts';
import { installationSecret } from '#storage/installation.ts';
import { outsideCircle } from '#storage/schema.ts';
import { type SignedIn, seedSignedIn } from './signed-in.ts';

const circleCount = 1_000;
const lively = 40;
const quietEach = 20;
const threadsEach = 60;
const threadsOutside = 600;
export const classes = 40;

export type CrowdClient = SignedIn & { class: number };
/** One thing that happens: in a thread of one circle, or in its outside. */
export type CrowdPlace = { threadId: number; publicId: string; circleId: number | null };
export type CrowdWorld = {
  clients: CrowdClient[];
  /** The lively circles that each class is in. */
  circlesOf: number[][];
  /** Whoever comes and goes does it here. */
  door: number;
  /** In turn, each thread once before any comes again: a fifth in the outside, the rest each in one lively circle. */
  nextPlace: () => CrowdPlace;
};

/**
 * People in 40 classes, each class in 4 of 40 lively circles, 20 quiet ones and the outside, among a thousand circles; each person
 * with a session, whose cookie is made here. What happens outside reaches all, what happens in a circle a tenth.
 */
export async function seedCrowd(db: Database, people: number): Promise<CrowdWorld> {
  const { rows: circles } = await sql<{ id: number }>`
    insert into circles (kind, name) select 'closed', 'Kring ' || n from generate_series(1, ${circleCount}::int) n
    returning id`.execute(db);
  const ids = circles.map(({ id }) => id);
  const circlesOf = Array.from({ length: classes }, (_, n) => [0, 1, 7, 19].map((step) => ids[(n + step) % lively]!));
  const quietOf = Array.from({ length: classes }, (_, n) =>
    Array.from({ length: quietEach }, (__, i) => ids[lively + 1 + n * quietEach + i]!),
  );
  const door = ids[lively]!;
  const clients = (await seedSignedIn(db, 'employee', people)).map((one, n) => ({ ...one, class: n % classes }));
  await sql`insert into memberships (circle_id, person_id)
    select c.id::int, p.id::bigint from unnest(${clients.map(({ personId }) => personId)}::bigint[],
      ${clients.map((client) => client.class)}::int[]) p (id, class),
      lateral (select jsonb_array_elements_text(${JSON.stringify(circlesOf.map((list, n) => [...list, ...quietOf[n]!]))}::jsonb -> p.class) as id) c`.execute(
    db,
  );
  const outside = await seedThreads(db, outsideCircle, threadsOutside);
  const inside: number[][] = [];
  for (const circle of ids.slice(0, lively)) inside.push(await seedThreads(db, circle, threadsEach));
  for (const table of ['circles', 'memberships', 'people', 'relations', 'placements', 'threads'])
    await sql`vacuum analyze ${sql.table(table)}`.execute(db);
  await sql`vacuum analyze auth."session"`.execute(db);
  const publicIds = createIds(await installationSecret(db));
  let turn = 0;
  const nextPlace = () => {
    const n = turn++;
    const isOutside = n % 5 === 0;
    const at = (n * 7) % lively;
    const list = isOutside ? outside : inside[at]!;
    const threadId = list[Math.floor(n / (isOutside ? 5 : lively)) % list.length]!;
    return { threadId, publicId: publicIds.encode('thread', threadId), circleId: isOutside ? null : ids[at]! };
  };
  return { clients, circlesOf, door, nextPlace };
}

async function seedThreads(db: Database, circleId: number, count: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with made as (insert into threads (born, title) select 'inside', 'Gesprek ' || n from generate_series(1, ${count}::int) n returning id),
      placed as (insert into placements (thread_id, circle_id, sort_at, news_at) select id, ${circleId}::int, now(), now() from made)
    select id from made`.execute(db);
  return rows.map(({ id }) => id);
}
