import type { z } from '@hono/zod-openapi';
import { sourceNames } from '#storage/source-list.ts';
import { topicNames } from '#storage/topics.ts';
import type { Viewer } from './access.ts';
import { namingSearches, namingTopics, type Renamed } from './access-follow-names.ts';
import { topicCalled } from './access-topics.ts';
import type { Deps } from './env.ts';
import { presentTopicRef } from './present-topics.ts';
import { ProblemError } from './problem.ts';
import type { Naming } from './schema-topics.ts';

type Reading = Pick<Deps, 'db' | 'ids'>;

/** Queries that a topic is named in: of other topics, and of the viewer's own searches. */
export async function topicNaming(deps: Reading, viewer: Viewer, publicId: string): Promise<z.infer<typeof Naming>> {
  const { name } = await topicCalled(deps, viewer, publicId);
  return await naming(deps, viewer, 'topic', name);
}

/** Queries that a source is named in; another source of the same name would still answer them. */
export async function sourceNaming(deps: Reading, viewer: Viewer, publicId: string): Promise<z.infer<typeof Naming>> {
  const id = deps.ids.decode('source', publicId);
  const source = (await sourceNames(deps.db)).find((one) => one.id === id);
  if (!source) throw new ProblemError('not_found');
  return await naming(deps, viewer, 'source', source.label);
}

async function naming(
  { db, ids }: Reading,
  { personId, rights }: Viewer,
  kind: Renamed['kind'],
  name: string,
): Promise<z.infer<typeof Naming>> {
  const questions = await namingTopics(db, kind, name);
  const [topics, searches] = await Promise.all([
    topicNames(
      db,
      questions.map(({ id }) => id),
      rights.includes('desk'),
    ),
    namingSearches(db, kind, name, personId),
  ]);
  return {
    topics: topics.map((topic) => presentTopicRef(ids, topic)),
    searches: searches.map((search) => ({ id: ids.encode('search', search.id), name: search.name })),
  };
}
