import { type Kysely, sql } from 'kysely';
import { outsideCircle, type Tables } from '#storage/schema.ts';

/**
 * Rows for tests of what reads them, written as plain SQL: what must be told of a mention, the rest is ordinary. Tests of
 * writing use the real writers.
 */
export type SeedMention = {
  threadId?: number;
  sourceId?: number;
  title?: string | null;
  text?: string;
  html?: string | null;
  language?: string;
  tone?: number | null;
  confidence?: number;
  url?: string | null;
  authorName?: string | null;
  authorKey?: Buffer;
  publishedAt?: Date;
  /** As PostgreSQL writes it, for microseconds. */
  sortAt?: string;
  fetchedAt?: Date;
  checkedAt?: Date | null;
  state?: 'live' | 'withdrawn' | 'erased' | 'expired';
  earlier?: string[];
  media?: unknown;
  joined?: { reason: string; by: string };
};

let counter = 0;

/** All that is stored of a source that is followed, or null. */
export async function sourceRow(db: Kysely<Tables>, id: number) {
  const query = db
    .selectFrom('sources')
    .innerJoin('source_polls', 'source_id', 'id')
    .selectAll()
    .where('id', '=', id)
    .where('state', '<>', 'removed');
  return (await query.executeTakeFirst()) ?? null;
}

/** A feed source; answers its number. */
export async function seedSource(db: Kysely<Tables>, label = 'De Waardbode', kind = 'news'): Promise<number> {
  counter += 1;
  const url = `https://bron-${counter}.example/feed`;
  const { id } = await db
    .insertInto('sources')
    .values({
      connector: 'feed',
      settings: JSON.stringify({ url }),
      place: `seed ${url}`,
      label,
      kind,
    } as never)
    .returning('id')
    .executeTakeFirstOrThrow();
  await sql`insert into source_polls (source_id) values (${id})`.execute(db);
  return id;
}

/** A mention, in a thread of its own placed in the outside unless one is named; change rows included. */
export async function seedMention(
  db: Kysely<Tables>,
  seed: SeedMention = {},
): Promise<{ threadId: number; mentionId: number }> {
  return await db.transaction().execute(async (trx) => {
    counter += 1;
    const at = seed.publishedAt ?? new Date('2026-11-20T09:00:00Z');
    const sortAt = seed.sortAt ?? at.toISOString();
    const month = `${at.toISOString().slice(0, 7)}-01`;
    const sourceId = seed.sourceId ?? (await anySource(trx));
    const isNew = seed.threadId === undefined;
    const threadId = seed.threadId ?? (await one(trx, sql`insert into threads (born) values ('outside') returning id`));
    const state = seed.state ?? 'live';
    const tone = seed.tone === undefined ? 0 : seed.tone;
    const mentionId = await one(
      trx,
      sql`insert into mentions (namespace, external_id, source_id, thread_id, kind, canonical_url, published_at,
        published_by, fetched_at, sort_at, language, language_by, tone, sentiment_score, sentiment_confidence,
        sentiment_method, text_month, state, state_at, checked_at, connector)
      values ('test', ${`item-${counter}`}, ${sourceId}, ${threadId}, 'article',
        ${seed.url === undefined ? `https://krant.example/${counter}` : seed.url}, ${at}, 'source',
        ${seed.fetchedAt ?? new Date()}, ${sortAt}::timestamptz, ${seed.language ?? 'nl'}, 'detected', ${tone},
        ${tone ?? 0}, ${seed.confidence ?? 0.9}, 'lexicon-1', ${month}, ${state},
        ${state === 'live' ? null : new Date()}, ${seed.checkedAt ?? null}, 'feed') returning id`,
    );
    if (state === 'live') await words(trx, mentionId, month, at, seed);
    await sql`update threads set mention_count = mention_count + 1, version = version + 1,
      origin_mention_id = coalesce(origin_mention_id, ${mentionId}) where id = ${threadId}`.execute(trx);
    if (isNew)
      await sql`insert into placements (thread_id, circle_id, sort_at, language, tone)
        values (${threadId}, ${outsideCircle}, ${sortAt}::timestamptz, ${seed.language ?? 'nl'}, ${tone})`.execute(trx);
    await sql`insert into placement_sources (thread_id, circle_id, source_id, sort_at)
      select ${threadId}, ${outsideCircle}, ${sourceId}, sort_at from placements
      where thread_id = ${threadId} and circle_id = ${outsideCircle} on conflict do nothing`.execute(trx);
    if (seed.joined)
      await sql`insert into joined (mention_id, thread_id, reason, by, version)
        values (${mentionId}, ${threadId}, ${seed.joined.reason}, ${seed.joined.by}, '1')`.execute(trx);
    await sql`insert into changes (kind, ref) values (1, ${threadId}), (2, ${mentionId})`.execute(trx);
    await sql`select pg_notify('buitenwacht_changes', '')`.execute(trx);
    return { threadId, mentionId };
  });
}

async function words(trx: Kysely<Tables>, mentionId: number, month: string, at: Date, seed: SeedMention) {
  await partition(trx, month);
  const editions = [seed.text ?? 'De wethouder zei dat het goed komt.', ...(seed.earlier ?? [])];
  for (const [edition, text] of editions.entries())
    await sql`insert into mention_texts (mention_id, month, edition, title, html, text, author_name, author_key, media,
        written_at, expires_at)
      values (${mentionId}, ${month}, ${edition}, ${seed.title === undefined ? 'Brug blijft dicht' : seed.title},
        ${seed.html === undefined ? `<p>${text}</p>` : seed.html}, ${text}, ${seed.authorName ?? null}, ${seed.authorKey ?? null},
        ${seed.media === undefined ? null : JSON.stringify(seed.media)}, ${at}, ${at}::timestamptz + interval '180 days')`.execute(
      trx,
    );
}

async function partition(trx: Kysely<Tables>, month: string): Promise<void> {
  const name = `mention_texts_${month.slice(0, 7).replace('-', '_')}`;
  await sql`select pg_advisory_xact_lock(hashtext(${name}))`.execute(trx);
  await sql`create table if not exists ${sql.table(name)} partition of mention_texts
    for values from (${sql.lit(month)}) to (${sql.raw(`(date '${month}' + interval '1 month')`)})`.execute(trx);
}

async function anySource(trx: Kysely<Tables>): Promise<number> {
  const known = await trx.selectFrom('sources').select('id').orderBy('id').limit(1).executeTakeFirst();
  return known?.id ?? (await seedSource(trx));
}

async function one(trx: Kysely<Tables>, query: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await query.execute(trx);
  return (rows[0] as { id: number }).id;
}

/**
 * Many threads at once, a second apart going back from `newest`, without mentions or texts: for the order and the speed of
 * the stream.
 */
export async function seedPlacements(
  db: Kysely<Tables>,
  count: number,
  newest = '2026-11-20T12:00:00Z',
): Promise<void> {
  await sql`with made as (insert into threads (born, title) select 'inside', 'draad ' || n from generate_series(1, ${count}::int) n returning id)
    insert into placements (thread_id, circle_id, sort_at, language, tone)
    select id, ${outsideCircle}, ${newest}::timestamptz - row_number() over (order by id desc) * interval '1 second',
      case when id % 10 = 0 then 'en' else 'nl' end, (id % 3)::smallint - 1 from made`.execute(db);
  await sql`vacuum analyze placements`.execute(db);
}
