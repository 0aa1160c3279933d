import { outsideCircle } from '#storage/schema.ts';
import type { StreamFilter } from '#storage/stream-filter.ts';

const dayMs = 86_400_000;

/** Everything the stream can be filtered by, in the world of stream-world.ts: which circles are listed, and the filter. */
export function streamFilters(
  circles: readonly number[],
  sourceId: number,
  now: number,
): Record<string, { listed: readonly number[]; filter: StreamFilter }> {
  const inside = circles.filter((id) => id !== outsideCircle);
  const day = (ago: number) => new Date(now - ago * dayMs).toISOString().slice(0, 10);
  const timeZone = 'Europe/Amsterdam';
  const of = (filter: StreamFilter, listed = circles) => ({ listed, filter });
  return {
    everything: of({}),
    outside: of({}, [outsideCircle]),
    inside: of({}, inside),
    source: of({ sourceId }),
    topic: of({ topicId: 1 }),
    'topic, source, tone': of({ topicId: 1, sourceId, tone: -1 }),
    'topic and unread': of({ topicId: 1, unread: true }),
    language: of({ language: 'en' }),
    tone: of({ tone: null }),
    unread: of({ unread: true }),
    mine: of({ mine: true }),
    discussed: of({ outcome: 'discussed' }),
    answered: of({ outcome: 'answered' }),
    unanswered: of({ outcome: 'unanswered' }),
    days: of({ days: { from: day(150), to: day(20), timeZone } }),
    'days, source, tone': of({ sourceId, tone: -1, days: { from: day(170), timeZone } }),
    'mine and unread': of({ mine: true, unread: true }),
    'outside and discussed': of({ outcome: 'discussed' }, [outsideCircle]),
  };
}
