import { z } from 'zod';
import type { RawMention } from '#domain/mention.ts';
import { defineConnector, type PollAnswer } from '#ingest/connector.ts';
import { SourceError } from '#ingest/errors.ts';
import { getJson } from '#ingest/get-json.ts';
import { type Http, HttpError } from '#platform/http.ts';
import { Embed, Facet, linkOf, toHtml, toMedia } from './bluesky-text.ts';

/** The mirror for strangers; some addresses are refused there and served by the other (sources.md 4.7 b2). */
const hosts = ['https://public.api.bsky.app', 'https://api.bsky.app'] as const;
const maxPages = 10;
/** getPosts takes no more. */
const recheckBatch = 25;

const Labels = z.array(z.object({ val: z.string(), neg: z.boolean().optional() })).default([]);
const Post = z.object({
  uri: z.string().startsWith('at://'),
  author: z.object({ did: z.string(), handle: z.string(), displayName: z.string().optional(), labels: Labels }),
  record: z.object({
    text: z.string(),
    createdAt: z.string(),
    langs: z.array(z.string()).optional(),
    // A facet of a kind we do not know must not cost the post.
    facets: z.array(z.unknown()).default([]),
    reply: z.object({ parent: z.object({ uri: z.string() }) }).optional(),
  }),
  embed: Embed.optional().catch(undefined),
  indexedAt: z.iso.datetime({ offset: true }),
  labels: Labels,
});
type Post = z.infer<typeof Post>;
const FeedPage = z.object({
  feed: z.array(z.object({ post: z.unknown(), reason: z.unknown().optional() })),
  cursor: z.string().optional(),
});

const Settings = z.object({
  /** Handle or DID. */
  actor: z
    .string()
    .regex(/^(did:[a-z]+:[\w.:%-]+|([a-z0-9-]+\.)+[a-z][a-z0-9-]*)$/i)
    .max(253),
  /** Origin of another service that speaks this API; absent: Bluesky's own. */
  service: z
    .url({ protocol: /^https?$/ })
    .refine((service) => URL.parse(service)?.origin === service, 'An origin, such as https://api.bsky.app')
    .optional(),
});

/** Where the feed was left: the newest post seen, by the network's clock (`createdAt` is the author's word). */
const Cursor = z.object({ indexedAt: z.string(), uri: z.string() });

/**
 * Public posts and replies of one Bluesky account; reposts are left out. Ids are the network's (`at://`). Source:
 * docs.bsky.app, app.bsky.feed.getAuthorFeed; sources.md 4.7 b2.
 */
export const bluesky = defineConnector({
  name: 'bluesky',
  version: 1,
  settings: Settings,
  place: ({ actor, service }) => `bluesky:${service ? `${new URL(service).host}/` : ''}${actor.toLowerCase()}`,
  address: ({ service }) => new URL(service ?? hosts[0]),
  async poll({ http, settings, cursor }) {
    const left = cursor === null ? null : Cursor.parse(JSON.parse(cursor));
    const found: RawMention[] = [];
    const skipped: NonNullable<PollAnswer['skipped']> = [];
    let newest = left;
    let next: string | undefined;
    let met = left === null;
    for (let page = 1; page <= maxPages; page++) {
      const query = {
        actor: settings.actor,
        limit: '100',
        filter: 'posts_with_replies',
        ...(next && { cursor: next }),
      };
      const { feed, cursor: following } = await ask(
        http,
        settings.service,
        'app.bsky.feed.getAuthorFeed',
        Object.entries(query),
        FeedPage,
      );
      for (const [index, { post, reason }] of feed.entries()) {
        if (reason) continue;
        const read = Post.safeParse(post);
        if (!read.success) {
          skipped.push({ index, reason: read.error.issues[0]?.path.join('.') ?? '' });
          continue;
        }
        const { uri, indexedAt } = read.data;
        if (left && !isNewer(read.data, left)) met = true;
        else if (!isHidden(read.data)) found.push(toRawMention(read.data));
        if (!newest || isNewer(read.data, newest)) newest = { indexedAt, uri };
      }
      next = following;
      if (met || !next) break;
    }
    return {
      items: found.length === 0 ? null : found,
      skipped,
      cursor: newest && JSON.stringify({ indexedAt: newest.indexedAt, uri: newest.uri }),
    };
  },
  async recheck(http, { service }, externalIds) {
    const answers = new Map<string, 'live' | 'gone' | 'unknown'>();
    for (let at = 0; at < externalIds.length; at += recheckBatch) {
      const batch = externalIds.slice(at, at + recheckBatch);
      const present = await presentPosts(http, service, batch);
      for (const uri of batch) {
        const post = present?.get(uri);
        // Deleted posts are left out of the answer; hidden ones come with a label.
        answers.set(uri, !present ? 'unknown' : post && !isHidden(post) ? 'live' : 'gone');
      }
    }
    return answers;
  },
});

