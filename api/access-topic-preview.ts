import type { z } from '@hono/zod-openapi';
import type { Viewer } from './access.ts';
import type { Deps } from './env.ts';
import type { Language } from './language.ts';
import { ProblemError } from './problem.ts';
import type { FreshPreview, FreshPreviewRequest, TopicPreview, TopicPreviewRequest } from './schema-topics.ts';

export function createTopicPreview(_deps: Deps) {
  return async (
    _viewer: Viewer,
    _asked: z.infer<typeof TopicPreviewRequest>,
  ): Promise<z.infer<typeof TopicPreview>> => {
    throw new ProblemError('internal');
  };
}
export function createFreshPreview(_deps: Deps) {
  return async (
    _viewer: Viewer,
    _asked: z.infer<typeof FreshPreviewRequest>,
    _language: Language,
  ): Promise<z.infer<typeof FreshPreview>> => {
    throw new ProblemError('internal');
  };
}
