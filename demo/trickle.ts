import { chance } from './chance.ts';
import { furtherKey, type History, happenings, timeline } from './timeline.ts';
import type { Outlet } from './world/item.ts';

export type TrickleOptions = {
  outlets: Outlet[];
  history: History;
  /** Something new stands on this outlet's site. Must not throw. */
  announce: (outlet: Outlet) => void;
  /** Writes down that an item came out, before anybody can read it. */
  publish: (id: string, at: Date) => void;
};

const minWaitMs = 20_000;
const maxWaitMs = 60_000;
/** With the pool empty only the pager goes on, more slowly. */
const slowerAfterPool = 4;
const firstWaitMs = 12_000;

/**
 * Lets the world go on: an item of the pool every 20 to 60 seconds, and what was bound to happen by itself (edits,
 * withdrawals, the server that starts refusing). Answers how to stop it.
 */
export function startTrickle({ outlets, history, announce, publish }: TrickleOptions): () => void {
  const timers = new Set<NodeJS.Timeout>();
  const later = (waitMs: number, act: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, waitMs);
    timers.add(timer);
  };

  const publishNext = () => {
    const next = nextItem(outlets, history);
    if (!next) return;
    const at = new Date();
    publish(next.id, at);
    announce(next.outlet);
    expect(happenings([next.outlet], history, at).filter(({ id }) => id === next.id));
    const waitMs = minWaitMs + Math.random() * (maxWaitMs - minWaitMs);
    later(next.isFurther ? waitMs * slowerAfterPool : waitMs, publishNext);
  };
  // A moment later than it happens, so that whoever comes to look finds it done.
  const expect = (coming: ReturnType<typeof happenings>) => {
    for (const { at, outlet } of coming) later(at.getTime() - Date.now() + 200, () => announce(outlet));
  };
  later(firstWaitMs, publishNext);
  expect(happenings(outlets, history, new Date()));
  return () => {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  };
}

type Next = { outlet: Outlet; id: string; isFurther: boolean };

/**
 * The item whose turn it is: what is to come soon, then the rest of the pool, each in an order of chance but answers after
 * what they answer and in their order; then the pager, for ever.
 */
export function nextItem(outlets: Outlet[], history: History): Next | null {
  const waiting = outlets
    .flatMap((outlet) =>
      waitingItems(outlet, history).map((one) => ({ outlet, id: `${outlet.slug}/${one.key}`, ...one })),
    )
    .sort((a, b) => Number(b.isSoon) - Number(a.isSoon) || chance(a.id) - chance(b.id));
  if (waiting[0]) return { outlet: waiting[0].outlet, id: waiting[0].id, isFurther: false };
  const pager = outlets.find(({ more }) => more);
  if (!pager) return null;
  let n = 0;
  while (history.published.has(`${pager.slug}/${furtherKey(n)}`)) n++;
  return { outlet: pager, id: `${pager.slug}/${furtherKey(n)}`, isFurther: true };
}

function waitingItems(outlet: Outlet, history: History): { key: string; isSoon: boolean }[] {
  const placed = timeline(outlet, history);
  const out = new Set(placed.filter(({ publishedAt }) => publishedAt).map(({ key }) => key));
  const answered = new Set<string>();
  return placed.flatMap(({ item, key, publishedAt }) => {
    if (publishedAt) return [];
    if (item.replyTo !== undefined) {
      if (!out.has(item.replyTo) || answered.has(item.replyTo)) return [];
      answered.add(item.replyTo);
    }
    return [{ key, isSoon: item.later === 'soon' }];
  });
}
