import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { TypedResponse } from 'hono';
import type { JSONValue } from 'hono/utils/types';
import { createFeeds, makeFeed, revokeFeed } from '#api/access-feeds.ts';
import {
  accessSavedSearch,
  accessSavedSearches,
  addSearch,
  changeSearch,
  removeSearch,
} from '#api/access-saved-searches.ts';
import { accessSearch, accessSearchFacets } from '#api/access-search.ts';
import { accessSuggestions } from '#api/access-suggestions.ts';
import type { Deps, Env } from '#api/env.ts';
import { IdempotencyKey } from '#api/idempotency.ts';
import { type Language, languageOf } from '#api/language.ts';
import { json, jsonBody, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import { SearchId } from '#api/schema-ids.ts';
import {
  ChangeSearch,
  FacetsQuery,
  NewSearch,
  SavedSearch,
  SavedSearches,
  SearchFacets,
  SearchFeed,
  SearchPage,
  SearchQuery,
  Suggestions,
  SuggestQuery,
} from '#api/schema-search.ts';
import { saidIn } from '#search/query/said-in.ts';

const getSearch = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/',
  tags: ['search'],
  summary: 'What was said outside and inside, by thread',
  description:
    '`query_refused` says in `query` what cannot be asked and where it stands. A page may be shorter than `limit`; only `cursor: null` means the end.',
  request: { query: SearchQuery },
  responses: { 200: json('A page of threads', SearchPage), ...problems('invalid_request', 'query_refused', 'busy') },
});
const getFacets = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/facets',
  tags: ['search'],
  summary: 'How what is found divides, and the questions that narrow it',
  request: { query: FacetsQuery },
  responses: { 200: json('The facets', SearchFacets), ...problems('invalid_request', 'query_refused', 'busy') },
});
const getSuggestions = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/suggest',
  tags: ['search'],
  summary: 'What could stand at the caret, and how a word is usually written',
  description: 'Words come only from what every colleague may read.',
  request: { query: SuggestQuery },
  responses: { 200: json('Suggestions', Suggestions), ...problems('invalid_request') },
});

const ofSearch = z.object({ searchId: SearchId });

const getSearches = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/',
  tags: ['search'],
  summary: 'Searches kept: your own, and those that colleagues share',
  responses: { 200: json('Your own first, by name', SavedSearches) },
});
const postSearch = createRoute({
  ...needs('colleague'),
  method: 'post',
  path: '/',
  tags: ['search'],
  summary: 'Keep a search',
  request: { headers: IdempotencyKey, body: jsonBody(NewSearch) },
  responses: {
    201: json('The search', SavedSearch),
    ...problems('invalid_request', 'query_refused', 'key_reused', 'too_many_searches', 'search_exists'),
  },
});
const getSavedSearch = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/{searchId}',
  tags: ['search'],
  summary: 'One search that was kept',
  request: { params: ofSearch },
  responses: { 200: json('The search', SavedSearch), ...problems('not_found') },
});
const patchSearch = createRoute({
  ...needs('colleague'),
  method: 'patch',
  path: '/{searchId}',
  tags: ['search'],
  summary: 'Change your own search',
  request: { params: ofSearch, body: jsonBody(ChangeSearch) },
  responses: {
    200: json('The search as it is now', SavedSearch),
    ...problems('invalid_request', 'query_refused', 'not_found', 'not_own', 'changed_meanwhile', 'search_exists'),
  },
});
const deleteSearch = createRoute({
  ...needs('colleague'),
  method: 'delete',
  path: '/{searchId}',
  tags: ['search'],
  summary: 'Remove your own search, and every feed of it',
  request: { params: ofSearch },
  responses: { 204: { description: 'Gone' }, ...problems('not_found', 'not_own') },
});
const postFeed = createRoute({
  ...needs('colleague'),
  method: 'post',
  path: '/{searchId}/feed',
  tags: ['search'],
  summary: 'Make a private address for a search, in place of an earlier one',
  description: 'Whoever has the address reads what you may see, as long as you may. It is shown this once.',
  request: { params: ofSearch },
  responses: { 201: json('The addresses', SearchFeed), ...problems('not_found') },
});
const deleteFeed = createRoute({
  ...needs('colleague'),
  method: 'delete',
  path: '/{searchId}/feed',
  tags: ['search'],
  summary: 'Revoke your private address of a search',
  request: { params: ofSearch },
  responses: { 204: { description: 'It no longer answers' }, ...problems('not_found') },
});

