import { type Kysely, sql } from 'kysely';
import { mentionDocument } from '#domain/search-document.ts';
import { textArray, tsvectorArray } from '#storage/binary-arrays.ts';
import type { Database } from '#storage/database.ts';
import { vectorOf } from '#storage/document-vector.ts';
import { ensurePartition, textMonth } from '#storage/partitions.ts';
import { everyoneCircle, outsideCircle, type Tables } from '#storage/schema.ts';
import { seeded } from './harness.ts';

const days = 180;
const sources = 20;
/** So many texts are different; of the others each is one of these, told at another moment. */
const different = 20_000;
const perInsert = 2_000;
const vocabularySize = 60_000;
const syllables = 'ba de do ga ge ho ka ke klo la lo ma me ni pa pe ro sa sto ta te va ve wi wo za ze'.split(' ');

/** The word of a rank; rank 0 stands in almost every text, the last ones in hardly any. */
export function wordOf(rank: number): string {
  let made = '';
  for (let rest = rank + 30; rest > 0; rest = Math.floor(rest / syllables.length))
    made += syllables[rest % syllables.length];
  return made;
}
/** A rank drawn as often as Zipf's law says. */
export const anyRank = (random: () => number): number => Math.floor(vocabularySize ** random()) - 1;

/**
 * `count` mentions of half a year at even distances, of about 45 words, each in a thread of its own and with what the API shows of it; every
 * twentieth waits on the desk, every tenth is talked about inside by one who is followed by nobody. Answers the circles of who searches:
 * twelve, as in performance.md.
 */
export async function seedSearchWorld(db: Database, personId: number, count: number): Promise<number[]> {
  for (let day = 0; day <= days + 31; day += 28)
    await ensurePartition(db, textMonth(new Date(Date.now() - (days - day) * 86_400_000)));
  const sourceIds = await idsOf(sql`
    insert into sources (connector, settings, place, label, kind, state)
    select 'feed', '{}', 'bench ' || n, 'Bron ' || n, 'news', 'paused' from generate_series(1, ${sql.lit(sources)}) n returning id`);
  const circleIds = await idsOf(
    sql`insert into circles (kind, name) select 'closed', 'Kring ' || n from generate_series(1, 10) n returning id`,
  );
  // Made in one go at the end; word by word it takes most of the time.
  await sql`drop index search_documents_words`.execute(db);
  await sql`create unlogged table said (n integer primary key, title text, text text, words tsvector)`.execute(db);
  const random = seeded(12);
  const texts = Math.min(different, count);
  for (let first = 1; first <= texts; first += perInsert)
    await say(db, first, Math.min(perInsert, texts - first + 1), sourceIds, random);
  for (let first = 1; first <= count; first += texts)
    await db
      .transaction()
      .execute((trx) => tell(trx, { first, until: Math.min(count, first + texts - 1), count, texts, sourceIds }));
  await sql`drop table said`.execute(db);
  await sql`insert into cases (thread_id, waiting_since) select thread_id, sort_at from search_documents where ref % 20 = 0`.execute(
    db,
  );
  await sql`
    insert into placements (thread_id, circle_id, sort_at, news_at, reply_count, language)
    select thread_id, ${everyoneCircle}, sort_at, sort_at, 1, language from search_documents where ref % 10 = 0`.execute(
    db,
  );
  await sql`
    insert into replies (thread_id, circle_id, person_id, text, written_at)
    select thread_id, ${everyoneCircle}, ${personId}, 'Dat weten we.', sort_at from search_documents where ref % 10 = 0`.execute(
    db,
  );
  await db.connection().execute(async (one) => {
    await sql`set statement_timeout = 0`.execute(one);
    await sql`set transaction_timeout = 0`.execute(one);
    await sql`set maintenance_work_mem = '512MB'`.execute(one);
    await sql`create index search_documents_words on search_documents using gin (words)`.execute(one);
    await sql`reset all`.execute(one);
  });
  const tables = [
    'threads',
    'mentions',
    'mention_texts',
    'placements',
    'placement_sources',
    'search_documents',
    'cases',
    'replies',
  ];
  for (const table of tables) await sql`vacuum analyze ${sql.table(table)}`.execute(db);
  return [outsideCircle, everyoneCircle, ...circleIds];

  async function idsOf(query: ReturnType<typeof sql>): Promise<number[]> {
    const { rows } = await query.execute(db);
    return (rows as { id: number }[]).map(({ id }) => id);
  }
}

