import { type Kysely, sql } from 'kysely';
import { type OrderedTokens, tokensInOrder } from '#domain/token-order.ts';
import { isHome } from './homes.ts';
import { readDocuments } from './read-documents.ts';
import { type Tables, toneNumbers } from './schema.ts';
import { readVector } from './tsvector-text.ts';

/** A mention or a reply, by its own number. */
export type DocumentRef = { kind: 'mention' | 'reply'; id: number };

/** What stands in search_documents, and what of its thread is asked for with it, as it is now. */
export type SourceDocument = DocumentRef &
  OrderedTokens & {
    threadId: number;
    circleId: number;
    /** Further circles in which the outside of its thread is read. */
    also: number[];
    /** Where the outside of its thread stands; null: nowhere. */
    home: number | null;
    /** Milliseconds since 1970. */
    sortAt: number;
    sourceId: number | null;
    type: string;
    language: string | null;
    /** null for what has none: replies. */
    tone: 'negative' | 'neutral' | 'positive' | 'unclear' | null;
    topics: number[];
    caseState: string | null;
    /** Circles in which somebody replied in the thread. */
    discussedIn: number[];
    version: number;
    terms: string[];
    stems: string[];
  };

export const kindNumbers = { mention: 1, reply: 2 } as const;
const kindOf = (number: number): DocumentRef['kind'] => (number === kindNumbers.mention ? 'mention' : 'reply');
const tones = new Map(Object.entries(toneNumbers).map(([name, number]) => [number as number, name as 'neutral']));

type Row = Omit<SourceDocument, 'kind' | 'tone' | 'terms' | 'stems' | keyof OrderedTokens> & {
  kind: number;
  tone: number | null;
  words: string;
  inexact: boolean;
};

const columns = sql`
  d.kind, d.ref as id, d.thread_id as "threadId", d.circle_id as "circleId",
  floor(extract(epoch from d.sort_at) * 1000)::float8 as "sortAt", d.source_id as "sourceId", d.type, d.language, d.tone, d.topics,
  d.words::text as words, d.inexact, d.version, coalesce(d.also, '{}') as also, home.circle_id as home,
  (select k.state from cases k where k.thread_id = d.thread_id and home.circle_id is not null) as "caseState",
  array(select p.circle_id from placements p where p.thread_id = d.thread_id and p.reply_count > 0 order by 1) as "discussedIn"`;

const atHome = sql`left join placements home on home.thread_id = d.thread_id and ${isHome('home')}`;

/** Of these, the documents that are there now, in no particular order. */
export async function documentsOf(db: Kysely<Tables>, refs: readonly DocumentRef[]): Promise<SourceDocument[]> {
  if (refs.length === 0) return [];
  const { rows } = await sql<Row>`
    select ${columns} from unnest(${refs.map(({ kind }) => kindNumbers[kind])}::smallint[], ${refs.map(({ id }) => id)}::bigint[])
      u (kind, ref) join search_documents d on d.kind = u.kind and d.ref = u.ref ${atHome}`.execute(db);
  return await asDocuments(db, rows);
}

/** The next documents after one, mentions before replies, each by number. */
export async function documentsAfter(
  db: Kysely<Tables>,
  after: DocumentRef | null,
  limit: number,
): Promise<SourceDocument[]> {
  const from = after ? { kind: kindNumbers[after.kind], id: after.id } : { kind: 0, id: 0 };
  const { rows } = await sql<Row>`
    select ${columns} from search_documents d ${atHome} where (d.kind, d.ref) > (${from.kind}, ${from.id})
    order by d.kind, d.ref limit ${limit}`.execute(db);
  return await asDocuments(db, rows);
}

