import type { z } from '@hono/zod-openapi';
import type { Viewer } from './access.ts';
import type { Deps } from './env.ts';
import { ProblemError } from './problem.ts';
import type { SearchFacets, SearchPage, SearchQuery } from './schema-search.ts';

/** A page of threads in which a question is found. */
export async function accessSearch(
  _deps: Deps,
  _viewer: Viewer,
  _asked: z.infer<typeof SearchQuery>,
): Promise<z.infer<typeof SearchPage>> {
  throw new ProblemError('internal');
}

/** How what is found divides. */
export async function accessSearchFacets(
  _deps: Deps,
  _viewer: Viewer,
  _q: string,
): Promise<z.infer<typeof SearchFacets>> {
  throw new ProblemError('internal');
}
