import type { z } from '@hono/zod-openapi';
import { dayIn, endingOn, isCountable, type Period, shifted, spans } from '#domain/period.ts';
import { countFigures } from '#storage/figures.ts';
import { mayKnowTopic, type Viewer, visibleTo } from './access.ts';
import type { Deps } from './env.ts';
import { presentSourceRef, sureFrom } from './present.ts';
import { presentTopicRef } from './present-topics.ts';
import { ProblemError } from './problem.ts';
import type { Figures, FiguresQuery } from './schema-figures.ts';
import { sumFigures } from './sum-figures.ts';

/** Fewer than this and nothing is said about shares. */
const tooFewBelow = 20;

/** The figures of a period over what a viewer may see; without one of the four weeks up to today. */
export async function accessFigures(
  { db, ids, timeZone }: Pick<Deps, 'db' | 'ids' | 'timeZone'>,
  viewer: Viewer,
  query: z.infer<typeof FiguresQuery>,
): Promise<z.infer<typeof Figures>> {
  const now = new Date();
  const today = dayIn(now, timeZone);
  const period = periodOf(query, today);
  // What no id was made for is like what never was: nothing has this number.
  const sourceId = query.source === undefined ? undefined : (ids.decode('source', query.source) ?? 0);
  const topicId = query.topic === undefined ? undefined : (ids.decode('topic', query.topic) ?? 0);
  // Of a topic that is not theirs to know there is as much as of one that never was: no topic has this number.
  const isKnown = topicId === undefined || (await mayKnowTopic(db, viewer, topicId));
  const counted = await countFigures(db, {
    circles: visibleTo(viewer),
    timeZone,
    ...period,
    before: shifted(period, -1).from,
    sourceId,
    topicId: isKnown ? topicId : 0,
    language: query.language,
    sureFrom,
  });
  const sums = sumFigures(counted, period);
  return {
    ...period,
    timeZone,
    today,
    countedAt: now.toISOString(),
    tooFewBelow,
    ...sums,
    sources: sums.sources.map((row) => ({ ...row, source: presentSourceRef(ids, row.source) })),
    topics: sums.topics.map((row) => ({ ...row, topic: presentTopicRef(ids, row.topic) })),
    gaps: counted.gaps.map(({ source, since }) => ({
      source: presentSourceRef(ids, source),
      since: since.toISOString(),
    })),
  };
}

function periodOf({ from, to }: { from?: string | undefined; to?: string | undefined }, today: string): Period {
  if (from === undefined && to === undefined) return endingOn(today, spans.month);
  if (from !== undefined && to !== undefined && isCountable({ from, to })) return { from, to };
  throw new ProblemError('invalid_request', { wrong: [{ path: from === undefined ? 'from' : 'to', part: 'period' }] });
}
