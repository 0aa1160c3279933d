import type { z } from '@hono/zod-openapi';
import {
  changeSearch as change,
  makeSearch,
  readSearch,
  readSearches,
  removeSearch as remove,
  type SavedSearchFacts,
} from '#storage/saved-searches.ts';
import type { Viewer } from './access.ts';
import { understood } from './access-question.ts';
import type { Deps } from './env.ts';
import { digestOf, once } from './idempotency.ts';
import type { Ids } from './ids.ts';
import { presentPersonRef } from './present.ts';
import { ProblemError } from './problem.ts';
import type { ChangeSearch, NewSearch, SavedSearch, SavedSearches } from './schema-search.ts';

type Reading = Pick<Deps, 'db' | 'ids' | 'timeZone'>;

/** The searches that a viewer sees: their own, and what colleagues share. */
export async function accessSavedSearches(
  { db, ids }: Reading,
  viewer: Viewer,
): Promise<z.infer<typeof SavedSearches>> {
  return { searches: (await readSearches(db, viewer.personId)).map((search) => presentSearch(ids, viewer, search)) };
}

/** One search that a viewer sees. */
export async function accessSavedSearch(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
): Promise<z.infer<typeof SavedSearch>> {
  return presentSearch(deps.ids, viewer, await seenSearch(deps, viewer, publicId));
}

/** Keeps a search; the same key again answers with the one that was kept. */
export async function addSearch(
  deps: Reading,
  viewer: Viewer,
  key: string,
  given: z.infer<typeof NewSearch>,
): Promise<z.infer<typeof SavedSearch>> {
  const { personId } = viewer;
  const request = { personId, key, digest: digestOf('search', given) };
  const answer = async (id: number) => {
    const made = await readSearch(deps.db, personId, id);
    if (!made) throw new ProblemError('not_found');
    return presentSearch(deps.ids, viewer, made);
  };
  return await once(
    deps,
    request,
    async () => {
      await understood(deps, viewer, given.query, given.name);
      const outcome = await makeSearch(deps.db, { ...request, ...given });
      if (outcome.kind === 'exists') throw new ProblemError('search_exists');
      if (outcome.kind === 'full') throw new ProblemError('too_many_searches');
      return outcome.kind === 'repeated' ? null : await answer(outcome.id);
    },
    ({ ref }) => answer(ref),
  );
}

/** Changes a search of the viewer's own. */
export async function changeSearch(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
  { version, ...given }: z.infer<typeof ChangeSearch>,
): Promise<z.infer<typeof SavedSearch>> {
  const { id, name } = await ownSearch(deps, viewer, publicId);
  if (given.query !== undefined) await understood(deps, viewer, given.query, given.name ?? name);
  const { personId } = viewer;
  const changed = await change(deps.db, { id, personId, version }, given);
  if (changed === 'late') throw new ProblemError('changed_meanwhile');
  if (changed === 'exists') throw new ProblemError('search_exists');
  return await accessSavedSearch(deps, viewer, publicId);
}

/** Removes a search of the viewer's own with every feed of it, those of colleagues too. */
export async function removeSearch(deps: Reading, viewer: Viewer, publicId: string): Promise<void> {
  const { id } = await ownSearch(deps, viewer, publicId);
  await remove(deps.db, { id, personId: viewer.personId });
}

/** A search that a viewer sees, or a refusal. */
export async function seenSearch(
  { db, ids }: Pick<Deps, 'db' | 'ids'>,
  viewer: Viewer,
  publicId: string,
): Promise<SavedSearchFacts> {
  const id = ids.decode('search', publicId);
  const found = id === null ? null : await readSearch(db, viewer.personId, id);
  if (!found) throw new ProblemError('not_found');
  return found;
}

async function ownSearch(deps: Reading, viewer: Viewer, publicId: string): Promise<SavedSearchFacts> {
  const found = await seenSearch(deps, viewer, publicId);
  if (found.owner.id !== viewer.personId) throw new ProblemError('not_own');
  return found;
}

function presentSearch(ids: Ids, viewer: Viewer, search: SavedSearchFacts): z.infer<typeof SavedSearch> {
  const { name, query, sort, shared, version, owner, feedMadeAt, feedReadOn } = search;
  return {
    id: ids.encode('search', search.id),
    name,
    query,
    sort,
    shared,
    owner: presentPersonRef(ids, owner),
    own: owner.id === viewer.personId,
    feed: feedMadeAt && { madeAt: feedMadeAt.toISOString(), readOn: feedReadOn },
    createdAt: search.createdAt.toISOString(),
    version,
  };
}