async function say(
  db: Kysely<Tables>,
  first: number,
  count: number,
  sourceIds: readonly number[],
  random: () => number,
): Promise<void> {
  const words = (length: number) => Array.from({ length }, () => wordOf(anyRank(random))).join(' ');
  const made = Array.from({ length: count }, (_, index) => {
    const n = first + index;
    const title = words(8);
    const text = words(20 + Math.floor(random() * 35));
    const document = mentionDocument({
      kind: 'article',
      sourceId: sourceIds[n % sources]!,
      sourceHost: null,
      url: `https://krant-${n % sources}.example/nieuws/${n}`,
      title,
      html: null,
      text,
      authorName: null,
      authorHandle: null,
      language: languageOf(n),
      tone: toneOf(n),
      rating: null,
      media: [],
      isEdited: false,
      sortAt: 0,
    });
    return { n, title, text, vector: vectorOf(document, title, outsideCircle) };
  });
  await sql`
    insert into said select * from unnest(${made.map(({ n }) => n)}::int[], ${textArray(made.map(({ title }) => title))}::text[],
      ${textArray(made.map(({ text }) => text))}::text[], ${tsvectorArray(made.map(({ vector }) => vector))}::tsvector[])`.execute(
    db,
  );
}

const languageOf = (n: number) => (n % 5 === 0 ? 'en' : 'nl');
const toneOf = (n: number) => (n % 3) - 1;

type Told = { first: number; until: number; count: number; texts: number; sourceIds: readonly number[] };

/** Each text once more, in an order of its own, and in a sample or none as if it had been said anew (document-vector.ts). */
async function tell(trx: Kysely<Tables>, { first, until, count, texts, sourceIds }: Told): Promise<void> {
  await sql`
    create temporary table story on commit drop as
    select id, n, title, text, (${[...sourceIds]}::bigint[])[1 + n % ${sql.lit(sources)}] as source_id,
      case when sample is null then bare else bare || array_to_tsvector(array['%' || sample]) end as words,
      date_trunc('milliseconds', now() - (${count}::int - id) * (interval '${sql.raw(String(days))} days' / ${count}::int)) as at,
      case when n % 5 = 0 then 'en' else 'nl' end as language, (n % 3 - 1)::smallint as tone
    from generate_series(${first}::int, ${until}::int) id join said on n = 1 + (id::bigint * 7919 + ${first}) % ${texts}
    cross join lateral (select ts_delete(words, array['%1', '%2', '%4', '%8', '%16', '%32']) as bare) b
    cross join lateral (select hashint8(id)::bigint & 255 as drawn) h
    cross join lateral (select case when drawn < 32 then 32 when drawn < 48 then 16 when drawn < 56 then 8 when drawn < 60 then 4
      when drawn < 62 then 2 when drawn < 63 then 1 end as sample) s`.execute(trx);
  await sql`insert into threads (id, born, origin_mention_id, mention_count, created_at)
    select id, 'outside', id, 1, at from story`.execute(trx);
  await sql`
    insert into mentions (id, namespace, external_id, source_id, thread_id, kind, canonical_url, published_at, published_by, fetched_at,
      sort_at, language, language_by, tone, sentiment_score, sentiment_confidence, sentiment_method, text_month, connector)
    select id, 'bench', id::text, source_id, id, 'article', 'https://krant.example/nieuws/' || id, at, 'source', at, at,
      language, 'detected', tone, tone, 0.8, 'lexicon-1', date_trunc('month', at at time zone 'UTC')::date, 'feed'
    from story`.execute(trx);
  await sql`
    insert into mention_texts (mention_id, month, title, html, text, written_at, expires_at)
    select id, date_trunc('month', at at time zone 'UTC')::date, title, '<p>' || text || '</p>', text, at, at + interval '180 days'
    from story`.execute(trx);
  await sql`insert into placements (thread_id, circle_id, sort_at, news_at, language, tone)
    select id, 1, at, at, language, tone from story`.execute(trx);
  await sql`insert into placement_sources (thread_id, circle_id, source_id, sort_at) select id, 1, source_id, at from story`.execute(
    trx,
  );
  await sql`
    insert into search_documents (kind, ref, thread_id, circle_id, sort_at, source_id, type, language, tone, words, version)
    select 1, id, id, 1, at, source_id, 'article', language, tone, words, 1 from story order by id`.execute(trx);
}
