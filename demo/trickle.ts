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
    publish(next.id, new Date());
    announce(next.outlet);
    const waitMs = minWaitMs + Math.random() * (maxWaitMs - minWaitMs);
    later(next.isFurther ? waitMs * slowerAfterPool : waitMs, publishNext);
  };
  later(firstWaitMs, publishNext);

  const now = new Date();
  for (const { at, outlet } of happenings(outlets, history, now)) {
    // A moment later than it happens, so that whoever comes to look finds it done.
    later(at.getTime() - now.getTime() + 200, () => announce(outlet));
  }
  return () => {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  };
}

/** The item whose turn it is: the pool in an order of chance, answers after what they answer, then the pager for ever. */
export function nextItem(
  outlets: Outlet[],
  history: History,
): { outlet: Outlet; id: string; isFurther: boolean } | null {
  const waiting = outlets
    .flatMap((outlet) => {
      const placed = timeline(outlet, history);
      const out = new Set(placed.filter(({ publishedAt }) => publishedAt).map(({ key }) => key));
      return placed
        .filter(({ item, publishedAt }) => !publishedAt && (item.replyTo === undefined || out.has(item.replyTo)))
        .map(({ key }) => ({ outlet, id: `${outlet.slug}/${key}`, isFurther: false }));
    })
    .sort((a, b) => chance(a.id) - chance(b.id));
  if (waiting[0]) return waiting[0];
  const pager = outlets.find(({ more }) => more);
  if (!pager) return null;
  let n = 0;
  while (history.published.has(`${pager.slug}/${furtherKey(n)}`)) n++;
  return { outlet: pager, id: `${pager.slug}/${furtherKey(n)}`, isFurther: true };
}
