import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Viewer } from './access.ts';
import type { Deps, Env } from './env.ts';
import { ProblemError } from './problem.ts';
import type { SearchFeed } from './schema-search.ts';

export async function makeFeed(_deps: Deps, _c: Context<Env>, _id: string): Promise<z.infer<typeof SearchFeed>> {
  throw new ProblemError('internal');
}
export async function revokeFeed(_deps: Deps, _viewer: Viewer, _id: string): Promise<void> {
  throw new ProblemError('internal');
}
export async function accessFeed(_deps: Deps, _c: Context<Env>, _feed: string): Promise<Response> {
  throw new ProblemError('internal');
}
