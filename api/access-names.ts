import { type NamedKind, type NamedQuery, type Names, nameKey, namesIn, noNames } from '#search/query/names.ts';
import type { Query } from '#search/query/query.ts';
import type { Use } from '#search/query/to-plain.ts';
import { circlesNamed } from '#storage/circles.ts';
import { readSearches } from '#storage/saved-searches.ts';
import { deskCircle, everyoneCircle, outsideCircle } from '#storage/schema.ts';
import { sourceNames } from '#storage/source-list.ts';
import { listTopics, readQuestions, type TopicFacts } from '#storage/topics.ts';
import { type Viewer, visibleTo } from './access.ts';
import type { Deps } from './env.ts';
import { similar } from './similar.ts';

/** The circles there always are, in words of both languages; the others have the name their hosts gave them. */
const usualCircles: [number, readonly string[]][] = [
  [outsideCircle, ['buiten', 'outside']],
  [everyoneCircle, ['iedereen', 'everyone']],
  [deskCircle, ['balie', 'desk']],
];

/** Topics that a viewer may know of: those for the desk only are the desk's. */
export async function topicsSeenBy(db: Deps['db'], viewer: Viewer): Promise<TopicFacts[]> {
  const isDesk = viewer.rights.includes('desk');
  return (await listTopics(db)).filter(({ audience }) => audience === 'all' || isDesk);
}

/**
 * What the names in a query mean to a viewer: only of what they may see. Looks up what the query uses and nothing else; a query within it
 * may use anything. A standing query knows no saved searches: those are somebody's own, and their words are not exact.
 */
export async function namesFor(
  db: Deps['db'],
  viewer: Viewer,
  query: Query | null,
  use: Use = 'search',
): Promise<Names> {
  const used = namesIn(query);
  const uses = (kind: NamedKind) => used[kind].length > 0 || used.query.length > 0;
  if (!(['source', 'topic', 'circle'] as const).some(uses)) return noNames;
  const [sources, topics, circles, queries] = await Promise.all([
    uses('source') ? sourceNames(db) : [],
    uses('topic') ? topicsSeenBy(db, viewer) : [],
    uses('circle') ? circlesNamed(db, visibleTo(viewer)) : [],
    used.query.length > 0 ? queriesFor(db, viewer, use) : new Map<string, NamedQuery & { name: string }>(),
  ]);
  const sourcesByKey = Map.groupBy(sources, ({ label }) => nameKey(label));
  const topicsByKey = new Map(topics.map(({ id, name }) => [nameKey(name), id]));
  const circlesByKey = new Map(circles.map(({ id, name }) => [nameKey(name), id]));
  for (const [id, words] of usualCircles)
    if (visibleTo(viewer).includes(id)) for (const word of words) circlesByKey.set(word, id);
  const known: Record<NamedKind, () => string[]> = {
    source: () => sources.map(({ label }) => label),
    topic: () => topics.map(({ name }) => name),
    circle: () => [...circlesByKey.keys()],
    query: () => [...queries.values()].map(({ name }) => name),
  };
  return {
    sources: (name) => (sourcesByKey.get(nameKey(name)) ?? []).map(({ id }) => id),
    topic: (name) => topicsByKey.get(nameKey(name)) ?? null,
    circle: (name) => circlesByKey.get(nameKey(name)) ?? null,
    query: (name) => queries.get(nameKey(name)) ?? null,
    suggestions: (kind, name) => similar(known[kind](), name),
  };
}

/** Queries with a name, a viewer's own before those of colleagues, and both before those of topics. */
async function queriesFor(
  db: Deps['db'],
  viewer: Viewer,
  use: Use,
): Promise<Map<string, NamedQuery & { name: string }>> {
  const [searches, topics, questions] = await Promise.all([
    use === 'search' ? readSearches(db, viewer.personId) : [],
    topicsSeenBy(db, viewer),
    readQuestions(db, 'all'),
  ]);
  const seen = new Set(topics.map(({ id }) => id));
  const named: (NamedQuery & { name: string })[] = [
    ...searches.map(({ name, query }) => ({ name, text: query, use: 'search' as const })),
    ...questions
      .filter(({ id }) => seen.has(id))
      .map(({ name, query }) => ({ name, text: query, use: 'standing' as const })),
  ];
  // The first of a name is put in last.
  return new Map(named.reverse().map((one) => [nameKey(one.name), one]));
}
