import { type RawBuilder, sql } from 'kysely';
import type { CaseState } from '#domain/desk.ts';
import { type PersonNamed, personNamed } from './badges.ts';
import { seenBy } from './cases.ts';
import type { Database } from './database.ts';
import type { SourceLastError } from './schema.ts';
import type { Reader } from './stream-filter.ts';

/** Wakes whoever fetches what was handed in (workers/tips.ts). */
export const tipsChannel = 'buitenwacht_tips';

export type NewTip = {
  personId: number;
  key: string;
  digest: Buffer;
  address: string | null;
  text: string | null;
  note: string | null;
};

/** Keeps a tip and wakes the workers; answers its number, or null when a request with this key was accepted before. */
export async function keepTip(db: Database, tip: NewTip): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    with accepted as (
      insert into accepted_requests (person_id, key, digest, kind, ref)
      values (${tip.personId}, ${tip.key}::uuid, ${tip.digest}, 'tip', nextval('tips_id_seq'))
      on conflict do nothing returning ref
    ), kept as (
      insert into tips (id, person_id, address, text, note)
      select ref, ${tip.personId}, ${tip.address}::text, ${tip.text}::text, ${tip.note}::text from accepted returning id
    ) select id, pg_notify(${tipsChannel}, '') from kept`.execute(db);
  return rows[0]?.id ?? null;
}

/** How many tips of one person nobody has looked up yet. */
export async function countWaitingTips(db: Database, personId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from tips where state = 'waiting' and person_id = ${personId}`.execute(db);
  return rows[0]!.count;
}

export type TipFacts = {
  id: number;
  address: string | null;
  text: string | null;
  note: string | null;
  state: 'waiting' | 'new' | 'joined' | 'known' | 'refused';
  error: SourceLastError | null;
  /** null when its story is not there, or not for this person to see. */
  threadId: number | null;
  title: string | null;
  replies: number;
  caseState: CaseState | null;
  caseSince: Date | null;
  holder: PersonNamed | null;
  madeAt: Date;
  doneAt: Date | null;
};

/** The newest tips of one person, with what became of their stories. */
export async function readTips(db: Database, reader: Reader, limit: number): Promise<TipFacts[]> {
  return (await tipsWhere(reader, sql`true`, limit).execute(db)).rows;
}

/** One tip, of the person who handed it in. */
export async function readTip(db: Database, reader: Reader, id: number): Promise<TipFacts | null> {
  const { rows } = await tipsWhere(reader, sql`i.id = ${id}`, 1).execute(db);
  return rows[0] ?? null;
}

const titleCharacters = 120;

function tipsWhere({ personId, circles }: Reader, condition: RawBuilder<unknown>, limit: number): RawBuilder<TipFacts> {
  return sql<TipFacts>`
    select i.id, i.address, i.text, i.note, i.state, i.error, i.made_at as "madeAt", i.done_at as "doneAt",
      here.thread_id as "threadId", coalesce(x.title, left(x.text, ${titleCharacters})) as title,
      coalesce(here.replies, 0) as replies, c.state as "caseState", c.waiting_since as "caseSince",
      case when h.id is null then null else ${personNamed('h')} end as holder
    from (select * from tips i where i.person_id = ${personId} and ${condition} order by i.made_at desc, i.id desc limit ${limit}) i
    left join lateral (
      select p.thread_id, sum(p.reply_count)::int as replies
      from threads asked join placements p on p.thread_id = coalesce(asked.merged_into, asked.id)
      where asked.id = i.thread_id and p.circle_id = any(${circles}::int[]) group by p.thread_id
    ) here on true
    left join mentions m on m.id = i.mention_id and here.thread_id is not null
    left join mention_texts x on x.mention_id = m.id and x.month = m.text_month and x.edition = 0
    left join cases c on c.thread_id = here.thread_id and ${seenBy(circles)}
    left join people h on h.id = c.holder_id
    order by i.made_at desc, i.id desc`;
}

/** Lets the words of refused tips go after 30 days: they are those of people outside. Those of the others went with their mention. */
export async function forgetRefusedTips(db: Database, keepDays = 30): Promise<void> {
  await sql`
    update tips set address = null, text = null
    where state = 'refused' and done_at < now() - ${keepDays} * interval '1 day'
      and (address is not null or text is not null)`.execute(db);
}
