import { z } from 'zod';
import type { Media, RawMention } from '#domain/mention.ts';
import { defineConnector, type PollAnswer } from '#ingest/connector.ts';
import { SourceError } from '#ingest/errors.ts';
import { getJson } from '#ingest/get-json.ts';
import type { Http } from '#platform/http.ts';
import { askOrigins } from './mastodon-recheck.ts';

const pageSize = 40;
/** Ascending pages read in one poll; what is left comes with the next one. */
const maxPages = 10;

/** Only what we use; the API leaves out or nulls the rest on other servers that speak it. */
const Account = z.object({
  id: z.string(),
  acct: z.string(),
  display_name: z.string().default(''),
  url: z.string().nullish(),
  note: z.string().nullish(),
  noindex: z.boolean().nullish(),
});
const Attachment = z.object({
  type: z.string(),
  url: z.string().nullish(),
  remote_url: z.string().nullish(),
  description: z.string().nullish(),
});
const Status = z.object({
  id: z.string().regex(/^\w+$/),
  uri: z.string().min(1),
  url: z.string().nullish(),
  created_at: z.string(),
  edited_at: z.string().nullish(),
  visibility: z.string(),
  language: z.string().nullish(),
  spoiler_text: z.string().default(''),
  content: z.string(),
  in_reply_to_id: z.string().nullish(),
  reblog: z.unknown().optional(),
  account: Account,
  media_attachments: z.array(Attachment).default([]),
});
type Status = z.infer<typeof Status>;

const Access = z.object({ local: z.string(), remote: z.string() }).partial();
const Instance = z.object({
  configuration: z.object({ timelines_access: z.object({ hashtag_feeds: Access }).partial().optional() }).optional(),
});

const Settings = z
  .object({
    /** `mastodon.nl`, or a whole origin where it is not https on 443. */
    server: z.string().refine((server) => originOf(server) !== null, 'A host name, such as mastodon.nl'),
    /** Without #. */
    hashtag: z
      .string()
      .regex(/^[\p{L}\p{N}\p{M}_·]+$/u)
      .max(200)
      .optional(),
    /** `anna`, or `anna@elsewhere.example` as seen from this server. */
    account: z
      .string()
      .regex(/^[\w.-]+(@[\w.:-]+)?$/)
      .max(300)
      .optional(),
  })
  .refine(({ hashtag, account }) => (hashtag === undefined) !== (account === undefined), 'A hashtag or an account');
type Settings = z.infer<typeof Settings>;

/** Where a source was left: newest local id, and what had to be found out once. */
const Cursor = z.object({ newest: z.string().nullable(), accountId: z.string().nullable(), localOnly: z.boolean() });
type Cursor = z.infer<typeof Cursor>;

/**
 * Public hashtag timeline or public posts of one account, read from one server. Ids are the network's (`uri`), so a post seen
 * on two servers is one mention. Source: docs.joinmastodon.org/methods/timelines and /accounts; sources.md 4.6.
 */
export const mastodon = defineConnector<Settings>({
  name: 'mastodon',
  version: 1,
  settings: Settings,
  place: ({ server, hashtag, account }) =>
    `mastodon:${new URL(originOf(server)!).host}/${hashtag === undefined ? `@${account}` : `tags/${hashtag}`}`.toLowerCase(),
  address: ({ server }) => new URL(originOf(server)!),
  async poll({ http, settings, cursor }) {
    const origin = originOf(settings.server)!;
    const left = cursor === null ? await firstLook(http, origin, settings) : Cursor.parse(JSON.parse(cursor));
    const found: RawMention[] = [];
    const skipped: NonNullable<PollAnswer['skipped']> = [];
    let newest = left.newest;
    let more = false;
    for (let page = 1; page <= maxPages; page++) {
      const before = newest;
      const statuses = await getJson(http, timelineUrl(origin, settings, left, newest), z.array(z.unknown()));
      for (const [index, raw] of statuses.entries()) {
        const status = Status.safeParse(raw);
        if (!status.success) skipped.push({ index, reason: status.error.issues[0]?.path.join('.') ?? '' });
        else {
          newest = later(newest, status.data.id);
          if (mayBeKept(status.data)) found.push(toRawMention(status.data, origin));
        }
      }
      // The first look takes the newest page only; a server that does not go forward is not asked again.
      more = statuses.length >= pageSize && left.newest !== null && newest !== before;
      if (!more) break;
    }
    return { items: found.length === 0 ? null : found, skipped, more, cursor: JSON.stringify({ ...left, newest }) };
  },
  recheck: (http, _settings, externalIds) => askOrigins(http, externalIds),
});

