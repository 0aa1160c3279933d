import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { atClock } from '#demo/dialects/dates.ts';
import type { Log } from '#platform/log.ts';
import { recordChanges } from '#storage/changes.ts';
import type { Database } from '#storage/database.ts';
import { everyoneCircle } from '#storage/schema.ts';
import { refreshSearchWords } from '#storage/search-words.ts';
import { circles, type PersonKey } from './circles.ts';
import { type Colleague, signInAll } from './client.ts';
import { closeWhatIsOld, type Handled, handled } from './desk.ts';
import { addressOf, type OpenedCircle, openCircle, readFrame, speakersIn } from './open-circles.ts';
import { colleagues, emailOf } from './people.ts';
import { keepSearches } from './searches.ts';
import { bornInside, underMentions } from './talk.ts';
import { makeTopics, settleTopics } from './topics.ts';

export type InsideOptions = {
  db: Database;
  /** Where the demo answers. */
  url: string;
  bornAt: Date;
  log: Log;
  /** Ends the waiting for mentions that have not come yet. */
  signal: AbortSignal;
};

const minuteMs = 60_000;
const lookEveryMs = 500;
const lookForMs = 90_000;
/** What colleagues have not read yet: what came in the last hours. */
const unreadHours = 3;

/**
 * Lets the colleagues say and do what they did in the thirty days before, through the same API as everybody, then puts it back
 * to when it was. Begins with what needs no mention, and goes on with each mention as it comes in. Safe to run again: every
 * write has a key made of its words.
 */
