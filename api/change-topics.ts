import type { z } from '@hono/zod-openapi';
import type { Viewer } from './access.ts';
import type { Deps } from './env.ts';
import { ProblemError } from './problem.ts';
import type {
  ChangeTopic,
  GoBack,
  NewTopic,
  NewVersion,
  SavedVersion,
  StartTopic,
  Topic,
  TopicRun,
} from './schema-topics.ts';

type Asked<T extends z.ZodType> = z.infer<T>;

export async function makeTopic(_d: Deps, _v: Viewer, _asked: Asked<typeof NewTopic>): Promise<Asked<typeof Topic>> {
  throw new ProblemError('internal');
}
export async function changeTopic(
  _d: Deps,
  _v: Viewer,
  _id: string,
  _asked: Asked<typeof ChangeTopic>,
): Promise<Asked<typeof Topic>> {
  throw new ProblemError('internal');
}
export async function removeTopic(_d: Deps, _v: Viewer, _id: string): Promise<void> {
  throw new ProblemError('internal');
}
export async function startTopic(
  _d: Deps,
  _v: Viewer,
  _id: string,
  _asked: Asked<typeof StartTopic>,
): Promise<Asked<typeof SavedVersion>> {
  throw new ProblemError('internal');
}
export async function pauseTopic(_d: Deps, _v: Viewer, _id: string): Promise<Asked<typeof Topic>> {
  throw new ProblemError('internal');
}
export async function saveVersion(
  _d: Deps,
  _v: Viewer,
  _id: string,
  _asked: Asked<typeof NewVersion>,
): Promise<Asked<typeof SavedVersion>> {
  throw new ProblemError('internal');
}
export async function goBack(
  _d: Deps,
  _v: Viewer,
  _id: string,
  _asked: Asked<typeof GoBack>,
): Promise<Asked<typeof SavedVersion>> {
  throw new ProblemError('internal');
}
export async function undoRun(_d: Deps, _v: Viewer, _id: string, _run: string): Promise<Asked<typeof TopicRun>> {
  throw new ProblemError('internal');
}
