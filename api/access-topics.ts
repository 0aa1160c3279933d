import type { z } from '@hono/zod-openapi';
import type { Viewer } from './access.ts';
import type { Deps } from './env.ts';
import type { Language } from './language.ts';
import { ProblemError } from './problem.ts';
import type { DifferenceQuery, Topic, TopicList, TopicRuns, VersionDifference } from './schema-topics.ts';

type Reading = Pick<Deps, 'db' | 'ids'>;

export async function accessTopics(_deps: Reading, _viewer: Viewer): Promise<z.infer<typeof TopicList>> {
  throw new ProblemError('internal');
}
export async function accessTopic(_deps: Reading, _viewer: Viewer, _id: string): Promise<z.infer<typeof Topic>> {
  throw new ProblemError('internal');
}
export async function accessRuns(_deps: Reading, _viewer: Viewer, _id: string): Promise<z.infer<typeof TopicRuns>> {
  throw new ProblemError('internal');
}
export async function accessDifference(
  _deps: Reading,
  _viewer: Viewer,
  _id: string,
  _asked: z.infer<typeof DifferenceQuery>,
  _language: Language,
): Promise<z.infer<typeof VersionDifference>> {
  throw new ProblemError('internal');
}
