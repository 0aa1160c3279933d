import type { ZodType } from 'zod';
import type { RawMention, RawWithdrawal } from '#domain/mention.ts';
import type { Http } from '#platform/http.ts';

/** Validators and redirect of an answer, kept by the caller and handed back byte for byte at the next poll. */
export type Validators = { etag?: string; lastModified?: string; bodyHash?: Buffer };

export type FeedDocument = {
  title?: string;
  homeUrl?: string;
  language?: string;
  format: string;
  items: RawMention[];
  withdrawals: RawWithdrawal[];
  /** Items in the document that could not be read, with the reason; the rest is in `items`. */
  skipped: { index: number; reason: string }[];
  /** What the feed asks of us (sources.md 2.9). */
  ttlSeconds?: number;
  skipHours?: number[];
  skipDays?: string[];
  /** RFC 5005 and WebSub links, for later. */
  links: { rel: string; href: string }[];
};

export type PollContext<Settings> = {
  http: Http;
  settings: Settings;
  /** Namespace for ids that mean something only inside this source: `feed:<sourceId>`. */
  namespace: string;
  cursor: string | null;
  validators: Validators;
  /** Reads a feed document in a thread with a deadline; throws SourceError('unreadable'). */
  readFeed: (
    bytes: Uint8Array,
    contentType: string | undefined,
    url: string,
    namespace: string,
  ) => Promise<FeedDocument>;
};

export type PollAnswer = {
  /** null: nothing changed (304, or the same bytes). */
  items: RawMention[] | null;
  withdrawals?: RawWithdrawal[];
  cursor: string | null;
  validators?: Validators;
  /** Final address after permanent redirects only, when it differs from the address asked. */
  movedTo?: string;
  title?: string;
  homeUrl?: string;
  skipped?: { index: number; reason: string }[];
  /** The least time the server wants between polls, from Cache-Control, Expires, ttl, syn:updatePeriod. */
  minIntervalSeconds?: number;
  skipHours?: number[];
  skipDays?: string[];
  /** More is waiting (a page limit was reached): poll again soon. */
  more?: boolean;
};

/** One kind of outside place. Pure about time, queue and database; reaches the network only through `http`. */
export type Connector<Settings = unknown> = {
  /** Stable name, stored with every source: 'feed', 'mastodon', 'bluesky'. */
  name: string;
  /** Rises when what is read from the same bytes changes; part of provenance. */
  version: number;
  settings: ZodType<Settings>;
  /** What makes two sources the same place: canonical address or handle. */
  place: (settings: Settings) => string;
  /** The address whose hostname decides the politeness key. */
  address: (settings: Settings) => URL;
  poll: (context: PollContext<Settings>) => Promise<PollAnswer>;
  /**
   * Whether mentions still exist, asked in batches; 'unknown' for anything but a clear answer. Absent: the mention's own
   * page is asked (404 and 410 mean gone).
   */
  recheck?: (
    http: Http,
    settings: Settings,
    externalIds: string[],
  ) => Promise<Map<string, 'live' | 'gone' | 'unknown'>>;
};

/** Declares a connector; keeps the type of its settings. */
export function defineConnector<Settings>(connector: Connector<Settings>): Connector<Settings> {
  return connector;
}
