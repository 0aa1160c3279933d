import type { Dialect } from '#demo/dialects/dialect.ts';
import type { SourceKind } from '#domain/source.ts';

/** One thing somebody in the demo's outside world wrote, placed in time relative to the birth of the demo. */
export type Item = {
  /** Days before the birth; 0 is the last ten hours. The hour follows from the outlet's rhythm unless `time` says it. */
  day: number;
  /** Amsterdam clock, '09:12'. */
  time?: string;
  /** Minutes before the birth; goes before `day` and `time`. */
  ago?: number;
  title?: string;
  /** Paragraphs parted by an empty line. */
  text: string;
  by?: string;
  /** Name within its outlet, the end of its address; made from the title (or the first words) when absent. */
  key?: string;
  /** Key of the item in the same outlet that this answers; `after` minutes later. */
  replyTo?: string;
  after?: number;
  stars?: 1 | 2 | 3 | 4 | 5;
  /** Points at another outlet's page, 'outlet/key', as link blogs do. */
  linksTo?: string;
  /** What a picture in it shows; the picture itself is drawn by the outside world. */
  picture?: string;
  /** Of a post that is not in its outlet's language. */
  language?: 'nl' | 'en';
  /** Waits in the pool until the trickle brings it; 'soon' goes before the rest. */
  later?: true | 'soon';
  /** Minutes after the birth at which the author changes it. */
  edit?: { afterMinutes: number; title?: string; text: string };
  /** Minutes after the birth at which it is taken away. */
  goneAfterMinutes?: number;
};

/** When people write here. */
export type Rhythm = 'newsroom' | 'evening' | 'office' | 'day';

export type Outlet = {
  /** First part of its path on the outside server. */
  slug: string;
  name: string;
  about: string;
  kind: SourceKind;
  folder: string;
  language: 'nl' | 'en';
  rhythm: Rhythm;
  via: { feed: Dialect } | { mastodon: { hashtag: string } } | { bluesky: { handle: string; did: string } };
  /** What its server knows of conditional requests and compression. */
  server: { validators: 'both' | 'etag' | 'last-modified' | 'none'; gzip?: true };
  /** Every link in the feed carries these, as marketing departments like it. */
  tracking?: string;
  /** Its server refuses everybody from so many seconds after the birth on; or the feed has become a web page. */
  trouble?: { forbiddenAfterSeconds: number } | 'web-page';
  items: Item[];
  /** Writes on for ever: its n-th item after those above, for when the pool is empty. */
  more?: (n: number) => Item;
};
