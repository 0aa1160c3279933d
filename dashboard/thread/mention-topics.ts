import { useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect, useMemo } from 'react';
import type { Mention } from '../api.ts';
import { fetchThreadTopics, type MentionTopic, type Span } from '../api-topics.ts';
import { useTopics } from '../topics/queries.ts';
import { placesInText } from './quote-range.ts';

const none: MentionTopic[] = [];

/** The topics that found a message, asked once for all of its thread; nothing is asked while there are no topics. */
export function useMentionTopics(mention: Mention) {
  const { data: topics } = useTopics();
  const { data, error } = useQuery({
    queryKey: ['mention-topics', mention.threadId],
    queryFn: ({ signal }) => fetchThreadTopics(mention.threadId, signal),
    enabled: topics !== undefined && topics.length > 0,
    staleTime: 60_000,
  });
  const own = useMemo(() => data?.filter((one) => one.mention === mention.id) ?? none, [data, mention.id]);
  return { topics: own, error };
}

/** Underlines the words that were found where they stand, without a change to what stands there. */
export function useUnderlined(
  element: RefObject<HTMLElement | null>,
  text: string | null,
  spans: readonly Span[],
): void {
  useEffect(() => {
    const { current } = element;
    if (!current || text === null || spans.length === 0 || !('highlights' in CSS)) return;
    const ranges = rangesOf(current, text, spans);
    const found = CSS.highlights.get('found-words') ?? new Highlight();
    CSS.highlights.set('found-words', found);
    for (const range of ranges) found.add(range);
    return () => {
      for (const range of ranges) found.delete(range);
    };
  }, [element, text, spans]);
}

/** Where characters of the text stand on the page; none when the page says something else than the text. */
function rangesOf(element: HTMLElement, text: string, spans: readonly Span[]): Range[] {
  const places = placesInText(text, element.textContent ?? '');
  if (!places) return [];
  const shownAt = new Map<number, number>();
  for (const [shown, place] of places.entries()) if (place >= 0) shownAt.set(place, shown);
  const nodes = textNodesOf(element);
  return spans.flatMap(({ part, from, to }) => {
    const [start, end] = [shownAt.get(from), shownAt.get(to - 1)];
    if (part !== 'text' || start === undefined || end === undefined) return [];
    const [first, last] = [nodeAt(nodes, start), nodeAt(nodes, end)];
    if (!first || !last) return [];
    const range = document.createRange();
    range.setStart(first.node, start - first.from);
    range.setEnd(last.node, end - last.from + 1);
    return [range];
  });
}

type Placed = { node: Text; from: number };

function textNodesOf(element: HTMLElement): Placed[] {
  const nodes: Placed[] = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let from = 0, node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push({ node: node as Text, from });
    from += (node as Text).length;
  }
  return nodes;
}

const nodeAt = (nodes: readonly Placed[], at: number) => nodes.findLast(({ from }) => from <= at);
