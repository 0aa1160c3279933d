import type { z } from '@hono/zod-openapi';
import type { Viewer } from './access.ts';
import type { Deps } from './env.ts';
import { ProblemError } from './problem.ts';
import type {
  Attention,
  ChangeAttention,
  ChangeReply,
  NewReply,
  NewThread,
  Reply,
  ReplyPage,
  StartedThread,
} from './schema-talk.ts';

const notBuilt = (): never => {
  throw new ProblemError('internal');
};
export async function startThread(
  _deps: Deps,
  _viewer: Viewer,
  _key: string,
  _given: z.infer<typeof NewThread>,
): Promise<z.infer<typeof StartedThread>> {
  return notBuilt();
}
export async function addReply(
  _deps: Deps,
  _viewer: Viewer,
  _threadId: string,
  _key: string,
  _given: z.infer<typeof NewReply>,
): Promise<z.infer<typeof Reply>> {
  return notBuilt();
}
export async function accessReplies(
  _deps: Deps,
  _viewer: Viewer,
  _threadId: string,
  _before: string | undefined,
): Promise<z.infer<typeof ReplyPage>> {
  return notBuilt();
}
export async function changeReply(
  _deps: Deps,
  _viewer: Viewer,
  _replyId: string,
  _change: z.infer<typeof ChangeReply>,
): Promise<z.infer<typeof Reply>> {
  return notBuilt();
}
export async function withdrawReply(_deps: Deps, _viewer: Viewer, _replyId: string): Promise<z.infer<typeof Reply>> {
  return notBuilt();
}
export async function accessAttention(
  _deps: Deps,
  _viewer: Viewer,
  _threadId: string,
  _change: z.infer<typeof ChangeAttention>,
): Promise<z.infer<typeof Attention>> {
  return notBuilt();
}
export async function accessExport(_deps: Deps, _viewer: Viewer): Promise<Record<string, unknown>> {
  return notBuilt();
}
