import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Viewer } from './access.ts';
import type { Deps, Env } from './env.ts';
import { ProblemError } from './problem.ts';
import type { ChangeSearch, NewSearch, SavedSearch, SavedSearches, SearchFeed } from './schema-search.ts';

export async function accessSavedSearches(_deps: Deps, _viewer: Viewer): Promise<z.infer<typeof SavedSearches>> {
  throw new ProblemError('internal');
}
export async function accessSavedSearch(
  _deps: Deps,
  _viewer: Viewer,
  _id: string,
): Promise<z.infer<typeof SavedSearch>> {
  throw new ProblemError('internal');
}
export async function addSearch(
  _deps: Deps,
  _viewer: Viewer,
  _key: string,
  _given: z.infer<typeof NewSearch>,
): Promise<z.infer<typeof SavedSearch>> {
  throw new ProblemError('internal');
}
export async function changeSearch(
  _deps: Deps,
  _viewer: Viewer,
  _id: string,
  _change: z.infer<typeof ChangeSearch>,
): Promise<z.infer<typeof SavedSearch>> {
  throw new ProblemError('internal');
}
export async function removeSearch(_deps: Deps, _viewer: Viewer, _id: string): Promise<void> {
  throw new ProblemError('internal');
}
export async function makeFeed(_deps: Deps, _c: Context<Env>, _id: string): Promise<z.infer<typeof SearchFeed>> {
  throw new ProblemError('internal');
}
export async function revokeFeed(_deps: Deps, _viewer: Viewer, _id: string): Promise<void> {
  throw new ProblemError('internal');
}
export async function accessFeed(_deps: Deps, _c: Context<Env>, _feed: string): Promise<Response> {
  throw new ProblemError('internal');
}
