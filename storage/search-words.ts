import { sql } from 'kysely';
import type { Database } from './database.ts';
import { colleagueCircles } from './people.ts';

/** Counted in this many of the newest mentions and replies; of a few a word is kept only when it stands in several. */
const newest = 20_000;
const fewest = 3;
const mostWords = 50_000;
// Any number that nobody else takes.
const countLock = 0x6275_697a;

/**
 * Counts anew which words are used in what every colleague may read: never in a closed circle, and no word that only one or two
 * wrote, which would be a name rather than a word. Answers how many there are.
 */
export async function refreshSearchWords(db: Database): Promise<number> {
  const outside = sql.lit(
    `select words from search_documents where circle_id in (${colleagueCircles.join(',')})
      order by sort_at desc, kind desc, ref desc limit ${newest}`,
  );
  return await db.transaction().execute(async (trx) => {
    // One at a time: a count that began before an erasure would otherwise be written over the one made after it, and bring its words back.
    await sql`select pg_advisory_xact_lock(${countLock})`.execute(trx);
    // Read before anything is written: a transaction that has written holds up whoever follows the changes, and counting takes a second.
    const { rows } = await sql<{ word: string; documents: number }>`
      select word, ndoc as documents from ts_stat(${outside})
      where ndoc >= ${fewest} and word ~ '^[[:alpha:]]{3,40}$' order by ndoc desc, word limit ${mostWords}`.execute(
      trx,
    );
    await sql`delete from search_words`.execute(trx);
    await sql`insert into search_words (word, documents)
      select * from unnest(${rows.map(({ word }) => word)}::text[], ${rows.map(({ documents }) => documents)}::int[])`.execute(
      trx,
    );
    return rows.length;
  });
}

/** Words that begin like this (folded, domain/tokens.ts), most used first. */
export async function wordsStarting(db: Database, beginning: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    select word from search_words where word ^@ ${beginning} and word <> ${beginning}
    order by documents desc, word limit ${limit}`.execute(db);
  return rows.map(({ word }) => word);
}

/** Of these words, those that are used, with in how many mentions and replies. */
export async function usedAmong(db: Database, words: readonly string[]): Promise<Map<string, number>> {
  if (words.length === 0) return new Map();
  const { rows } = await sql<{ word: string; documents: number }>`
    select word, documents from search_words where word = any(${words}::text[])`.execute(db);
  return new Map(rows.map(({ word, documents }) => [word, documents]));
}
