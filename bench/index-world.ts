import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { mentionDocument } from '#domain/search-document.ts';
import { createLog } from '#platform/log.ts';
import { startPostgres } from '#platform/postgres.ts';
import { tsvectorArray } from '#storage/binary-arrays.ts';
import { type ChangePosition, newestPosition } from '#storage/changes.ts';
import { type Database, openDatabase } from '#storage/database.ts';
import { vectorOf } from '#storage/document-vector.ts';
import { migrate } from '#storage/migrate.ts';
import { changeKinds } from '#storage/schema.ts';
import { seeded } from './harness.ts';

const perInsert = 1_000;
/** So many documents are different; each of the others says what one of these does, under a number, source and moment of its own. */
const different = 20_000;
const vocabularySize = 60_000;
const syllables = 'ba de do ga ge ho ka ke klo la lo ma me ni pa pe ro sa sto ta te va ve wi wo za ze'.split(' ');

export type IndexWorld = {
  db: Database;
  url: string;
  /** Before all changes. */
  begin: ChangePosition;
  /** Writes the change rows of the documents from one number up to and with another, as ingest would have. */
  change: (first: number, last: number) => Promise<void>;
  close: () => Promise<void>;
};

/** Documents of mentions with their places, as ingest leaves them; nobody was told of them yet. */
export async function indexWorld(count: number): Promise<IndexWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-index-'));
  // As root the server runs as another account, which has to come in.
  await chmod(dataDir, 0o755);
  const postgres = await startPostgres({ dataDir, log: createLog('error') });
  await migrate(postgres.url);
  const { db } = openDatabase(postgres.url, { max: 8, name: 'bench', onError: () => undefined });
  // For answering questions, which nobody asks here; it is what makes filling slow.
  await sql`drop index search_documents_words`.execute(db);
  const begin = await newestPosition(db);
  const random = seeded(22);
  const texts = Math.min(different, count);
  for (let first = 1; first <= texts; first += perInsert)
    await fill(db, first, Math.min(perInsert, texts - first + 1), random);
  for (let first = texts + 1; first <= count; first += texts)
    await repeat(db, first, Math.min(texts, count - first + 1));
  await place(db, count);
  for (const table of ['search_documents', 'placements']) await sql`vacuum analyze ${sql.table(table)}`.execute(db);
  return {
    db,
    url: postgres.url,
    begin,
    change: async (first, last) => {
      await sql`insert into changes (kind, ref) select kind, n from generate_series(${first}::bigint, ${last}::bigint) n,
        (values (${changeKinds.thread}::smallint), (${changeKinds.mention}::smallint)) k (kind)`.execute(db);
    },
    close: async () => {
      await db.destroy();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function fill(db: Database, first: number, count: number, random: () => number): Promise<void> {
  const made = Array.from({ length: count }, (_, index) => {
    const n = first + index;
    const title = words(8, random);
    const document = mentionDocument({
      kind: 'article',
      sourceId: 1 + (n % 500),
      sourceHost: null,
      url: `https://krant-${n % 500}.example/nieuws/${n}`,
      title,
      html: null,
      text: words(lengthOf(random), random),
      authorName: `Jan ${word(n % 5_000)}`,
      authorHandle: null,
      language: 'nl',
      tone: (n % 3) - 1,
      rating: null,
      media: [],
      isEdited: false,
      sortAt: 0,
    });
    return { n, vector: vectorOf(document, title, 1), inexact: document.inexact };
  });
  await sql`
    insert into search_documents (kind, ref, thread_id, circle_id, sort_at, source_id, type, language, tone, words, inexact, version)
    select 1, u.n, u.n, 1, ${momentOf}, ${sourceOf}, 'article', 'nl', (u.n % 3)::smallint - 1, u.words, u.inexact, 1
    from unnest(${made.map(({ n }) => n)}::bigint[], ${tsvectorArray(made.map(({ vector }) => vector))}::tsvector[],
      ${made.map(({ inexact }) => inexact)}::boolean[]) u (n, words, inexact)`.execute(db);
}

const momentOf = sql`timestamptz '2026-01-01' + u.n * interval '10 seconds'`;
const sourceOf = sql`1 + u.n % 500`;

/** The first documents once more. */
async function repeat(db: Database, first: number, count: number): Promise<void> {
  await sql`
    insert into search_documents (kind, ref, thread_id, circle_id, sort_at, source_id, type, language, tone, words, inexact, version)
    select 1, u.n, u.n, 1, ${momentOf}, ${sourceOf}, d.type, d.language, (u.n % 3)::smallint - 1, d.words, d.inexact, 1
    from search_documents d cross join lateral (select d.ref + ${first - 1}::bigint as n) u
    where d.kind = 1 and d.ref <= ${count}`.execute(db);
}

async function place(db: Database, count: number): Promise<void> {
  await sql`insert into threads (id, born, mention_count)
    select n, 'outside', 1 from generate_series(1, ${sql.lit(count)}) n`.execute(db);
  await sql`insert into placements (thread_id, circle_id, sort_at)
    select u.n, 1, ${momentOf} from generate_series(1, ${sql.lit(count)}) u (n)`.execute(db);
}

function word(rank: number): string {
  let made = '';
  for (let rest = rank + 30; rest > 0; rest = Math.floor(rest / syllables.length))
    made += syllables[rest % syllables.length];
  return made;
}

/** As often as its rank says (Zipf). */
const words = (count: number, random: () => number): string =>
  Array.from({ length: count }, () => word(Math.floor(vocabularySize ** random()) - 1)).join(' ');

/** Log-normal, median 60 words, 99th percentile 1,200 (performance.md 3.2). */
function lengthOf(random: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.min(3_000, Math.max(8, Math.round(60 * Math.exp(1.288 * normal))));
}
