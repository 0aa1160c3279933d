import { chance } from './chance.ts';
import { isGone, isOut, type View } from './channel.ts';
import { escaped } from './dialects/xml.ts';
import { type Placed, timeline } from './timeline.ts';
import type { Outlet } from './world/item.ts';

type Answer = { status: number; json: unknown };

/**
 * The part of Mastodon's API that reading needs (docs.joinmastodon.org/methods): the instance, a hashtag timeline with
 * min_id and limit, statuses by id. null: not an address of that API.
 */
export function mastodonApi(
  url: URL,
  outlet: Outlet & { via: { mastodon: { hashtag: string } } },
  view: View,
): Answer | null {
  if (url.pathname === '/api/v2/instance') {
    const open = { local: 'public', remote: 'public' };
    const configuration = { timelines_access: { live_feeds: open, hashtag_feeds: open, trending_link_feeds: open } };
    return { status: 200, json: { domain: url.host, title: outlet.name, version: '4.5.2', configuration } };
  }
  const statuses = statusesOf(outlet, view);
  if (url.pathname === `/api/v1/timelines/tag/${outlet.via.mastodon.hashtag}`) {
    return { status: 200, json: pageOf(statuses, url.searchParams) };
  }
  if (url.pathname === '/api/v1/statuses') {
    const ids = new Set(url.searchParams.getAll('id[]'));
    return { status: 200, json: statuses.filter(({ id }) => ids.has(id)) };
  }
  return url.pathname.startsWith('/api/') ? { status: 404, json: { error: 'Record not found' } } : null;
}

/** Without min_id the newest, with it the ones that follow it; both newest first, as Mastodon sorts them. */
function pageOf<Status extends { id: string }>(statuses: Status[], query: URLSearchParams): Status[] {
  const limit = Math.min(Number(query.get('limit') ?? 20) || 20, 40);
  const after = query.get('min_id');
  if (after === null) return statuses.slice(-limit).reverse();
  return statuses
    .filter(({ id }) => BigInt(id) > BigInt(after))
    .slice(0, limit)
    .reverse();
}

/** Oldest first. */
function statusesOf(outlet: Outlet, view: View) {
  const out = timeline(outlet, view.history).filter((one) => isOut(one, view.now) && !isGone(one, view.now));
  const ids = new Map(out.map((one) => [one.key, idOf(one)]));
  return out.map((one) => statusOf(one, ids, outlet, view)).sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
}

/** Mastodon's ids: milliseconds, then 16 bits that are anything. */
const idOf = ({ key, publishedAt }: Placed): string =>
  String((BigInt(publishedAt!.getTime()) << 16n) + BigInt(Math.floor(chance(key) * 65_536)));

export const statusPath = (placed: Placed): string => `/@${whoOf(placed).handle}/${idOf(placed)}`;

/** 'Display name @handle' as the world writes its authors. */
function whoOf({ item }: Placed): { name: string; handle: string } {
  const [, name = 'Iemand', handle = 'iemand'] = /^(.*) @(\S+)$/.exec(item.by ?? '') ?? [];
  return { name, handle };
}

function statusOf(placed: Placed, ids: Map<string, string>, outlet: Outlet, { origin, now }: View) {
  const { item, publishedAt, editedAt } = placed;
  const { name, handle } = whoOf(placed);
  const isEdited = editedAt !== null && editedAt <= now;
  const text = isEdited ? item.edit!.text : item.text;
  const accountUrl = `${origin}/@${handle}`;
  return {
    id: idOf(placed),
    created_at: publishedAt!.toISOString(),
    edited_at: isEdited ? editedAt.toISOString() : null,
    in_reply_to_id: (item.replyTo && ids.get(item.replyTo)) ?? null,
    in_reply_to_account_id: null,
    sensitive: false,
    spoiler_text: '',
    visibility: 'public',
    language: item.language ?? outlet.language,
    uri: `${origin}/users/${handle}/statuses/${idOf(placed)}`,
    url: `${origin}${statusPath(placed)}`,
    content: contentOf(text, origin),
    reblog: null,
    replies_count: 0,
    reblogs_count: Math.floor(chance(`${placed.key} boosts`) ** 3 * 30),
    favourites_count: Math.floor(chance(`${placed.key} stars`) ** 2 * 40),
    media_attachments: [],
    mentions: [],
    tags: hashtagsIn(text).map((tag) => ({ name: tag, url: `${origin}/tags/${tag}` })),
    emojis: [],
    card: null,
    poll: null,
    account: {
      id: String(1_000 + Math.floor(chance(handle) * 9e6)),
      username: handle,
      acct: handle,
      display_name: name,
      locked: false,
      bot: handle.endsWith('bot'),
      note: '',
      url: accountUrl,
      uri: `${origin}/users/${handle}`,
    },
  };
}

const hashtagsIn = (text: string): string[] =>
  Array.from(text.matchAll(/#([\p{L}\p{N}_]+)/gu), ([, tag]) => tag!.toLowerCase());

function contentOf(text: string, origin: string): string {
  const linked = escaped(text).replace(
    /#([\p{L}\p{N}_]+)/gu,
    (_, tag: string) =>
      `<a href="${origin}/tags/${tag.toLowerCase()}" class="mention hashtag" rel="tag">#<span>${tag}</span></a>`,
  );
  return linked
    .split('\n\n')
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br />')}</p>`)
    .join('');
}