const getFeed = createRoute({
  ...needs('anyone'),
  method: 'get',
  path: '/{feed}',
  tags: ['search'],
  summary: 'A search as a feed',
  description:
    'The 50 newest that its person may see now, as Atom 1.0 (`.atom`) or JSON Feed 1.1 (`.json`). The address is the key.',
  request: { params: z.object({ feed: z.string().regex(/^[A-Za-z0-9_-]{43}\.(?:atom|json)$/) }) },
  responses: {
    200: {
      description: 'The feed',
      content: { 'application/atom+xml': { schema: z.string() }, 'application/feed+json': { schema: z.unknown() } },
    },
    304: { description: 'As it was' },
    ...problems('not_found', 'busy'),
  },
});

export const searchRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(getSearch, async (c) => c.json(await accessSearch(deps, c.var.viewer, c.req.valid('query')), 200))
    .openapi(getFacets, async (c) =>
      c.json(
        await accessSearchFacets(
          deps,
          c.var.viewer,
          c.req.valid('query').q,
          languageOf(c.req.header('accept-language')),
        ),
        200,
      ),
    )
    .openapi(getSuggestions, async (c) =>
      c.json(
        await accessSuggestions(deps, c.var.viewer, c.req.valid('query'), languageOf(c.req.header('accept-language'))),
        200,
      ),
    );

/** A search with its question as its reader would write it. */
const toldIn = (language: Language, search: z.infer<typeof SavedSearch>) => ({
  ...search,
  query: saidIn(search.query, language),
});

export const savedSearchRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(getSearches, async (c) => {
      const { searches } = await accessSavedSearches(deps, c.var.viewer);
      return c.json(
        { searches: searches.map((search) => toldIn(languageOf(c.req.header('accept-language')), search)) },
        200,
      );
    })
    .openapi(postSearch, async (c) => {
      const key = c.req.valid('header')['idempotency-key'];
      const search = await addSearch(deps, c.var.viewer, key, c.req.valid('json'));
      return c.json(toldIn(languageOf(c.req.header('accept-language')), search), 201);
    })
    .openapi(getSavedSearch, async (c) => {
      const search = await accessSavedSearch(deps, c.var.viewer, c.req.valid('param').searchId);
      return c.json(toldIn(languageOf(c.req.header('accept-language')), search), 200);
    })
    .openapi(patchSearch, async (c) => {
      const search = await changeSearch(deps, c.var.viewer, c.req.valid('param').searchId, c.req.valid('json'));
      return c.json(toldIn(languageOf(c.req.header('accept-language')), search), 200);
    })
    .openapi(deleteSearch, async (c) => {
      await removeSearch(deps, c.var.viewer, c.req.valid('param').searchId);
      return c.body(null, 204);
    })
    .openapi(postFeed, async (c) => c.json(await makeFeed(deps, c, c.req.valid('param').searchId), 201))
    .openapi(deleteFeed, async (c) => {
      await revokeFeed(deps, c.var.viewer, c.req.valid('param').searchId);
      return c.body(null, 204);
    });

export const feedRoutes = (deps: Deps) => {
  const feeds = createFeeds(deps);
  return new OpenAPIHono<Env>().openapi(getFeed, async (c) => {
    const answer = await feeds(c, c.req.valid('param').feed);
    return answer as Response & TypedResponse<JSONValue, 200, 'json'>;
  });
};
