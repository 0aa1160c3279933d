import type { z } from '@hono/zod-openapi';
import type { Viewer } from './access.ts';
import type { Deps } from './env.ts';
import { ProblemError } from './problem.ts';
import type { MentionTopic, MentionTopics } from './schema-topics.ts';

type Reading = Pick<Deps, 'db' | 'ids'>;

export async function accessMentionTopics(
  _deps: Reading,
  _viewer: Viewer,
  _id: string,
): Promise<z.infer<typeof MentionTopics>> {
  throw new ProblemError('internal');
}
export async function accessJudge(
  _deps: Reading,
  _viewer: Viewer,
  _mentionId: string,
  _topicId: string,
  _about: boolean | null,
): Promise<z.infer<typeof MentionTopic>> {
  throw new ProblemError('internal');
}