/** Origin of a server name; null when it is none. */
function originOf(server: string): string | null {
  const url = URL.parse(/^https?:\/\//.test(server) ? server : `https://${server}`);
  return url && url.pathname === '/' && url.search === '' && url.username === '' && url.hostname ? url.origin : null;
}

/**
 * Asked once: who the account is, or whether the hashtag can be read at all. A closed timeline answers 401, but one that
 * is disabled answers an empty list, which would look like silence (sources.md 4.6 a).
 */
async function firstLook(http: Http, origin: string, { hashtag, account }: Settings): Promise<Cursor> {
  if (hashtag === undefined) {
    const url = new URL(`/api/v1/accounts/lookup?acct=${encodeURIComponent(account ?? '')}`, origin);
    const found = await getJson(http, url, Account);
    if (hasOptedOut(found)) throw denied(origin, 'opted-out', 'The account asked not to be indexed');
    return { newest: null, accountId: found.id, localOnly: false };
  }
  const instance = await getJson(http, new URL('/api/v2/instance', origin), Instance);
  const { local = 'public', remote = 'public' } = instance.configuration?.timelines_access?.hashtag_feeds ?? {};
  if (local === 'public') return { newest: null, accountId: null, localOnly: remote !== 'public' };
  const closed = local === 'disabled' ? 'timeline-disabled' : 'login';
  throw denied(origin, closed, 'The server keeps its hashtags closed');
}

function denied(origin: string, reason: string, message: string): SourceError {
  return new SourceError('denied', message, { reason, hostname: new URL(origin).hostname });
}

/** `min_id` reads upwards from where we were; `since_id` would skip the middle. */
function timelineUrl(
  origin: string,
  { hashtag }: Settings,
  { accountId, localOnly }: Cursor,
  newest: string | null,
): URL {
  const path =
    hashtag === undefined ? `accounts/${accountId}/statuses` : `timelines/tag/${encodeURIComponent(hashtag)}`;
  const url = new URL(`/api/v1/${path}?limit=${pageSize}`, origin);
  if (hashtag === undefined) url.searchParams.set('exclude_reblogs', 'true');
  if (localOnly) url.searchParams.set('local', 'true');
  if (newest !== null) url.searchParams.set('min_id', newest);
  return url;
}

/** Ids are numbers too large for a number, or sort as text: the longer is the later, then the greater. */
function later(a: string | null, b: string): string {
  if (a === null) return b;
  return b.length > a.length || (b.length === a.length && b > a) ? b : a;
}

/** Public posts of authors who did not ask to be left out; a boost is the inner post again, without its author's tag. */
function mayBeKept(status: Status): boolean {
  return status.visibility === 'public' && !status.reblog && !hasOptedOut(status.account);
}

function hasOptedOut({ noindex, note }: z.infer<typeof Account>): boolean {
  return noindex === true || /#(?:<span>)?nobot\b/i.test(note ?? '');
}

function toRawMention(status: Status, origin: string): RawMention {
  const { account, spoiler_text: warning } = status;
  const handle = account.acct.includes('@') ? account.acct : `${account.acct}@${new URL(origin).hostname}`;
  const escaped = warning.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return {
    externalId: status.uri,
    namespace: 'mastodon',
    url: status.url ?? status.uri,
    author: {
      name: account.display_name || handle,
      handle,
      externalId: handle,
      ...(account.url && { url: account.url }),
    },
    html: warning ? `<p>${escaped}</p>${status.content}` : status.content,
    baseUrl: status.url ?? status.uri,
    publishedRaw: status.created_at,
    kind: status.in_reply_to_id ? 'comment' : 'post',
    media: status.media_attachments.flatMap(toMedia),
    // A copy from another server is that server's word about somebody else's post.
    secondHand: URL.parse(status.uri)?.host !== new URL(origin).host,
    ...(status.edited_at && { editedRaw: status.edited_at }),
    ...(status.language && { language: status.language }),
  };
}

const mediaTypes: Record<string, Media['type']> = { image: 'image', gifv: 'video', video: 'video', audio: 'audio' };

function toMedia({ type, url, remote_url, description }: z.infer<typeof Attachment>): Media[] {
  const address = remote_url ?? url;
  return address ? [{ type: mediaTypes[type] ?? 'file', url: address, ...(description && { alt: description }) }] : [];
}
