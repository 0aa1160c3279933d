import type { Viewer } from './access.ts';
import type { Deps } from './env.ts';
import { ProblemError } from './problem.ts';

/** A question as a viewer asks it. */
export async function understood(_deps: Pick<Deps, 'db'>, _viewer: Viewer, _q: string): Promise<never> {
  throw new ProblemError('internal');
}
