import type { z } from '@hono/zod-openapi';
import { type FacetName, TooManyToRecheckError } from '#search/engine.ts';
import type { Query } from '#search/query/query.ts';
import { circlesNamed } from '#storage/circles.ts';
import { readFoundMentions, readFoundReplies } from '#storage/found.ts';
import { everyoneCircle, outsideCircle } from '#storage/schema.ts';
import { sourceNames } from '#storage/source-list.ts';
import { readRows } from '#storage/stream.ts';
import { isGivenUp } from '#storage/unavailable.ts';
import { readerOf, type Viewer, visibleTo } from './access.ts';
import { topicsSeenBy } from './access-names.ts';
import { understood } from './access-question.ts';
import type { Deps } from './env.ts';
import { type Loaded, presentHit } from './found.ts';
import type { Language } from './language.ts';
import { facetField, narrowed } from './narrow.ts';
import { presentRow } from './present.ts';
import { ProblemError } from './problem.ts';
import type { FacetValue, SearchFacets, SearchHit, SearchPage, SearchQuery } from './schema-search.ts';
import { createTurns } from './turns.ts';

type Reading = Pick<Deps, 'db' | 'ids' | 'seal' | 'timeZone' | 'search'>;

/** Shown of what is found in one thread. */
const mostHits = 3;
const mostValues = 20;

/** A page of threads in which a question is found. A cursor counts only for the viewer, the question and the order it was made for. */
export async function accessSearch(
  deps: Reading,
  viewer: Viewer,
  { q, sort, cursor, limit }: z.infer<typeof SearchQuery>,
): Promise<z.infer<typeof SearchPage>> {
  const { db, ids, seal } = deps;
  const { plain } = await understood(deps, viewer, q);
  const purpose = `search ${sort} ${q}`;
  const after = cursor === undefined ? null : seal.open(viewer.key, purpose, cursor);
  if (cursor !== undefined && after === null)
    throw new ProblemError('invalid_request', { wrong: [{ path: 'cursor', part: 'cursor' }] });
  const page = await asked(viewer, q, () =>
    deps.search.page({ query: plain, scope: scopeOf(viewer), sort, after, limit }),
  );
  const shown = page.threads.map(({ hits, ...thread }) => ({
    ...thread,
    hits: hits.slice(0, mostHits),
    count: hits.length,
  }));
  const [rows, loaded] = await Promise.all([
    readRows(
      db,
      readerOf(viewer),
      shown.map(({ threadId, sortAt }) => ({ id: threadId, sortAt: new Date(sortAt) })),
    ),
    load(
      db,
      viewer,
      shown.flatMap(({ hits }) => hits),
    ),
  ]);
  const byThread = new Map(shown.map((thread) => [thread.threadId, thread]));
  return {
    threads: rows.flatMap((row) => {
      const { hits, count } = byThread.get(row.id)!;
      const presented = hits.flatMap((hit) => presentHit(ids, plain, loaded, hit) ?? []);
      // What went between finding and showing it.
      if (presented.length === 0) return [];
      return [{ thread: presentRow(ids, row), hits: presented, moreHits: count > mostHits }];
    }),
    cursor: page.next && seal.close(viewer.key, purpose, page.next),
    total: page.total,
    engine: page.engine,
    fellBack: page.fellBack,
  };
}

/** How what is found divides, with the question that each value narrows it to. */
export async function accessSearchFacets(
  deps: Reading,
  viewer: Viewer,
  q: string,
  language: Language,
): Promise<z.infer<typeof SearchFacets>> {
  const { plain, query } = await understood(deps, viewer, q);
  const [{ total, estimated, facets, engine, fellBack }, named] = await Promise.all([
    asked(viewer, q, () => deps.search.facets(plain, scopeOf(viewer))),
    facetNames(deps, viewer, language),
  ]);
  const values = (facet: FacetName) => presentFacet(facet, facets[facet], named[facet], query, language);
  return {
    total,
    estimated,
    facets: {
      side: values('side'),
      source: values('source'),
      type: values('type'),
      topic: values('topic'),
      sentiment: values('sentiment'),
      language: values('language'),
      status: values('status'),
      circle: values('circle'),
    },
    engine,
    fellBack,
  };
}

