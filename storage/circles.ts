import { type Kysely, sql } from 'kysely';
import type { CircleKind, Standing } from '#domain/circle.ts';
import { type PersonNamed, personNamed } from './badges.ts';
import { recordChanges } from './changes.ts';
import { holds, keptKinds, literals } from './circle-hold.ts';
import type { Database } from './database.ts';
import { type FrameFacts, frameColumns, type StateFacts } from './frames.ts';
import { isIn } from './memberships.ts';
import { everyoneCircle, type Tables } from './schema.ts';
import { standingsOf, worksHere } from './standings.ts';
import type { CircleFacts } from './stream-rows.ts';

/** These circles with what they are called. */
export async function circlesNamed(db: Database, circles: readonly number[]): Promise<CircleFacts[]> {
  const { rows } = await sql<CircleFacts>`
    select id, kind, name from circles where id = any(${circles}::int[]) order by lower(name), id`.execute(db);
  return rows;
}

export type HostFacts = { person: PersonNamed; role: 'host' | 'deputy' };

/** A circle as one reader knows it. */
export type CircleSummaryFacts = {
  id: number;
  kind: CircleKind;
  name: string;
  who: 'colleague' | 'outsider';
  standing: Standing;
  question: string | null;
  /** A day, as YYYY-MM-DD. */
  endsOn: string | null;
  ended: boolean;
  archivedAt: Date | null;
  hosts: HostFacts[];
  /** null for who may not know. */
  colleagues: number | null;
  guests: number | null;
  /** At most 100 of either. */
  open: number;
  done: number;
  unread: boolean;
};

/** So many conversations are counted, and looked at for news; more is shown as more. */
const mostCounted = 100;

const hostsOf = sql`(
  select coalesce(json_agg(json_build_object('person', ${personNamed('p')}, 'role', m.role)
    order by m.role desc, lower(p.name), p.id), '[]')
  from memberships m join people p on p.id = m.person_id
  where m.circle_id = c.id and m.role <> 'member' and p.deactivated_at is null and ${isIn(sql`m.person_id`)}
    and ${worksHere(sql`m.person_id`)})`;

/** Who is in it today, counted for who may see who that is; all colleagues are in the circle of everyone. */
const peopleOf = sql`lateral (
  select count(*) filter (where works.here)::int as colleagues, count(*) filter (where not works.here)::int as guests
  from (
    select m.person_id as id from memberships m where m.circle_id = c.id and c.id <> ${sql.lit(everyoneCircle)}
      and ${isIn(sql`m.person_id`)}
    union all select p.id from people p where c.id = ${sql.lit(everyoneCircle)} and ${worksHere(sql`p.id`)}
  ) inside join people p on p.id = inside.id and p.deactivated_at is null
  cross join lateral (select ${worksHere(sql`p.id`)} as here) works
  having ${holds('people')}
)`;

function summaryOf(personId: number) {
  return sql`c.id, c.kind, c.name, split_part(s.standing, ' ', 2) as who, split_part(s.standing, ' ', 3) as standing,
    f.question, c.ends_on::text as "endsOn", (c.archived_at is not null or coalesce(c.ends_on < today(), false)) as ended,
    c.archived_at as "archivedAt", ${hostsOf} as hosts,
    inside.colleagues, inside.guests,
    (select count(*)::int from (select from placements o where o.circle_id = c.id and o.closed_at is null
      limit ${sql.lit(mostCounted)}) o) as open,
    (select count(*)::int from (select from placements o where o.circle_id = c.id and o.closed_at is not null
      limit ${sql.lit(mostCounted)}) o) as done,
    exists (
      select from (select n.thread_id, n.news_at from placements n where n.circle_id = c.id
        and n.news_at > coalesce(w.read_up_to, '-infinity') order by n.news_at desc limit ${sql.lit(mostCounted)}) n
      left join attention a on a.person_id = ${personId} and a.thread_id = n.thread_id and a.circle_id = c.id
      where a.read_at is null or a.read_at < n.news_at
    ) as unread`;
}

function sourcesOf(personId: number) {
  return sql`circles c join (${standingsOf(personId)}) s on s.circle_id = c.id
    left join circle_frames f on f.circle_id = c.id and f.version = c.frame_version
    left join circle_readings w on w.person_id = ${personId} and w.circle_id = c.id
    left join ${peopleOf} inside on true`;
}

