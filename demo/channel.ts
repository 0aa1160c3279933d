import { clockOf } from './dialects/dates.ts';
import type { Channel, Entry } from './dialects/dialect.ts';
import { escaped } from './dialects/xml.ts';
import { type History, keyOf, type Placed, timeline } from './timeline.ts';
import type { Outlet } from './world/item.ts';

export type View = { outlets: Outlet[]; history: History; origin: string; now: Date };

/** What an outlet shows of itself at `now`, newest first. */
export function channelOf(outlet: Outlet, view: View): Channel {
  const homeUrl = `${view.origin}/${outlet.slug}/`;
  const placed = timeline(outlet, view.history);
  const visible = placed.filter((one) => isOut(one, view.now) && !isGone(one, view.now));
  return {
    name: outlet.name,
    about: outlet.about,
    language: outlet.language,
    homeUrl,
    feedUrl: feedUrlOf(outlet, view.origin),
    entries: visible
      .map((one) => entryOf(one, outlet, view))
      .sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime()),
    deleted: placed
      .filter((one) => isOut(one, view.now) && isGone(one, view.now))
      .map((one) => ({ id: idOf(outlet, one.key), at: one.goneAt! })),
    now: view.now,
  };
}

export const feedUrlOf = (outlet: Outlet, origin: string): string => `${origin}/${outlet.slug}/feed`;
export const isOut = ({ publishedAt }: Placed, now: Date): boolean => publishedAt !== null && publishedAt <= now;
export const isGone = ({ goneAt }: Placed, now: Date): boolean => goneAt !== null && goneAt <= now;

/** Stable and without an address: the port of the outside world may change. */
const idOf = (outlet: Outlet, key: string): string => `tag:${outlet.slug}.example,2019:${key}`;

/** An item as it reads at `view.now`: after its edit, when that has happened. Only for items that are out. */
export function entryOf(placed: Placed, outlet: Outlet, view: View): Entry {
  const { item, key } = placed;
  const edited = placed.editedAt !== null && placed.editedAt <= view.now ? item.edit : undefined;
  const text = edited?.text ?? item.text;
  const path = pathOf(outlet, key, placed.publishedAt!);
  return {
    key,
    id: idOf(outlet, key),
    path,
    url: item.linksTo ? linkedUrl(item.linksTo, view) : ownUrl(outlet, path, view),
    title: edited?.title ?? item.title ?? null,
    text,
    html: htmlOf(text, item.picture === undefined ? null : { key, alt: item.picture, origin: view.origin }),
    author: item.by ?? null,
    publishedAt: placed.publishedAt!,
    editedAt: edited ? placed.editedAt : null,
    replyTo: item.replyTo ? parentOf(item.replyTo, outlet, view) : null,
    stars: item.stars ?? null,
  };
}

function ownUrl(outlet: Outlet, path: string, { origin }: View): string {
  return `${origin}/${outlet.slug}/${path}${outlet.tracking ? `?${outlet.tracking}` : ''}`;
}

/** Forums and review sites number by subject, the rest by day. */
function pathOf(outlet: Outlet, key: string, at: Date): string {
  if (outlet.kind === 'forum') return `t/${key}`;
  if (outlet.kind === 'review') return `beoordeling/${key}`;
  const { year, month, day } = clockOf(at);
  return `${year}/${String(month).padStart(2, '0')}/${String(day).padStart(2, '0')}/${key}`;
}

/** Another outlet's page as people pass it on: with everything their application hung on it. */
function linkedUrl(linksTo: string, view: View): string {
  const [slug, key] = linksTo.split('/') as [string, string];
  const outlet = view.outlets.find((one) => one.slug === slug);
  const target = outlet && timeline(outlet, view.history).find((one) => keyOf(one.item) === key);
  if (!outlet || !target?.publishedAt) throw new Error(`Nothing called ${linksTo} in the demo's world`);
  const url = `${view.origin}/${slug}/${pathOf(outlet, key, target.publishedAt)}`;
  return `${url}?utm_source=nieuwsbrief&utm_medium=email&fbclid=IwLindewaard${key.length}`;
}

function parentOf(key: string, outlet: Outlet, view: View): Entry['replyTo'] {
  const parent = timeline(outlet, view.history).find((one) => one.key === key);
  if (!parent?.publishedAt) return null;
  return { id: idOf(outlet, key), url: ownUrl(outlet, pathOf(outlet, key, parent.publishedAt), view) };
}

function htmlOf(text: string, picture: { key: string; alt: string; origin: string } | null): string {
  const paragraphs = text.split('\n\n').map((paragraph) => `<p>${escaped(paragraph).replaceAll('\n', '<br>')}</p>`);
  if (picture) {
    const { origin, key, alt } = picture;
    paragraphs.splice(1, 0, `<figure><img src="${origin}/beeld/${key}.svg" alt="${escaped(alt)}"></figure>`);
  }
  return paragraphs.join('\n');
}
