import type { z } from '@hono/zod-openapi';
import { mostTopics } from '#domain/topic.ts';
import { countTopics } from '#storage/topic-list.ts';
import { readRuns, readTopic, readVersions, type TopicFacts } from '#storage/topics.ts';
import { readerOf, type Viewer } from './access.ts';
import { topicsSeenBy } from './access-names.ts';
import { brokenTopics } from './access-topic-query.ts';
import type { Deps } from './env.ts';
import type { Language } from './language.ts';
import { presentSourceRef } from './present.ts';
import { presentRun, presentTopic, presentTopicRow, presentVersion } from './present-topics.ts';
import { ProblemError } from './problem.ts';
import type { DifferenceQuery, Topic, TopicList, TopicRuns, VersionDifference } from './schema-topics.ts';
import { differenceOf } from './version-difference.ts';

type Reading = Pick<Deps, 'db' | 'ids' | 'timeZone'>;

/** Every topic that a viewer may know of, with what waits for this reader and how well each asks. */
export async function accessTopics(deps: Reading, viewer: Viewer): Promise<z.infer<typeof TopicList>> {
  const { db, ids } = deps;
  const topics = await topicsSeenBy(db, viewer);
  const numbers = topics.map(({ id }) => id);
  const [counts, broken] = await Promise.all([countTopics(db, readerOf(viewer), numbers), brokenTopics(deps)]);
  const countsOf = new Map(counts.map((one) => [one.id, one]));
  const standingOf = (id: number) => ({ counts: countsOf.get(id), broken: broken.has(id) });
  return { topics: topics.map((topic) => presentTopicRow(ids, topic, standingOf(topic.id))), most: mostTopics };
}

/** A topic by its public id. Who may see one: every colleague. */
export async function topicCalled(
  { db, ids }: Pick<Deps, 'db' | 'ids'>,
  viewer: Viewer,
  publicId: string,
): Promise<TopicFacts> {
  const id = ids.decode('topic', publicId);
  const topic = id === null ? null : await readTopic(db, id);
  // One for the desk only is not there for anybody else.
  if (!topic || (topic.audience === 'desk' && !viewer.rights.includes('desk'))) throw new ProblemError('not_found');
  return topic;
}

/** One topic with all its versions. */
export async function accessTopic(deps: Reading, viewer: Viewer, publicId: string): Promise<z.infer<typeof Topic>> {
  const { db, ids } = deps;
  const topic = await topicCalled(deps, viewer, publicId);
  const [[counts], versions, [run], broken] = await Promise.all([
    countTopics(db, readerOf(viewer), [topic.id]),
    readVersions(db, topic.id),
    readRuns(db, topic.id, 1),
    brokenTopics(deps),
  ]);
  return presentTopic(ids, topic, { counts, versions, run, broken: broken.has(topic.id) });
}

/** The last runs of a topic. */
export async function accessRuns(deps: Reading, viewer: Viewer, publicId: string): Promise<z.infer<typeof TopicRuns>> {
  const { id } = await topicCalled(deps, viewer, publicId);
  return { runs: (await readRuns(deps.db, id)).map((run) => presentRun(deps.ids, run)) };
}

/** What two versions of a topic ask differently. */
export async function accessDifference(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
  asked: z.infer<typeof DifferenceQuery>,
  language: Language,
): Promise<z.infer<typeof VersionDifference>> {
  const { db, ids } = deps;
  const topic = await topicCalled(deps, viewer, publicId);
  const versions = await readVersions(db, topic.id);
  const called = (part: 'from' | 'to', number: number) => {
    const found = versions.find(({ version }) => version === number);
    if (!found) throw new ProblemError('invalid_request', { wrong: [{ path: part, part: 'version' }] });
    return found;
  };
  const to = called('to', asked.to ?? topic.version);
  const from = called('from', asked.from ?? to.version - 1);
  const { sources, ...parts } = differenceOf(from, to, language);
  return {
    from: presentVersion(ids, from),
    to: presentVersion(ids, to),
    ...parts,
    sources: {
      change: sources.change,
      added: sources.added.map((source) => presentSourceRef(ids, source)),
      removed: sources.removed.map((source) => presentSourceRef(ids, source)),
    },
  };
}
