import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Viewer } from './access.ts';
import type { Deps, Env } from './env.ts';
import { ProblemError } from './problem.ts';
import type { NewTip, Tip, TipList } from './schema-desk.ts';

const notBuilt = (): never => {
  throw new ProblemError('internal');
};
export async function accessTips(_deps: Deps, _viewer: Viewer, _c: Context<Env>): Promise<z.infer<typeof TipList>> {
  return notBuilt();
}
export async function accessTip(
  _deps: Deps,
  _viewer: Viewer,
  _c: Context<Env>,
  _tipId: string,
): Promise<z.infer<typeof Tip>> {
  return notBuilt();
}
export async function handIn(
  _deps: Deps,
  _viewer: Viewer,
  _c: Context<Env>,
  _key: string,
  _given: z.infer<typeof NewTip>,
): Promise<z.infer<typeof Tip>> {
  return notBuilt();
}
