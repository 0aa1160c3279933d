import { type DocumentKind, documentKinds, type Hit, type Place, type Scope, type SearchEngine } from './engine.ts';
import type { Plain } from './plain.ts';

export type Asked = {
  query: Plain;
  scope: Scope;
  sort: 'newest' | 'best';
  /** Where the page before ended (`next`), or null. */
  after: readonly bigint[] | null;
  /** Threads. */
  limit: number;
};
/** A thread with its hits on this page, in the order asked for; `sortAt` is that of the first (milliseconds since 1970). */
export type FoundThread = { threadId: number; sortAt: number; hits: Hit[] };
export type FoundPage = {
  threads: FoundThread[];
  next: readonly bigint[] | null;
  /** Mentions and replies found; null when the page does not hold them all. */
  total: number | null;
};

/** What does not fit into one page of the best is seldom asked for: order holds among the newest hits only. */
const bestAmong = 2_000;
/** Hits asked for beyond the threads wanted, because some share one. */
const spare = 1.25;
/** A thread of thousands of hits is passed in growing steps; after so many rounds a page stays short. */
const mostRounds = 4;
const growth = 4;

/** A page of threads, each once: at its newest hit, or its best. */
export function readPage(engine: SearchEngine, asked: Asked): Promise<FoundPage> {
  return asked.sort === 'newest' ? newestPage(engine, asked) : bestPage(engine, asked);
}

/**
 * As the stream pages (storage/stream-page.ts): what stood on an earlier page through a newer hit is left out, and the cursor is the
 * last hit looked at rather than the last one shown, so that a page may be short and none is skipped.
 */
async function newestPage(engine: SearchEngine, { query, scope, after, limit }: Asked): Promise<FoundPage> {
  const start = after && placeOf(after);
  const threads = new Map<number, FoundThread>();
  const seen = new Set<number>();
  let place = start;
  let examined = 0;
  for (let round = 0; round < mostRounds; round++) {
    const batch = Math.ceil(limit * spare * growth ** round);
    const hits = await engine.newest(query, scope, place, batch);
    if (start) {
      const unknown = new Set(hits.map(({ threadId }) => threadId).filter((id) => !threads.has(id) && !seen.has(id)));
      const upTo = atOrAbove(start);
      for (const id of await engine.seenBefore(query, scope, [...unknown], upTo)) seen.add(id);
    }
    for (const hit of hits) {
      if (!seen.has(hit.threadId) && !put(threads, hit, limit)) return { ...pageOf(threads), next: cursorOf(place!) };
      place = hit;
      examined += 1;
    }
    if (hits.length < batch) return { ...pageOf(threads), next: null, total: start ? null : examined };
  }
  return { ...pageOf(threads), next: place && cursorOf(place) };
}

/** Above the place just below a hit: the hit itself stood on the page before. */
function atOrAbove({ sortAt, kind, id }: Place): Place {
  return { sortAt, kind, id: id - 1 };
}

/** Adds a hit to its thread; false: it would be one thread too many. */
function put(threads: Map<number, FoundThread>, hit: Hit, limit: number): boolean {
  const thread = threads.get(hit.threadId);
  if (thread) thread.hits.push(hit);
  else if (threads.size >= limit) return false;
  else threads.set(hit.threadId, { threadId: hit.threadId, sortAt: hit.sortAt, hits: [hit] });
  return true;
}

const pageOf = (threads: ReadonlyMap<number, FoundThread>) => ({ threads: [...threads.values()], total: null });

const kindNames = new Map<number, DocumentKind>(
  Object.entries(documentKinds).map(([name, number]) => [number, name as DocumentKind]),
);
const cursorOf = ({ sortAt, kind, id }: Place): bigint[] => [BigInt(sortAt), BigInt(documentKinds[kind]), BigInt(id)];

/** Throws on what is no cursor of ours: it was sealed, so nobody else made it. */
function placeOf([sortAt, kind, id]: readonly bigint[]): Place {
  const name = kindNames.get(Number(kind));
  if (sortAt === undefined || id === undefined || !name) throw new Error('Not a cursor of a search');
  return { sortAt: Number(sortAt), kind: name, id: Number(id) };
}

/** The cursor counts threads: the order is made anew for each page, among hits of which there are few enough. */
async function bestPage(engine: SearchEngine, { query, scope, after, limit }: Asked): Promise<FoundPage> {
  const from = Number(after?.[0] ?? 0n);
  const wanted = Math.min(bestAmong, Math.ceil((from + limit + 1) * spare));
  let hits = await engine.best(query, scope, wanted);
  let threads = grouped(hits);
  if (hits.length === wanted && threads.length <= from + limit && wanted < bestAmong) {
    hits = await engine.best(query, scope, bestAmong);
    threads = grouped(hits);
  }
  const isAll = from === 0 && threads.length <= limit && hits.length < wanted;
  return {
    threads: threads.slice(from, from + limit),
    next: threads.length > from + limit ? [BigInt(from + limit)] : null,
    total: isAll ? hits.length : null,
  };
}

function grouped(hits: readonly Hit[]): FoundThread[] {
  const threads = new Map<number, FoundThread>();
  for (const hit of hits) put(threads, hit, bestAmong);
  return [...threads.values()];
}
