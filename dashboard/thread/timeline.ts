import type { Mention, Thread } from '../api.ts';
import type { Reply, ThreadEvent } from '../api-talk.ts';

/** What stands on the line of time, in order. */
export type Moment =
  | { kind: 'mention'; at: string; mention: Mention }
  /** `isFirst` and `isLast` of a run of replies in one circle, which says once who reads along. */
  | { kind: 'reply'; at: string; reply: Reply; isFirst: boolean; isLast: boolean }
  | { kind: 'event'; at: string; event: ThreadEvent }
  | { kind: 'earlier' }
  | { kind: 'new' };

/** Reasons by which a mention says the same thing again; anything else is an entry of its own on the line of time. */
const copyReasons = new Set(['same-address', 'same-text']);

/** The mention a thread began with, and the copies that are folded under it. */
export function copiesOf({ mentions }: Thread): { first: Mention | undefined; copies: Mention[] } {
  const first = mentions.find(({ joined }) => joined === null) ?? mentions[0];
  const copies = mentions.filter((one) => one !== first && copyReasons.has(one.joined?.reason ?? ''));
  return { first, copies };
}

/**
 * Outside entries, replies and events on one line of time. Before what came after `since` stands that it is new, unless
 * everything is or nothing; what `meId` wrote or did is news to nobody. Where replies are left out before `replies`, that is said.
 */
export function timelineOf(
  thread: Thread,
  replies: readonly Reply[],
  { since, meId, hasEarlier }: { since: string | null; meId: string; hasEarlier: boolean },
): Moment[] {
  const { copies } = copiesOf(thread);
  const folded = new Set(copies);
  const all = [
    ...thread.mentions
      .filter((mention) => !folded.has(mention))
      .map((mention) => ({ kind: 'mention' as const, at: mention.publishedAt, news: mention.fetchedAt, mention })),
    ...thread.events.map((event) => ({
      kind: 'event' as const,
      at: event.at,
      news: event.person?.id === meId ? null : event.at,
      event,
    })),
    ...replies.map((reply) => ({
      kind: 'reply' as const,
      at: reply.writtenAt,
      news: reply.own || reply.person.id === meId ? null : reply.writtenAt,
      reply,
    })),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const isNew = ({ news }: { news: string | null }) =>
    since !== null && news !== null && Date.parse(news) > Date.parse(since);
  const firstNew = all.findIndex(isNew);
  const firstReply = all.findIndex(({ kind }) => kind === 'reply');
  const circleAt = (index: number) => {
    const one = all[index];
    return one?.kind === 'reply' ? one.reply.circle.id : null;
  };
  return all.flatMap((one, index): Moment[] => {
    const line: Moment[] = [];
    if (hasEarlier && index === firstReply) line.push({ kind: 'earlier' });
    if (index === firstNew && index > 0) line.push({ kind: 'new' });
    if (one.kind !== 'reply') return [...line, one];
    const isFirst = index === firstNew || circleAt(index - 1) !== one.reply.circle.id;
    const isLast = index + 1 === firstNew || circleAt(index + 1) !== one.reply.circle.id;
    return [...line, { ...one, isFirst, isLast }];
  });
}

/** The newest moment of anything in a thread: who saw the thread has seen it up to there. */
export function newestOf(thread: Thread): string {
  const times = [
    thread.createdAt,
    ...thread.mentions.map(({ fetchedAt }) => fetchedAt),
    ...thread.replies.map(({ writtenAt }) => writtenAt),
    ...thread.events.map(({ at }) => at),
  ];
  return times.reduce((newest, at) => (Date.parse(at) > Date.parse(newest) ? at : newest));
}
