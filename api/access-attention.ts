import type { z } from '@hono/zod-openapi';
import type { Viewer } from './access.ts';
import type { Deps } from './env.ts';
import { ProblemError } from './problem.ts';
import type { Counts, MarkedRead } from './schema-talk.ts';

const notBuilt = (): never => {
  throw new ProblemError('internal');
};
export async function accessCounts(_deps: Deps, _viewer: Viewer): Promise<z.infer<typeof Counts>> {
  return notBuilt();
}
export async function markAllRead(_deps: Deps, _viewer: Viewer): Promise<z.infer<typeof MarkedRead>> {
  return notBuilt();
}
export async function undoMarkRead(_deps: Deps, _viewer: Viewer, _undo: string): Promise<void> {
  return notBuilt();
}
