import { chance } from './chance.ts';
import { atClock } from './dialects/dates.ts';
import type { Item, Outlet, Rhythm } from './world/item.ts';

/** What has happened in a demo so far: everything else follows from these and the world's texts. */
export type History = {
  /** The moment at which its first start was ready. */
  bornAt: Date;
  /** When items of the pool came out, by 'outlet/key'. */
  published: ReadonlyMap<string, Date>;
};

/** An item with its place in time; `publishedAt` is null while it waits in the pool. */
export type Placed = {
  item: Item;
  key: string;
  publishedAt: Date | null;
  editedAt: Date | null;
  goneAt: Date | null;
};

const minuteMs = 60_000;

/** Name of an item within its outlet, as it stands in its address. */
export function keyOf(item: Item): string {
  if (item.key !== undefined) return item.key;
  const words = (item.title ?? item.text)
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}|['’‘]/gu, '')
    .match(/[a-z0-9]+/g);
  return (words ?? []).slice(0, 9).join('-').slice(0, 70);
}

/** Every item of an outlet with its times, in the order in which the outlet lists them. Deterministic. */
export function timeline(outlet: Outlet, history: History): Placed[] {
  const known = new Map<string, Date>();
  const place = (item: Item): Placed => {
    const key = keyOf(item);
    const id = `${outlet.slug}/${key}`;
    const publishedAt = item.later ? (history.published.get(id) ?? null) : timeOf(item, id, outlet, history, known);
    if (publishedAt) known.set(key, publishedAt);
    const base = Math.max(publishedAt?.getTime() ?? 0, history.bornAt.getTime());
    const after = (minutes: number | undefined) =>
      publishedAt === null || minutes === undefined ? null : new Date(base + minutes * minuteMs);
    return { item, key, publishedAt, editedAt: after(item.edit?.afterMinutes), goneAt: after(item.goneAfterMinutes) };
  };
  return [...outlet.items, ...furtherItems(outlet, history)].map(place);
}

/** Key of the n-th item that an outlet writes by itself; `later` like the pool. */
export const furtherKey = (n: number): string => `bericht-${n}`;

function furtherItems({ slug, more }: Outlet, { published }: History): Item[] {
  if (!more) return [];
  const items: Item[] = [];
  for (let n = 0; published.has(`${slug}/${furtherKey(n)}`); n++) {
    items.push({ ...more(n), key: furtherKey(n), later: true });
  }
  return items;
}

function timeOf(item: Item, id: string, outlet: Outlet, { bornAt }: History, known: Map<string, Date>): Date {
  const before = (minutes: number) => new Date(bornAt.getTime() - minutes * minuteMs);
  if (item.ago !== undefined) return before(item.ago);
  const parent = item.replyTo === undefined ? undefined : known.get(item.replyTo);
  if (parent) {
    const minutes = item.after ?? 4 + Math.floor(chance(`${id} after`) * 190);
    const latest = before(2 + Math.floor(chance(`${id} latest`) * 25));
    return new Date(Math.min(parent.getTime() + minutes * minuteMs, latest.getTime()));
  }
  if (item.day > 0) return withSeconds(atClock(bornAt, item.day, item.time ?? hourOf(id, outlet.rhythm)), id);
  return before(10 + Math.floor(chance(id) * waking(bornAt)));
}

/** How many of the last ten hours' minutes people were awake, from half past six on; a birth at night takes them all. */
function waking(bornAt: Date): number {
  const sinceMorning = (bornAt.getTime() - atClock(bornAt, 0, '06:30').getTime()) / minuteMs;
  return sinceMorning < 90 ? 580 : Math.min(580, sinceMorning - 10);
}

const withSeconds = (at: Date, id: string): Date => new Date(at.getTime() + Math.floor(chance(`${id} s`) * 60) * 1000);

/** How busy each hour is, from midnight on. */
const rhythms: Record<Rhythm, number[]> = {
  newsroom: [0, 0, 0, 0, 0, 1, 4, 7, 8, 7, 5, 5, 6, 4, 4, 5, 7, 6, 4, 3, 3, 2, 1, 0],
  evening: [1, 0, 0, 0, 0, 0, 1, 3, 3, 2, 2, 2, 4, 3, 2, 2, 3, 5, 6, 8, 9, 8, 5, 2],
  office: [0, 0, 0, 0, 0, 0, 0, 0, 2, 6, 7, 6, 3, 5, 6, 5, 4, 1, 0, 0, 0, 0, 0, 0],
  day: [0, 0, 0, 0, 0, 0, 0, 2, 4, 5, 6, 6, 6, 6, 6, 6, 6, 5, 5, 5, 4, 3, 1, 0],
};

function hourOf(id: string, rhythm: Rhythm): string {
  const weights = rhythms[rhythm];
  let left = chance(`${id} hour`) * weights.reduce((sum, weight) => sum + weight, 0);
  const hour = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  const minute = Math.floor(chance(`${id} minute`) * 60);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** Something that will happen by itself: an edit or a withdrawal of the item `id`, or (no id) the server's refusal. */
export type Happening = { at: Date; outlet: Outlet; id: string | null };

/** What will still happen by itself after a moment. */
export function happenings(outlets: Outlet[], history: History, after: Date): Happening[] {
  return outlets.flatMap((outlet) => {
    const items = timeline(outlet, history).flatMap(({ key, publishedAt, editedAt, goneAt }) =>
      publishedAt === null ? [] : [editedAt, goneAt].map((at) => ({ at, outlet, id: `${outlet.slug}/${key}` })),
    );
    const all = [...items, { at: forbiddenAt(outlet, history), outlet, id: null }];
    return all.flatMap((one) => (one.at && one.at > after ? [{ ...one, at: one.at }] : []));
  });
}

/** From when on the outlet's server refuses its feed; null: never. */
export function forbiddenAt({ trouble }: Outlet, { bornAt }: History): Date | null {
  return trouble && trouble !== 'web-page' ? new Date(bornAt.getTime() + trouble.forbiddenAfterSeconds * 1000) : null;
}
