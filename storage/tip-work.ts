import { type Kysely, sql } from 'kysely';
import { follow } from './attention-writes.ts';
import { recordChanges } from './changes.ts';
import type { Database } from './database.ts';
import { knownMentions } from './known.ts';
import { activePerson } from './people.ts';
import { retried } from './retried.ts';
import type { SourceLastError, Tables } from './schema.ts';
import { recordEvent } from './thread-events.ts';

/** A tip as the workers need it; `tries` counts this one. */
export type ClaimedTip = { id: number; address: string | null; text: string | null; tries: number };

/** What is handed in counts as the word of this one source: never polled, in no list of sources, but named by its mentions. */
const tipPlace = 'tip';
/** All who save tips hold it at once: the row is never leased to anyone, its lock puts them one after the other. */
export const tipLease = '00000000-0000-4000-8000-000000746970';

/** The number of the source under which tips are saved; made when it is first needed. */
export async function tipSource(db: Database): Promise<number> {
  await sql`
    with made as (
      insert into sources (connector, settings, place, label, kind, state)
      values ('tip', '{}', ${tipPlace}, 'Tips', 'other', 'paused') on conflict (place) do nothing returning id
    ) insert into source_polls (source_id, next_poll_at, lease) select id, null, ${tipLease}::uuid from made`.execute(
    db,
  );
  const { rows } = await sql<{ id: number }>`select id from sources where place = ${tipPlace}`.execute(db);
  return rows[0]!.id;
}

/** Any number that nobody else takes. */
const claimLock = 0x7469_7073;

/**
 * Takes the next tip, for so many seconds: of each person the one that waits longest before anybody's second, so that fifty
 * slow addresses of one hold nobody else up. Of one address one at a time: of two tips the second finds what the first one
 * saved. Claims are made one after the other, else two would not see each other.
 */
