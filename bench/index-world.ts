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
const vocabularySize = 60_000;
const syllables = 'ba de do ga ge ho ka ke klo la lo ma me ni pa pe ro sa sto ta te va ve wi wo za ze'.split(' ');

export type IndexWorld = { db: Database; url: string; begin: ChangePosition; close: () => Promise<void> };

/** Documents of mentions with their places and change rows, as ingest leaves them; nothing of it is indexed yet. */
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
  for (let first = 1; first <= count; first += perInsert)
    await fill(db, first, Math.min(perInsert, count - first + 1), random);
  for (const table of ['search_documents', 'placements', 'changes'])
    await sql`vacuum analyze ${sql.table(table)}`.execute(db);
  return {
    db,
    url: postgres.url,
    begin,
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
  const numbers = made.map(({ n }) => n);
  await db.transaction().execute(async (trx) => {
    await sql`
      insert into search_documents (kind, ref, thread_id, circle_id, sort_at, source_id, type, language, tone, words, inexact, version)
      select 1, u.n, u.n, 1, timestamptz '2026-01-01' + u.n * interval '10 seconds', 1 + u.n % 500, 'article', 'nl',
        (u.n % 3)::smallint - 1, u.words, u.inexact, 1
      from unnest(${numbers}::bigint[], ${tsvectorArray(made.map(({ vector }) => vector))}::tsvector[],
        ${made.map(({ inexact }) => inexact)}::boolean[]) u (n, words, inexact)`.execute(trx);
    await sql`insert into threads (id, born, mention_count)
      select n, 'outside', 1 from unnest(${numbers}::bigint[]) n`.execute(trx);
    await sql`insert into placements (thread_id, circle_id, sort_at)
      select n, 1, timestamptz '2026-01-01' + n * interval '10 seconds' from unnest(${numbers}::bigint[]) n`.execute(
      trx,
    );
    await sql`insert into changes (kind, ref) select kind, n from unnest(${numbers}::bigint[]) n,
      (values (${changeKinds.thread}::smallint), (${changeKinds.mention}::smallint)) k (kind)`.execute(trx);
  });
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
