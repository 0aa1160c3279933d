import { chance } from './chance.ts';
import { isGone, isOut, type View } from './channel.ts';
import { type Placed, timeline } from './timeline.ts';
import type { Outlet } from './world/item.ts';

type Answer = { status: number; json: unknown };
type Account = Outlet & { via: { bluesky: { handle: string; did: string } } };

/**
 * The part of Bluesky's public API that reading one author needs (docs.bsky.app): getProfile, getAuthorFeed with cursor and
 * limit, getPosts, resolveHandle. null: not an address of that API.
 */
export function blueskyApi(url: URL, outlet: Account, view: View): Answer | null {
  if (!url.pathname.startsWith('/xrpc/')) return null;
  const { handle, did } = outlet.via.bluesky;
  const actor = url.searchParams.get('actor') ?? url.searchParams.get('handle');
  if (actor !== null && actor !== handle && actor !== did) return refused('InvalidRequest', 'Profile not found');
  switch (url.pathname.slice('/xrpc/'.length)) {
    case 'com.atproto.identity.resolveHandle':
      return { status: 200, json: { did } };
    case 'app.bsky.actor.getProfile':
      return { status: 200, json: { ...authorOf(outlet), description: outlet.about, postsCount: outlet.items.length } };
    case 'app.bsky.feed.getAuthorFeed':
      return { status: 200, json: feedPage(outlet, view, url.searchParams) };
    case 'app.bsky.feed.getPosts': {
      const uris = new Set(url.searchParams.getAll('uris'));
      return { status: 200, json: { posts: postsOf(outlet, view).filter(({ uri }) => uris.has(uri)) } };
    }
    default:
      return refused('MethodNotImplemented', 'Method Not Implemented', 501);
  }
}

const refused = (error: string, message: string, status = 400): Answer => ({ status, json: { error, message } });

/** Newest first; the cursor is the time of the last one given, as the real server does it. */
function feedPage(outlet: Account, view: View, query: URLSearchParams) {
  const limit = Math.min(Number(query.get('limit') ?? 50) || 50, 100);
  const before = query.get('cursor');
  const posts = postsOf(outlet, view).filter(({ indexedAt }) => before === null || indexedAt < before);
  const given = posts.slice(0, limit);
  return {
    feed: given.map((post) => ({ post })),
    ...(posts.length > limit && { cursor: given.at(-1)?.indexedAt }),
  };
}

const authorOf = ({ name, via }: Account) => ({
  did: via.bluesky.did,
  handle: via.bluesky.handle,
  displayName: name,
  labels: [],
});

function postsOf(outlet: Account, view: View) {
  return timeline(outlet, view.history)
    .filter((one) => isOut(one, view.now) && !isGone(one, view.now))
    .sort((a, b) => b.publishedAt!.getTime() - a.publishedAt!.getTime())
    .map((placed) => postOf(placed, outlet));
}

function postOf(placed: Placed, outlet: Account) {
  const { item, key, publishedAt } = placed;
  const parent =
    item.replyTo === undefined ? undefined : { uri: uriOf(item.replyTo, outlet), cid: cidOf(item.replyTo) };
  return {
    uri: uriOf(key, outlet),
    cid: cidOf(key),
    author: authorOf(outlet),
    record: {
      $type: 'app.bsky.feed.post',
      createdAt: publishedAt!.toISOString(),
      langs: [item.language ?? outlet.language],
      text: item.text,
      ...(parent && { reply: { parent, root: parent } }),
    },
    replyCount: 0,
    repostCount: Math.floor(chance(`${key} reposts`) ** 3 * 20),
    likeCount: Math.floor(chance(`${key} likes`) ** 2 * 60),
    quoteCount: 0,
    indexedAt: publishedAt!.toISOString(),
    labels: [],
  };
}

const alphabet = '234567abcdefghijklmnopqrstuvwxyz';
const letters = (text: string, length: number): string =>
  Array.from({ length }, (_, at) => alphabet[Math.floor(chance(`${text} ${at}`) * 32)]).join('');

/** Record keys are 13 characters of base 32; ours follow from the text, so they survive a restart. */
const uriOf = (key: string, { via }: Account): string =>
  `at://${via.bluesky.did}/app.bsky.feed.post/3${letters(key, 12)}`;
const cidOf = (key: string): string => `bafyrei${letters(`${key} cid`, 52)}`;
