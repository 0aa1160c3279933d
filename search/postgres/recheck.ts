import { type QueryExecutorProvider, sql } from 'kysely';
import type { SearchDocument } from '#domain/search-document.ts';
import { type DocumentKind, mostRechecked, type Scope, TooManyToRecheckError } from '#search/engine.ts';
import { matches } from '#search/match/matches.ts';
import { type Plain, threadStatuses } from '#search/plain.ts';
import { statusCondition } from './compile.ts';
import { type HitRow, hitOf } from './places.ts';

/** Documents with every place of every word, made anew from what is stored; those that are gone meanwhile are left out. */
export type LoadDocuments = (
  refs: readonly { kind: DocumentKind; id: number }[],
) => Promise<readonly { kind: DocumentKind; id: number; document: SearchDocument }[]>;

/** Looks again at rows of which PostgreSQL knows only that they may match. One for each question: it counts. */
export type Recheck = (rows: readonly HitRow[]) => Promise<HitRow[]>;

/** Documents looked at again in one go: the longest ones have a megabyte of words. */
const step = 100;

/** Throws TooManyToRecheckError when more than 5,000 documents of one question would have to be looked at again. */
export function createRecheck(db: QueryExecutorProvider, load: LoadDocuments, plain: Plain, scope: Scope): Recheck {
  let looked = 0;
  return async (rows) => {
    const open = rows.filter(({ inexact }) => inexact);
    if (open.length === 0) return [...rows];
    looked += open.length;
    if (looked > mostRechecked) throw new TooManyToRecheckError(`More than ${mostRechecked} long documents may match`);
    const held = new Set<string>();
    for (let at = 0; at < open.length; at += step)
      for (const key of await holding(db, load, plain, scope, open.slice(at, at + step))) held.add(key);
    return rows.filter((row) => !row.inexact || held.has(keyOf(row)));
  };
}

const keyOf = ({ kind, ref }: { kind: number; ref: number }) => `${kind} ${ref}`;

async function holding(
  db: QueryExecutorProvider,
  load: LoadDocuments,
  plain: Plain,
  scope: Scope,
  rows: readonly HitRow[],
): Promise<string[]> {
  const hits = new Map(rows.map((row) => [`${hitOf(row).kind} ${row.ref}`, row]));
  const { rows: known } = await sql<Beside>`
    select d.kind, d.ref, d.topics, d.circle_id as "circleId", coalesce(d.also, '{}') as also,
      array(select s.name from (values ${sql.join(
        threadStatuses.map((status) => sql`(${status}, ${statusCondition(status, scope)})`),
      )}) s (name, holds) where s.holds) as statuses
    from unnest(${rows.map(({ kind }) => kind)}::smallint[], ${rows.map(({ ref }) => ref)}::bigint[]) u (kind, ref)
    join search_documents d on d.kind = u.kind and d.ref = u.ref`.execute(db);
  const beside = new Map(known.map((one) => [keyOf(one), one]));
  const found: string[] = [];
  for (const { kind, id, document } of await load([...hits.values()].map(hitOf))) {
    const key = keyOf(hits.get(`${kind} ${id}`)!);
    const facts = beside.get(key);
    if (facts && matches(plain, document, facts)) found.push(key);
  }
  return found;
}

type Beside = {
  kind: number;
  ref: number;
  topics: number[];
  circleId: number;
  also: number[];
  statuses: (typeof threadStatuses)[number][];
};
