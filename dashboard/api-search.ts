import type { InferRequestType } from 'hono/client';
import { api, type Ok, refusal, within } from './api.ts';
import type { Asked } from './place.ts';

export type SearchPage = Ok<typeof api.search.$get>;
export type FoundThread = SearchPage['threads'][number];
export type Hit = FoundThread['hits'][number];
export type SearchFacets = Ok<typeof api.search.facets.$get>;
export type FacetName = keyof SearchFacets['facets'];
export type FacetValue = SearchFacets['facets'][FacetName][number];
export type Suggestions = Ok<typeof api.search.suggest.$get>;
export type SavedSearch = Ok<typeof api.searches.$get>['searches'][number];
export type NewSearch = InferRequestType<typeof api.searches.$post>['json'];

/** A page of the threads in which something was found. */
export async function fetchSearch(
  { q, sort }: Asked,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<SearchPage> {
  const response = await api.search.$get({ query: { q, sort, ...(cursor ? { cursor } : {}) } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** How what is found divides, with the question that each part stands for. */
export async function fetchSearchFacets(q: string, signal?: AbortSignal): Promise<SearchFacets> {
  const response = await api.search.facets.$get({ query: { q } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** What could stand where the caret is. */
export async function fetchSuggestions(q: string, at: number, signal?: AbortSignal): Promise<Suggestions> {
  const response = await api.search.suggest.$get({ query: { q, at: String(at) } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Searches kept: one's own, and those of colleagues who share them. */
export async function fetchSearches(signal?: AbortSignal): Promise<SavedSearch[]> {
  const response = await api.searches.$get({}, within(signal));
  if (!response.ok) throw await refusal(response);
  return (await response.json()).searches;
}

/** Keeps a search; with the same key once, however often it is sent. */
export async function keepSearch(json: NewSearch, key: string): Promise<SavedSearch> {
  const response = await api.searches.$post({ json, header: { 'idempotency-key': key } });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function removeSearch(searchId: string): Promise<void> {
  const response = await api.searches[':searchId'].$delete({ param: { searchId } });
  if (!response.ok) throw await refusal(response);
}

export async function shareSearch({ id, version }: SavedSearch, shared: boolean): Promise<SavedSearch> {
  const response = await api.searches[':searchId'].$patch({ param: { searchId: id }, json: { version, shared } });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** The private addresses of a search as a feed, shown this once; earlier ones no longer answer. */
export async function makeFeed(searchId: string): Promise<{ atom: string; json: string }> {
  const response = await api.searches[':searchId'].feed.$post({ param: { searchId } });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function revokeFeed(searchId: string): Promise<void> {
  const response = await api.searches[':searchId'].feed.$delete({ param: { searchId } });
  if (!response.ok) throw await refusal(response);
}

export type QueryReference = Ok<typeof api.query.reference.$get>;

/** How questions are written, with examples, in the reader's language. */
export async function fetchQueryReference(signal?: AbortSignal): Promise<QueryReference> {
  const response = await api.query.reference.$get({}, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}