export async function documentCount(db: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from search_documents`.execute(db);
  return rows[0]!.n;
}

/** The versions of mentions and replies that have no document (any more); those that never were are left out. */
export async function versionsOf(
  db: Kysely<Tables>,
  refs: readonly DocumentRef[],
): Promise<(DocumentRef & { version: number })[]> {
  if (refs.length === 0) return [];
  const ids = (kind: DocumentRef['kind']) => refs.filter((ref) => ref.kind === kind).map(({ id }) => id);
  const { rows } = await sql<{ kind: number; id: number; version: number }>`
    select 1 as kind, id, version from mentions where id = any(${ids('mention')}::bigint[])
    union all select 2, id, version from replies where id = any(${ids('reply')}::bigint[])`.execute(db);
  return rows.map(({ kind, id, version }) => ({ kind: kindOf(kind), id, version }));
}

/** What stands beside the words and changes with the thread, as one text to compare. */
export async function threadStatuses(db: Kysely<Tables>, threadIds: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; status: string }>`
    select u.id, concat_ws(' ', (select k.state from cases k where k.thread_id = u.id),
      (select string_agg(p.circle_id::text, ' ' order by p.circle_id) from placements p
        where p.thread_id = u.id and (p.reply_count > 0 or ${isHome('p')}))) as status
    from unnest(${threadIds}::bigint[]) u (id)`.execute(db);
  return new Map(rows.map(({ id, status }) => [id, status]));
}

export async function documentsOfThreads(db: Kysely<Tables>, threadIds: readonly number[]): Promise<DocumentRef[]> {
  if (threadIds.length === 0) return [];
  const { rows } = await sql<{ kind: number; id: number }>`
    select kind, ref as id from search_documents where thread_id = any(${threadIds}::bigint[])`.execute(db);
  return rows.map(({ kind, id }) => ({ kind: kindOf(kind), id }));
}

/** How many documents a stretch of numbers holds and the sum of their checks (checkOf in search/elasticsearch/document.ts). */
export type Stretch = { kind: DocumentRef['kind']; stretch: number; count: number; sum: number };

export async function stretchesOf(db: Kysely<Tables>, length: number): Promise<Stretch[]> {
  const { rows } = await sql<{ kind: number; stretch: number; count: number; sum: number }>`
    select kind, (ref / ${length}::bigint)::float8 as stretch, count(*) as count,
      sum(((ref % 1000003) * 7919 + version * 104729) % 2147483647)::float8 as sum
    from search_documents group by 1, 2 order by 1, 2`.execute(db);
  return rows.map(({ kind, ...rest }) => ({ kind: kindOf(kind), ...rest }));
}

/** Numbers and versions of the documents of one stretch. */
export async function versionsIn(
  db: Kysely<Tables>,
  kind: DocumentRef['kind'],
  from: number,
  until: number,
): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; version: number }>`
    select ref as id, version from search_documents
    where kind = ${kindNumbers[kind]} and ref >= ${from} and ref < ${until}`.execute(db);
  return new Map(rows.map(({ id, version }) => [id, version]));
}

async function asDocuments(db: Kysely<Tables>, rows: readonly Row[]): Promise<SourceDocument[]> {
  const inexact = rows.filter((row) => row.inexact);
  const written = await writtenOf(db, inexact);
  return rows.map(({ kind, tone, words, inexact: _, ...row }) => {
    const vector = readVector(words);
    return {
      ...row,
      ...vector,
      ...written.get(`${kindOf(kind)} ${row.id}`),
      kind: kindOf(kind),
      tone: kind === kindNumbers.reply ? null : (tones.get(tone ?? Number.NaN) ?? 'unclear'),
    };
  });
}

/** Words in full of documents whose vector does not hold them all. */
async function writtenOf(db: Kysely<Tables>, rows: readonly Row[]): Promise<Map<string, OrderedTokens>> {
  const refs = rows.map(({ kind, id }) => ({ kind: kindOf(kind), id }));
  const found = await readDocuments(db, refs);
  return new Map(
    found.map(({ kind, id, document }) => [
      `${kind} ${id}`,
      tokensInOrder(document.words, document.terms.includes('has:title')),
    ]),
  );
}