/** The newest mentions and replies that a viewer finds, each with its thread. */
export async function newestFound(
  deps: Reading,
  viewer: Viewer,
  q: string,
  limit: number,
): Promise<{ hit: z.infer<typeof SearchHit>; threadId: string }[]> {
  const { plain } = await understood(deps, viewer, q);
  const hits = await asked(viewer, q, () => deps.search.newest(plain, scopeOf(viewer), limit));
  const loaded = await load(deps.db, viewer, hits);
  return hits.flatMap((hit) => {
    const presented = presentHit(deps.ids, plain, loaded, hit);
    return presented ? [{ hit: presented, threadId: deps.ids.encode('thread', threadOf(loaded, hit)) }] : [];
  });
}

/** Somebody has so many questions under way, and so many that wait for those. */
const turns = createTurns(2, 20);

/** An answer that would take too much to be right is refused, as any question that cannot be asked; one that takes too long is given up. */
async function asked<Answer>(viewer: Viewer, q: string, question: () => Promise<Answer>): Promise<Answer> {
  try {
    return await turns(viewer.key, question);
  } catch (error) {
    if (isGivenUp(error)) throw new ProblemError('busy', {}, { cause: error });
    if (!(error instanceof TooManyToRecheckError)) throw error;
    const problem = { code: 'too_many_long', from: 0, to: q.length, expected: [] };
    throw new ProblemError(
      'query_refused',
      { query: (language) => [{ ...problem, message: tooManyLong[language] }] },
      { cause: error },
    );
  }
}
const tooManyLong: Record<Language, string> = {
  nl: 'Te veel heel lange teksten zouden moeten worden nagelezen. Zoek met een zeldzamer woord of een kortere periode.',
  en: 'Too many very long texts would have to be read again. Search with a rarer word or in a shorter period.',
};

type Found = { kind: 'mention' | 'reply'; id: number };

const scopeOf = (viewer: Viewer) => ({ circles: visibleTo(viewer) });

async function load(db: Deps['db'], viewer: Viewer, hits: readonly Found[]): Promise<Loaded> {
  const of = (kind: Found['kind']) => hits.filter((hit) => hit.kind === kind).map(({ id }) => id);
  const [mentions, replies] = await Promise.all([
    readFoundMentions(db, visibleTo(viewer), of('mention')),
    readFoundReplies(db, visibleTo(viewer), of('reply')),
  ]);
  return { mentions, replies };
}

/** The thread it stands in now: an engine may not have heard of a join yet. */
const threadOf = ({ mentions, replies }: Loaded, { kind, id }: Found): number =>
  (kind === 'mention' ? mentions : replies).get(id)!.threadId;

/** Of what has a name, by the value that the engines count: what it is called and its public id. */
type Named = ReadonlyMap<string, { name: string; id: string }> | undefined;

async function facetNames(
  { db, ids }: Reading,
  viewer: Viewer,
  language: Language,
): Promise<Partial<Record<FacetName, Named>>> {
  const [sources, topics, circles] = await Promise.all([
    sourceNames(db),
    topicsSeenBy(db, viewer),
    circlesNamed(db, visibleTo(viewer)),
  ]);
  const everyone = { nl: 'iedereen', en: 'everyone' }[language];
  return {
    source: new Map(sources.map(({ id, label }) => [String(id), { name: label, id: ids.encode('source', id) }])),
    topic: new Map(topics.map(({ id, name }) => [String(id), { name, id: ids.encode('topic', id) }])),
    // The outside is a side.
    circle: new Map(
      circles
        .filter(({ id }) => id !== outsideCircle)
        .map(({ id, name }) => [
          String(id),
          { name: id === everyoneCircle ? everyone : name, id: ids.encode('circle', id) },
        ]),
    ),
  };
}

/** Values that the query language can ask for, most first. Sources that bear one name are one: by that name they are asked for. */
function presentFacet(
  facet: FacetName,
  counts: readonly { value: string; count: number }[],
  named: Named,
  query: Query | null,
  language: Language,
): z.infer<typeof FacetValue>[] {
  const isNamed = facet === 'source' || facet === 'topic' || facet === 'circle';
  const values = new Map<string, z.infer<typeof FacetValue>>();
  for (const { value, count } of counts) {
    const called = named?.get(value);
    if (isNamed && !called) continue;
    const name = called?.name ?? null;
    const known = values.get(name ?? value);
    const field = known ? null : facetField(facet, name ?? value);
    if (known) known.count += count;
    else if (field)
      values.set(name ?? value, { value: called?.id ?? value, name, count, ...narrowed(query, field, language) });
  }
  return [...values.values()].sort((a, b) => b.count - a.count).slice(0, mostValues);
}
