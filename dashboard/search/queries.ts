import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { fetchSearch, fetchSearches, fetchSearchFacets, fetchSuggestions, type SearchPage } from '../api-search.ts';
import type { Asked } from '../place.ts';
import { usePreferences } from '../preferences.ts';

const waitMs = 150;

/** What was found, page by page. The last answer stays while the next one comes. A question that cannot be asked is asked once. */
export function useSearchPages(asked: Asked) {
  const { language } = usePreferences();
  return useInfiniteQuery<
    SearchPage,
    Error,
    InfiniteData<SearchPage, string | null>,
    readonly unknown[],
    string | null
  >({
    queryKey: ['search', asked, language],
    queryFn: ({ pageParam, signal }) => fetchSearch(asked, pageParam, signal),
    initialPageParam: null,
    getNextPageParam: ({ cursor }) => cursor,
    placeholderData: keepPreviousData,
    enabled: asked.q.trim() !== '',
    retry: false,
  });
}

/** How what was found divides; only asked for a question that can be. */
export function useSearchFacets(q: string, canBeAsked: boolean) {
  return useQuery({
    queryKey: ['search-facets', q],
    queryFn: ({ signal }) => fetchSearchFacets(q, signal),
    placeholderData: keepPreviousData,
    enabled: canBeAsked && q.trim() !== '',
    retry: false,
  });
}

/** What could stand at the caret, once typing pauses. */
export function useSuggestions(q: string, at: number, isWanted: boolean) {
  const [settled, setSettled] = useState({ q, at });
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ q, at }), waitMs);
    return () => clearTimeout(timer);
  }, [q, at]);
  const { data } = useQuery({
    queryKey: ['suggestions', settled],
    queryFn: ({ signal }) => fetchSuggestions(settled.q, settled.at, signal),
    placeholderData: keepPreviousData,
    enabled: isWanted && settled.q.trim() !== '',
    retry: false,
  });
  return isWanted && q.trim() !== '' ? data : undefined;
}

/** Searches kept, one's own and those that are shared. */
export function useSavedSearches() {
  return useQuery({ queryKey: ['searches'], queryFn: ({ signal }) => fetchSearches(signal) });
}