export async function beginInside({ db, url, bornAt, log, signal }: InsideOptions): Promise<void> {
  const people = await signInAll(
    db,
    url,
    colleagues.map(({ key }) => ({ key, email: emailOf(key) })),
  );
  /** Guests too, once they came in. */
  const everybody = new Map<PersonKey, Colleague>(people);
  const by = (key: PersonKey) => everybody.get(key)!;

  await makeTopics(people);
  await keepSearches(people, keyOf);
  for (const talk of bornInside) await converse(talk);
  const opened = new Map<string, OpenedCircle>();
  for (const demo of circles) {
    const circle = await openCircle(demo, { db, url, people, keyOf });
    opened.set(demo.name, circle);
    const speakers = [...speakersIn(demo)];
    const missing = speakers.filter((key) => !everybody.has(key)).map((key) => ({ key, email: addressOf(key) }));
    for (const [key, guest] of await signInAll(db, url, missing)) everybody.set(key, guest);
    await readFrame(circle, speakers.map(by));
    for (const talk of demo.talks) await converse(talk, circle);
  }
  await mapReading(null);

  const inCircles: UnderMention[] = circles.flatMap(({ name, under }) =>
    under.map((one) => ({ ...one, circle: opened.get(name)! })),
  );
  const waiting = new Set<UnderMention | Handled>([...underMentions, ...inCircles, ...handled]);
  const deadline = Date.now() + lookForMs;
  while (waiting.size > 0 && Date.now() < deadline && !signal.aborted) {
    const found = await threadsAbout(db, [...new Set([...waiting].map(({ about }) => about))]);
    const ready = [...waiting].filter(({ about }) => found.has(about));
    for (const one of ready) {
      const thread = found.get(one.about)!;
      if ('said' in one) {
        if (one.circle) await by(one.circle.host).place(thread.id, one.circle.id);
        await sayAll(thread.id, one.said, thread.at, one.circle);
      } else await handle(thread, one);
      waiting.delete(one);
    }
    if (ready.length === 0) await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  if (waiting.size > 0 && !signal.aborted) log.warn({ count: waiting.size }, 'colleagues waited in vain for mentions');
  if (!signal.aborted) await settleTopics(db, people, bornAt, signal);
  if (!signal.aborted) await closeWhatIsOld(db, bornAt, new Map([...people].map(([key, { number }]) => [key, number])));
  await mapReading(new Date(bornAt.getTime() - unreadHours * 60 * minuteMs));
  // An hour later this happens by itself.
  await refreshSearchWords(db);

  async function converse({ title, day, time, said: [first, ...rest] }: Talk, circle?: OpenedCircle): Promise<void> {
    if (!first) return;
    const startedAt = atClock(bornAt, day, time);
    const at = startedAt < bornAt ? startedAt : new Date(bornAt.getTime() - 90 * minuteMs);
    const { threadId, replyId } = await by(first.by).begin(title, first.text, keyOf(title), circle?.id);
    await setReplyTime(replyId, at);
    await sql`update threads set created_at = ${at} where id = ${threadId}`.execute(db);
    await sayAll(threadId, rest, at, circle);
  }

  async function sayAll(threadId: number, said: readonly Said[], from: Date, circle?: OpenedCircle): Promise<void> {
    const circleId = circle?.number ?? everyoneCircle;
    let at = from;
    for (const { by: key, after, text } of said) {
      // Never in the time that is still to come.
      at = new Date(Math.min(at.getTime() + after * minuteMs, Date.now()));
      await setReplyTime(await by(key).reply(threadId, text, keyOf(`${threadId} ${text}`), circle?.id), at);
    }
    await sql`update placements set sort_at = ${at}, news_at = ${at} where thread_id = ${threadId} and circle_id = ${circleId}`.execute(
      db,
    );
    await sql`update placement_sources set sort_at = ${at} where thread_id = ${threadId} and circle_id = ${circleId}`.execute(
      db,
    );
    await sql`update placement_topics set sort_at = ${at} where thread_id = ${threadId} and circle_id = ${circleId}`.execute(
      db,
    );
    await tell(threadId);
  }

  async function handle({ id, at }: Found, one: Handled): Promise<void> {
    const closedAt = new Date(Math.min(at.getTime() + one.after * minuteMs, Date.now()));
    const takenAt = new Date(at.getTime() + (closedAt.getTime() - at.getTime()) / 2);
    await by(one.by).act(id, one);
    await sql`
      update cases set taken_at = least(taken_at, ${takenAt}::timestamptz),
        closed_at = case when closed_at is null then null else ${closedAt}::timestamptz end
      where thread_id = ${id}`.execute(db);
    await sql`update thread_events set at = case when kind = 'taken' then ${takenAt}::timestamptz else ${closedAt} end
      where thread_id = ${id}`.execute(db);
    await tell(id);
  }

  async function setReplyTime(replyId: number, at: Date): Promise<void> {
    await sql`update replies set written_at = ${at}, version = version + 1 where id = ${replyId}`.execute(db);
    await sql`update search_documents set sort_at = ${at}, version = version + 1 where kind = 2 and ref = ${replyId}`.execute(
      db,
    );
  }

  async function tell(threadId: number): Promise<void> {
    await db.transaction().execute((trx) => recordChanges(trx, { threads: [threadId], mentions: [], sources: [] }));
  }

  /** Everything up to a moment (now, for null) was read by everybody; what was polled counts as news of when it was written. */
  async function mapReading(readUpTo: Date | null): Promise<void> {
    if (readUpTo) await sql`update placements set news_at = least(news_at, sort_at)`.execute(db);
    await sql`
      insert into circle_readings (person_id, circle_id, read_up_to)
      select person_id, circle_id, now() from memberships where left_at is null on conflict do nothing`.execute(db);
    await sql`update circle_readings set read_up_to = coalesce(${readUpTo}::timestamptz, now())`.execute(db);
  }
}

type Found = { id: number; at: Date };
type Said = { by: PersonKey; after: number; text: string };
type Talk = { title: string; day: number; time: string; said: readonly Said[] };
type UnderMention = { about: string; said: readonly Said[]; circle?: OpenedCircle };

/** Threads by the title of their first mention, or by how its text begins. */
async function threadsAbout(db: Database, about: string[]): Promise<Map<string, Found>> {
  const { rows } = await sql<{ about: string; id: number; at: Date }>`
    select distinct on (a.about) a.about, t.id, m.sort_at as at
    from unnest(${about}::text[]) a (about)
    join mention_texts x on x.edition = 0 and (x.title = a.about or (x.title is null and starts_with(x.text, a.about)))
    join mentions m on m.id = x.mention_id and m.text_month = x.month
    join threads t on t.id = m.thread_id
    order by a.about, m.sort_at`.execute(db);
  return new Map(rows.map(({ about: name, id, at }) => [name, { id, at }]));
}

/** A UUID that is the same for the same words. */
function keyOf(words: string): string {
  const hex = hash('sha256', `demo ${words}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
