import { isCountable, type Period } from '#domain/period.ts';
import type { FiguresFilter } from '../api-figures.ts';
import { figuresAddress, placeOf, streamAddress } from '../place.ts';

/** What the address asks; parts that cannot be right count as absent, and half a period as none. */
export function filterOf(search: string): FiguresFilter {
  const place = placeOf('/', search);
  if (place.page !== 'stream') return {};
  const { from, to, source, topic, language } = place.filter;
  return {
    ...(from !== undefined && to !== undefined && isCountable({ from, to }) ? { from, to } : {}),
    ...(source === undefined ? {} : { source }),
    ...(topic === undefined ? {} : { topic }),
    ...(language === undefined ? {} : { language }),
  };
}

/** The address of the figures under a filter. */
export function addressOf(filter: FiguresFilter): string {
  const query = new URLSearchParams(filter as Record<string, string>).toString();
  return `${figuresAddress}${query && `?${query}`}`;
}

type Narrower = {
  tone?: 'negative' | 'neutral' | 'positive' | 'unclear';
  outcome?: 'discussed' | 'answered' | 'unanswered';
};

/** The address of the list behind a figure: stories of some days, narrowed as the figure is. */
export function listAddress(
  { source, topic, language }: FiguresFilter,
  { from, to }: Period,
  more: Narrower & Pick<FiguresFilter, 'source' | 'topic' | 'language'> = {},
): string {
  return streamAddress({
    side: 'outside',
    from,
    to,
    ...(source === undefined ? {} : { source }),
    ...(topic === undefined ? {} : { topic }),
    ...(language === undefined ? {} : { language }),
    ...more,
  });
}