export async function claimTip(db: Database, leaseSeconds: number): Promise<ClaimedTip | null> {
  return await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${claimLock})`.execute(trx);
    const { rows } = await sql<ClaimedTip>`
      update tips set leased_until = clock_timestamp() + ${leaseSeconds} * interval '1 second', tries = tries + 1
      where id = (
        select i.id from tips i
        where i.state = 'waiting' and (i.leased_until is null or i.leased_until < clock_timestamp())
          and not exists (select from tips o where o.state = 'waiting' and o.id <> i.id and o.address = i.address
            and o.leased_until >= clock_timestamp())
        order by (select count(*) from tips e where e.state = 'waiting' and e.person_id = i.person_id
          and (e.made_at, e.id) < (i.made_at, i.id)), i.made_at, i.id limit 1)
      returning id, address, text, tries`.execute(trx);
    return rows[0] ?? null;
  });
}

/** Leaves a tip for later: after a failure that may pass, or (`uncounted`) because we are asked to stop. */
export async function postponeTip(
  db: Database,
  id: number,
  seconds: number,
  { uncounted = false } = {},
): Promise<void> {
  await sql`
    update tips set leased_until = clock_timestamp() + ${seconds} * interval '1 second',
      tries = tries - ${uncounted ? 1 : 0}
    where id = ${id} and state = 'waiting'`.execute(db);
}

/** Ends a tip with the reason; what was handed in stays for a while, to try again with (storage/tips.ts, forgetRefusedTips). */
export async function refuseTip(db: Database, id: number, error: SourceLastError): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ personId: number }>`
      update tips set state = 'refused', error = ${JSON.stringify(error)}::jsonb, done_at = clock_timestamp(),
        leased_until = null
      where id = ${id} and state = 'waiting' returning person_id as "personId"`.execute(trx);
    await recordChanges(trx, { people: rows.map(({ personId }) => personId) });
  });
}

/** What is stored already of what was handed in. `gone`: it was wiped and does not come back. `erased`: so was its author. */
export type KnownTip = { kind: 'known'; mentionId: number } | { kind: 'gone' } | { kind: 'erased' } | null;

export type TipKeys = {
  sourceId: number;
  mention: string;
  url: string | null;
  text: string | null;
  /** The address says it all: whatever stands here under it is the same thing. Words under an address are a thing of their own. */
  isPage: boolean;
};

/**
 * Looks a tip up: by its identity, and by the keys under which copies meet. A thread takes one mention of a source (domain/join.ts)
 * or its keys stop joining: where a tip brought the thread already, another is known and not a copy.
 */
export async function knownTip(
  db: Kysely<Tables>,
  { sourceId, mention, url, text, isPage }: TipKeys,
): Promise<KnownTip> {
  const [row] = await knownMentions(db, [{ key: mention, sourceId }]);
  if (row) {
    if (row.mentionId === null) return { kind: 'erased' };
    return row.state === 'live' ? { kind: 'known', mentionId: row.mentionId } : { kind: 'gone' };
  }
  const keys = [url, text].filter((key) => key !== null);
  const { rows } = await sql<{ key: string; mentionId: number; tipped: number | null }>`
    select encode(k.key, 'hex') as key, m.id as "mentionId", (
      select min(t.id) from mentions t where t.thread_id = k.thread_id and t.source_id = ${sourceId} and t.state = 'live'
    ) as tipped
    from unnest(${keys}::text[]) u (key) join join_keys k on k.key = decode(u.key, 'hex') and not k.ambiguous
    join mentions m on m.id = k.mention_id and m.state = 'live'`.execute(db);
  const samePage = rows.find((found) => isPage && found.key === url);
  if (samePage) return { kind: 'known', mentionId: samePage.mentionId };
  const tipped = rows.find((found) => found.tipped !== null);
  return tipped ? { kind: 'known', mentionId: tipped.tipped! } : null;
}

/** The mention under an identity; null when there is none to show. */
export async function mentionUnder(db: Database, key: string): Promise<number | null> {
  const [row] = await knownMentions(db, [{ key, sourceId: 0 }]);
  return row?.mentionId ?? null;
}

/**
 * Ends a tip with the mention it is, once: who handed it in follows the thread, the thread shows who did. The first tip that
 * brought the mention made it, new or a copy of a story; any other found it known. From here on the mention has the words, so
 * that they go when it goes. False: the mention was wiped meanwhile.
 */
export async function settleTip(db: Database, id: number, mentionId: number): Promise<boolean> {
  return await retried(db, async (trx) => {
    const { rows: mentions } = await sql<{ threadId: number; isOrigin: boolean; isTip: boolean }>`
      select m.thread_id as "threadId", s.place = ${tipPlace} as "isTip",
        (select t.origin_mention_id = m.id from threads t where t.id = m.thread_id) as "isOrigin"
      from mentions m join sources s on s.id = m.source_id
      where m.id = ${mentionId} and m.state = 'live' for no key update of m`.execute(trx);
    const mention = mentions[0];
    if (!mention) return false;
    const { rows } = await sql<{ personId: number }>`
      update tips set mention_id = ${mentionId}, thread_id = ${mention.threadId}, text = null, done_at = clock_timestamp(),
        leased_until = null, state = case when not ${mention.isTip} or exists (select from tips o
          where o.mention_id = ${mentionId} and o.state in ('new', 'joined')) then 'known'
          when ${mention.isOrigin} then 'new' else 'joined' end
      where id = ${id} and state = 'waiting' returning person_id as "personId"`.execute(trx);
    const personId = rows[0]?.personId;
    if (personId === undefined) return true;
    await recordEvent(trx, { threadId: mention.threadId, kind: 'tipped', personId });
    const person = await activePerson(trx, personId);
    if (person) await follow(trx, { personId, circles: person.circles }, mention.threadId);
    await recordChanges(trx, { threads: [mention.threadId], people: [personId] });
    return true;
  });
}
