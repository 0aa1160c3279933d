import type { z } from '@hono/zod-openapi';
import type { Viewer } from './access.ts';
import type { Deps } from './env.ts';
import { ProblemError } from './problem.ts';
import type { DeskPage } from './schema.ts';
import type { AnswerCase, Case, CaseVersion, CloseCase, DeskQuery, HandOver } from './schema-desk.ts';

export type CaseAct =
  | ({ action: 'take' | 'release' | 'reopen' } & z.infer<typeof CaseVersion>)
  | ({ action: 'hand-over' } & z.infer<typeof HandOver>)
  | ({ action: 'answer' } & z.infer<typeof AnswerCase>)
  | ({ action: 'no-answer' } & z.infer<typeof CloseCase>);

const notBuilt = (): never => {
  throw new ProblemError('internal');
};
export async function accessDesk(
  _deps: Deps,
  _viewer: Viewer,
  _query: z.infer<typeof DeskQuery>,
): Promise<z.infer<typeof DeskPage>> {
  return notBuilt();
}
export async function actOnCase(
  _deps: Deps,
  _viewer: Viewer,
  _threadId: string,
  _act: CaseAct,
): Promise<z.infer<typeof Case>> {
  return notBuilt();
}