/** Every circle that one person may see, by name; which of them are theirs says `standing`. */
export async function readCircles(db: Database, personId: number): Promise<CircleSummaryFacts[]> {
  const { rows } = await sql<CircleSummaryFacts>`
    select ${summaryOf(personId)} from ${sourcesOf(personId)}
    where c.kind in (${literals(keptKinds)}) and ${holds('see')} order by lower(c.name), c.id`.execute(db);
  return rows;
}

export type CircleRow = CircleSummaryFacts & {
  frame: FrameFacts | null;
  acknowledged: number;
  state: StateFacts | null;
  conclusion: string | null;
  onlyThreadId: number | null;
  mutedAt: Date | null;
  mutedReason: string | null;
  until: string | null;
  createdAt: Date;
};

/** One circle as one person may see it, or null. */
export async function readCircle(db: Kysely<Tables>, personId: number, circleId: number): Promise<CircleRow | null> {
  const { rows } = await sql<CircleRow>`
    select ${summaryOf(personId)}, framed.frame, coalesce(ack.version, 0) as acknowledged, said.state, c.conclusion,
      c.only_thread_id as "onlyThreadId", own.muted_at as "mutedAt", own.muted_reason as "mutedReason",
      case when own.left_at is null then own.until::text end as until,
      c.created_at as "createdAt"
    from ${sourcesOf(personId)}
    left join frame_acknowledgements ack on ack.circle_id = c.id and ack.person_id = ${personId}
    left join memberships own on own.circle_id = c.id and own.person_id = ${personId}
    left join lateral (
      select row_to_json(one) as frame
      from (select ${frameColumns} from (select) alone left join people maker on maker.id = f.made_by) one
    ) framed on f.version is not null
    left join lateral (
      select json_build_object('version', t.version, 'text', t.text, 'madeAt', t.made_at,
        'madeBy', ${personNamed('maker')}) as state
      from circle_states t join people maker on maker.id = t.made_by
      where t.circle_id = c.id order by t.version desc limit 1
    ) said on true
    where c.id = ${circleId} and c.kind in (${literals(keptKinds)}) and ${holds('see')}`.execute(db);
  return rows[0] ?? null;
}

export type CircleOfAll = CircleFacts & {
  hosts: HostFacts[];
  state: 'open' | 'ended' | 'archived';
  endsOn: string | null;
  createdAt: Date;
};

/** Every circle that people opened, whoever may see it: its name, its hosts and whether it is over. For who lets people in. */
export async function readAllCircles(db: Database): Promise<CircleOfAll[]> {
  const { rows } = await sql<CircleOfAll>`
    select c.id, c.kind, c.name, ${hostsOf} as hosts, c.ends_on::text as "endsOn", c.created_at as "createdAt",
      case when c.archived_at is not null then 'archived' when c.ends_on < today() then 'ended' else 'open' end as state
    from circles c where c.kind in (${literals(keptKinds)}) order by lower(c.name), c.id`.execute(db);
  return rows;
}

/** A closed circle by its number for who may take access without being in it, its row held; null for any other. */
export async function holdForAccess(
  trx: Kysely<Tables>,
  circleId: number,
): Promise<{ id: number; kind: CircleKind } | null> {
  const { rows } = await sql<{ id: number; kind: CircleKind }>`
    select id, kind from circles where id = ${circleId} and kind = 'closed' for no key update`.execute(trx);
  return rows[0] ?? null;
}

/** Gives a circle another name. */
export async function renameCircle(trx: Kysely<Tables>, circleId: number, name: string): Promise<void> {
  await sql`update circles set name = ${name} where id = ${circleId}`.execute(trx);
  await recordChanges(trx, { circles: [circleId] });
}

/** Ends a circle with what came of it: it is read, and nothing is said in it any more. */
export async function archiveCircle(
  trx: Kysely<Tables>,
  { circleId, by, conclusion }: { circleId: number; by: number; conclusion: string },
): Promise<void> {
  await sql`update circles set archived_at = now(), archived_by = ${by}, conclusion = ${conclusion}
    where id = ${circleId}`.execute(trx);
  await recordChanges(trx, { circles: [circleId] });
}

/** Opens a circle again; what came of it the first time stays in what was written down, not in the circle. */
export async function reopenCircle(trx: Kysely<Tables>, circleId: number): Promise<void> {
  await sql`update circles set archived_at = null, archived_by = null, conclusion = null where id = ${circleId}`.execute(
    trx,
  );
  await recordChanges(trx, { circles: [circleId] });
}