const Presence = Post.pick({ uri: true, labels: true }).extend({ author: z.object({ labels: Labels }) });

/** The posts of these that exist, by their ids; null when there was no answer to rely on. */
async function presentPosts(
  http: Http,
  service: string | undefined,
  uris: string[],
): Promise<Map<string, z.infer<typeof Presence>> | null> {
  const query = uris.map((uri): [string, string] => ['uris', uri]);
  try {
    const { posts } = await ask(http, service, 'app.bsky.feed.getPosts', query, z.object({ posts: z.array(Presence) }));
    return new Map(posts.map((post) => [post.uri, post]));
  } catch (error) {
    if (error instanceof SourceError || error instanceof HttpError) return null;
    throw error;
  }
}

/** Asks the mirror for strangers and, when that refuses this address, the service itself once. */
async function ask<T>(
  http: Http,
  service: string | undefined,
  method: string,
  query: [string, string][],
  schema: z.ZodType<T>,
): Promise<T> {
  const path = `/xrpc/${method}?${new URLSearchParams(query)}`;
  if (service !== undefined) return getJson(http, new URL(path, service), schema);
  try {
    return await getJson(http, new URL(path, hosts[0]), schema);
  } catch (error) {
    if (!(error instanceof SourceError) || error.detail.status !== 403) throw error;
    return getJson(http, new URL(path, hosts[1]), schema);
  }
}

function isNewer(post: { indexedAt: string; uri: string }, than: { indexedAt: string; uri: string }): boolean {
  const [a, b] = [Date.parse(post.indexedAt), Date.parse(than.indexedAt)];
  return a > b || (a === b && post.uri > than.uri);
}

const has = (labels: z.infer<typeof Labels>, ...values: string[]) =>
  labels.some(({ val, neg }) => !neg && values.includes(val));

/** Taken down or hidden by the network: as if it were not there. */
function isHidden({ labels, author }: Pick<Post, 'labels'> & { author: { labels: z.infer<typeof Labels> } }): boolean {
  return has(labels, '!hide', '!takedown') || has(author.labels, '!hide', '!takedown', '!no-unauthenticated');
}

function toRawMention({ uri, author, record, embed, indexedAt }: Post): RawMention {
  const key = uri.slice(uri.lastIndexOf('/') + 1);
  const facets = record.facets.flatMap((facet) => Facet.safeParse(facet).data ?? []);
  const html = toHtml(record.text, facets);
  const link = linkOf(embed);
  const isInText = !link || html.includes(link.uri);
  // Whichever is earlier: a post cannot be older for us than it says, nor newer than the network knew it.
  const published = Date.parse(record.createdAt) <= Date.parse(indexedAt) ? record.createdAt : indexedAt;
  return {
    externalId: uri,
    namespace: 'bluesky',
    url: `https://bsky.app/profile/${author.did}/post/${key}`,
    author: {
      name: author.displayName || author.handle,
      handle: author.handle,
      url: `https://bsky.app/profile/${author.did}`,
      externalId: author.did,
    },
    html: isInText ? html : `${html}<p>${toHtml(link.title || link.uri, [wholeLink(link)])}</p>`,
    publishedRaw: published,
    kind: record.reply ? 'comment' : 'post',
    media: toMedia(embed),
    ...(record.langs?.[0] && { language: record.langs[0] }),
    ...(record.reply && { inReplyTo: record.reply.parent.uri }),
  };
}

function wholeLink({ uri, title }: { uri: string; title: string }): z.infer<typeof Facet> {
  const byteEnd = Buffer.byteLength(title || uri);
  return { index: { byteStart: 0, byteEnd }, features: [{ $type: 'app.bsky.richtext.facet#link', uri }] };
}
