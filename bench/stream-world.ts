import { type Kysely, sql } from 'kysely';
import { createPerson } from '#storage/accounts.ts';
import type { Database } from '#storage/database.ts';
import { ensurePartition, textMonth } from '#storage/partitions.ts';
import type { Tables } from '#storage/schema.ts';

const days = 180;
const sources = 8;

/**
 * Half a year of `count` stories from outside, told at even distances up to now, for one reader: a third is talked about inside, a
 * sixth followed, a third closed by the desk, an eighth told by each of eight sources, most of it unread. Every filter of the
 * stream holds enough for 200 pages of 50 at 100,000 stories. Nine colleagues read and follow as well.
 */
export async function seedStreamWorld(db: Database, readerId: number, count: number): Promise<void> {
  for (let day = 0; day <= days + 31; day += 28)
    await ensurePartition(db, textMonth(new Date(Date.now() - (days - day) * 86_400_000)));
  await db.transaction().execute(async (trx) => {
    await seedOutside(trx, count);
    await seedTalk(trx, readerId, count);
    for (let n = 1; n < 10; n += 1) await seedColleague(trx, n);
    await seedDesk(trx);
  });
  for (const table of [
    'threads',
    'placements',
    'placement_sources',
    'placement_topics',
    'mentions',
    'mention_texts',
    'replies',
    'attention',
    'cases',
  ])
    await sql`vacuum analyze ${sql.table(table)}`.execute(db);
}

async function seedOutside(trx: Kysely<Tables>, count: number): Promise<void> {
  await sql`
    insert into sources (connector, settings, place, label, kind, state)
    select 'feed', '{}', 'bench ' || n, 'Bron ' || n, 'news', 'paused' from generate_series(1, ${sql.lit(sources)}) n`.execute(
    trx,
  );
  await sql`
    create temporary table story on commit drop as
    select nextval('threads_id_seq') as thread_id, nextval('mentions_id_seq') as mention_id, n,
      (select min(id) from sources where place like 'bench %') + n % ${sql.lit(sources)} as source_id,
      date_trunc('milliseconds', now() - (${count}::int - n) * (interval '${sql.raw(String(days))} days' / ${count}::int)) as at,
      case when n % 5 = 0 then 'en' else 'nl' end as language,
      (array[-1, 0, 1, null])[1 + n % 4]::smallint as tone
    from generate_series(1, ${count}::int) n`.execute(trx);
  await sql`insert into threads (id, born, origin_mention_id, mention_count, created_at)
    select thread_id, 'outside', mention_id, 1, at from story`.execute(trx);
  await sql`
    insert into mentions (id, namespace, external_id, source_id, thread_id, kind, canonical_url, published_at, published_by,
      fetched_at, sort_at, language, language_by, tone, sentiment_score, sentiment_confidence, sentiment_method, text_month,
      connector)
    select mention_id, 'bench', n::text, source_id, thread_id, 'article', 'https://krant.example/' || n, at, 'source', at, at,
      language, 'detected', tone, coalesce(tone, 0), 0.8, 'lexicon-1', date_trunc('month', at at time zone 'UTC')::date, 'feed'
    from story`.execute(trx);
  await sql`
    insert into mention_texts (mention_id, month, title, html, text, written_at, expires_at)
    select mention_id, date_trunc('month', at at time zone 'UTC')::date, 'De brug bij de haven blijft langer dicht, nummer ' || n,
      '<p>' || words || '</p>', words, at, at + interval '180 days'
    from story, repeat('De wethouder zei dat het werk aan de brug langer duurt dan gedacht. ', 6) words`.execute(trx);
  await sql`insert into placements (thread_id, circle_id, sort_at, news_at, language, tone)
    select thread_id, 1, at, at, language, tone from story`.execute(trx);
  await sql`insert into placement_sources (thread_id, circle_id, source_id, sort_at)
    select thread_id, 1, source_id, at from story`.execute(trx);
  await sql`insert into placement_topics (thread_id, circle_id, topic_id, sort_at)
    select thread_id, 1, 1 + n % 7, at from story`.execute(trx);
}

/** Two replies under a third of the stories, some hours after; the reader follows half of those and has read some. */
async function seedTalk(trx: Kysely<Tables>, readerId: number, count: number): Promise<void> {
  await sql`
    create temporary table talk on commit drop as
    select story.*, at + interval '1 hour' * (1 + n % 40) as said_at from story where n % 3 = 0`.execute(trx);
  await sql`
    insert into replies (thread_id, circle_id, person_id, text, written_at)
    select thread_id, 2, ${readerId}, words, said_at - interval '1 minute' * step from talk,
      (values (5, 'Weet iemand hier meer van?'), (0, 'Ja: het werk loopt uit tot na de zomer, de planning staat op intranet.')) v (step, words)`.execute(
    trx,
  );
  await sql`insert into placements (thread_id, circle_id, sort_at, news_at, reply_count, language, tone)
    select thread_id, 2, said_at, said_at, 2, language, tone from talk`.execute(trx);
  await sql`insert into placement_sources (thread_id, circle_id, source_id, sort_at)
    select thread_id, 2, source_id, said_at from talk`.execute(trx);
  await sql`insert into placement_topics (thread_id, circle_id, topic_id, sort_at)
    select thread_id, 2, 1 + n % 7, said_at from talk`.execute(trx);
  await sql`
    insert into attention (person_id, thread_id, circle_id, follows, read_at)
    select ${readerId}, thread_id, 2, true, case when n % 4 = 0 then said_at end from talk where n % 2 = 0`.execute(
    trx,
  );
  await sql`update circle_readings set read_up_to = now() - interval '${sql.raw(String(days))} days'
    where person_id = ${readerId}`.execute(trx);
  await sql`
    with begun as (
      insert into threads (born, title, started_by, created_at)
      select 'inside', 'Wie kan zaterdag bij de stand staan, nummer ' || n, ${readerId}, now() - n * interval '1 hour'
      from generate_series(1, ${Math.ceil(count / 50)}::int) n returning id, created_at
    ), placed as (
      insert into placements (thread_id, circle_id, sort_at, news_at, reply_count, language)
      select id, 2, created_at, created_at, 1, 'nl' from begun
    ) insert into replies (thread_id, circle_id, person_id, text, written_at)
      select id, 2, ${readerId}, 'Van tien tot vier, er is koffie.', created_at from begun`.execute(trx);
}

async function seedColleague(trx: Kysely<Tables>, n: number): Promise<void> {
  const email = `collega-${n}@bench.example`;
  const id = await createPerson(trx, { name: `Collega ${n}`, email, role: 'employee', passwordHash: null });
  await sql`insert into attention (person_id, thread_id, circle_id, follows, read_at)
    select ${id}, thread_id, 1, n % 4 = 0, at from story where n % 10 = ${n}`.execute(trx);
}

/** A sixth of the stories answered, a sixth not, the newest ten open. */
async function seedDesk(trx: Kysely<Tables>): Promise<void> {
  await sql`
    insert into cases (thread_id, state, waiting_since, closed_at)
    select thread_id, case when n % 6 = 0 then 'answered' else 'unanswered' end, at, at + interval '3 hours'
    from story where n % 3 = 0`.execute(trx);
  await sql`
    insert into cases (thread_id, waiting_since) select thread_id, at from story order by n desc limit 10
    on conflict do nothing`.execute(trx);
}
