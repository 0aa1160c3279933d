import type { RawMention } from '#domain/mention.ts';
import type { SourceKind } from '#domain/source.ts';
import type { FeedDocument } from './connector.ts';
import { readDate } from './dates.ts';
import { line, titleFromHtml } from './feed/text.ts';

/** A source that could be added, with what it would bring. Nothing of it is stored. */
export type Candidate = {
  connector: string;
  settings: Record<string, unknown>;
  /** Equal for two addresses of the same source. */
  place: string;
  address: string;
  title: string;
  /** Stable word for the description. */
  what: 'feed' | 'comments-feed' | 'author' | 'hashtag';
  homeUrl: string | null;
  language: string | null;
  itemCount: number;
  newestAt: Date | null;
  /** Items a day over the span of the document; null with fewer than two dates. */
  perDay: number | null;
  kind: SourceKind;
  skipped: number;
  /** Up to five newest items. */
  samples: { title: string; publishedAt: Date | null; url: string | null }[];
};

/** What a list of items tells about its source. */
export function describe(
  items: RawMention[],
  hostname: string | null,
): Pick<Candidate, 'itemCount' | 'newestAt' | 'perDay' | 'language' | 'samples'> {
  const dated = items.map((item) => ({ item, date: readDate(item.publishedRaw ?? '', { hostname }) }));
  const newestFirst = dated.toSorted((a, b) => (b.date?.getTime() ?? 0) - (a.date?.getTime() ?? 0));
  const times = dated.flatMap(({ date }) => date?.getTime() ?? []);
  const newest = times.length > 0 ? times.reduce((a, b) => Math.max(a, b)) : null;
  const spanDays = newest === null ? 0 : (newest - times.reduce((a, b) => Math.min(a, b))) / 86_400_000;
  return {
    itemCount: items.length,
    newestAt: newest === null ? null : new Date(newest),
    perDay: times.length < 2 ? null : Math.round(((times.length - 1) / Math.max(spanDays, 1 / 24)) * 100) / 100,
    language: mostFrequent(items.flatMap(({ language }) => language ?? [])),
    samples: newestFirst.slice(0, 5).map(({ item, date }) => ({
      title: item.title ?? line(titleFromHtml(item.html ?? '', true), 140) ?? line(item.text, 140) ?? '',
      publishedAt: date,
      url: item.url ?? null,
    })),
  };
}

function mostFrequent(values: string[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** A first guess at what a feed is to a reader; a person corrects it when adding. */
export function guessKind(url: URL, document: FeedDocument, perDay: number | null): SourceKind {
  const { hostname, pathname } = url;
  const kinds = document.items.map(({ kind }) => kind);
  const share = (kind: string): number => kinds.filter((one) => one === kind).length / Math.max(kinds.length, 1);
  if (share('audio') > 0.5) return 'podcast';
  if (share('video') > 0.5) return 'video';
  if (/(^|\.)(reddit\.com|lemmy\.\w+)$|(^|\.)(forum|forums|community|discuss|discourse)\./.test(hostname))
    return 'forum';
  if (/\/(forum|forums|viewforum|latest\.rss|posts\.rss)/.test(pathname)) return 'forum';
  if (/reviews?|beoordeling/.test(pathname)) return 'review';
  if (
    /\.(overheid|politie|gemeente)\.nl$|(^|\.)(rijksoverheid|gemeente\w*|waterschap\w*|provincie\w*)\.nl$/.test(
      hostname,
    )
  ) {
    return 'organisation';
  }
  if (/(^|\.)(blog|blogs|blogspot|wordpress|substack|medium|tumblr)\b/.test(hostname) || /blog/.test(pathname))
    return 'blog';
  if (/nieuws|news|krant|omroep|journaal/.test(hostname + pathname) || (perDay ?? 0) >= 4) return 'news';
  return (perDay ?? 0) < 1 ? 'blog' : 'other';
}
