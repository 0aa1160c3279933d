import type { z } from '@hono/zod-openapi';
import { judgedOver, missingToStart, tooFewJudged, undoDays } from '#domain/topic.ts';
import type { TopicCounts } from '#storage/topic-list.ts';
import type { RunFacts, TopicFacts, TopicRefFacts, VersionFacts } from '#storage/topics.ts';
import type { Ids } from './ids.ts';
import { presentPersonRef, presentSourceRef } from './present.ts';
import type { Precision, Topic, TopicRef, TopicRow, TopicRun, TopicVersion } from './schema-topics.ts';

export function presentTopicRef(ids: Ids, { id, name, kind, colour }: TopicRefFacts): z.infer<typeof TopicRef> {
  return { id: ids.encode('topic', id), name, kind, colour };
}

function presentPrecision({ judged, about }: { judged: number; about: number }): z.infer<typeof Precision> {
  return {
    judged: Math.min(judged, judgedOver),
    about,
    tooFewBelow: tooFewJudged,
    share: judged < tooFewJudged ? null : about / judged,
  };
}

const nothing = { unread: 0, lastWeek: 0, judged: 0, about: 0 };

/** How a topic stands at this moment. */
export type Standing = { counts: Omit<TopicCounts, 'id'> | undefined; broken: boolean };

export function presentTopicRow(
  ids: Ids,
  topic: TopicFacts,
  { counts = nothing, broken }: Standing,
): z.infer<typeof TopicRow> {
  return {
    ...presentTopicRef(ids, topic),
    state: topic.state,
    version: topic.version,
    broken,
    owner: topic.owner && presentPersonRef(ids, topic.owner),
    audience: topic.audience,
    unread: counts.unread,
    lastWeek: counts.lastWeek,
    precision: presentPrecision(counts),
  };
}

export function presentVersion(ids: Ids, version: VersionFacts): z.infer<typeof TopicVersion> {
  return {
    version: version.version,
    query: version.query,
    sources: version.sources?.map((source) => presentSourceRef(ids, source)) ?? null,
    note: version.note,
    madeBy: version.madeBy && presentPersonRef(ids, version.madeBy),
    madeAt: version.madeAt.toISOString(),
  };
}

/** Until when a run can be undone; null when it cannot, or no longer. */
export function undoUntil({ state, isLast, madeAt }: RunFacts, now: Date): Date | null {
  const until = new Date(madeAt.getTime() + undoDays * 86_400_000);
  return isLast && (state === 'done' || state === 'failed') && until > now ? until : null;
}

export function presentRun(ids: Ids, run: RunFacts, now = new Date()): z.infer<typeof TopicRun> {
  return {
    id: ids.encode('run', run.id),
    version: run.version,
    days: run.days,
    state: run.state,
    failure: run.failure,
    total: run.total,
    done: run.done,
    added: run.added,
    removed: run.removed,
    madeBy: run.madeBy && presentPersonRef(ids, run.madeBy),
    madeAt: run.madeAt.toISOString(),
    doneAt: run.doneAt?.toISOString() ?? null,
    undoUntil: undoUntil(run, now)?.toISOString() ?? null,
  };
}

export function presentTopic(
  ids: Ids,
  topic: TopicFacts,
  { versions, run, ...standing }: Standing & { versions: readonly VersionFacts[]; run: RunFacts | undefined },
): z.infer<typeof Topic> {
  return {
    ...presentTopicRow(ids, topic, standing),
    purpose: topic.purpose,
    legalBasis: topic.legalBasis,
    missing: missingToStart(topic),
    createdBy: topic.createdBy && presentPersonRef(ids, topic.createdBy),
    createdAt: topic.createdAt.toISOString(),
    versions: versions.map((version) => presentVersion(ids, version)),
    run: run ? presentRun(ids, run) : null,
  };
}
