import type { z } from '@hono/zod-openapi';
import { dayIn, eachDay, endingOn } from '#domain/period.ts';
import { mostRechecked } from '#search/engine.ts';
import { foundWords } from '#search/found-words.ts';
import { matches } from '#search/match/matches.ts';
import type { Plain } from '#search/plain.ts';
import { compile } from '#search/postgres/compile.ts';
import { type FoundMention, readFoundMentions } from '#storage/found.ts';
import { readDocuments } from '#storage/read-documents.ts';
import {
  type Asking,
  countPreview,
  judgedAmong,
  type PreviewCut,
  previewWithinMs,
  undecided,
} from '#storage/topic-preview.ts';
import { readVersions, type TopicFacts } from '#storage/topics.ts';
import { type Viewer, visibleTo } from './access.ts';
import { sourcesCalled, standingQuestion } from './access-topic-query.ts';
import { topicCalled } from './access-topics.ts';
import { atMost } from './at-most.ts';
import type { Deps } from './env.ts';
import { presentSourceRef } from './present.ts';
import { presentTopicRef } from './present-topics.ts';
import { ProblemError } from './problem.ts';
import type { TopicPreview, TopicPreviewRequest } from './schema-topics.ts';
import { textAround } from './text-around.ts';

type Previewing = Pick<Deps, 'db' | 'ids' | 'timeZone'>;
type Sample = z.infer<typeof TopicPreview>['samples'][number];

const days = 30;
const mostSamples = 20;
const mostAtOnce = 4;
/** Documents in memory at the same time: the longest have a megabyte of words. */
const atOnce = 100;

/** Makes the function that says what a query would have found in the last thirty days. Four at most are under way. */
export function createTopicPreview(deps: Previewing) {
  const limited = atMost(mostAtOnce);
  return (viewer: Viewer, asked: z.infer<typeof TopicPreviewRequest>) => limited(() => preview(deps, viewer, asked));
}

async function preview(
  deps: Previewing,
  viewer: Viewer,
  asked: z.infer<typeof TopicPreviewRequest>,
): Promise<z.infer<typeof TopicPreview>> {
  const { db, ids, timeZone } = deps;
  const topic = asked.topic === undefined ? null : await topicAsked(deps, viewer, asked.topic);
  const sources = await sourcesCalled(deps, asked.sources);
  const plain = await standingQuestion(deps, { name: topic?.name, query: asked.query, sources });
  const present = topic && topic.version > 0 ? await presentQuestion(deps, topic) : null;
  const period = endingOn(dayIn(new Date(), timeZone), days);
  const until = performance.now() + previewWithinMs;
  const cut: PreviewCut = { circles: visibleTo(viewer), timeZone, from: period.from, until };
  const now = await asking(deps, cut, plain);
  const before = present && (await asking(deps, cut, present));
  const wanted = { now, before, topicId: topic?.id ?? null, samples: mostSamples };
  const counted = await countPreview(db, cut, wanted).catch(tooMuch);
  const countOn = new Map(counted.days.map(({ day, count }) => [day, count]));
  return {
    days: eachDay(period).map((day) => ({ day, count: countOn.get(day) ?? 0 })),
    total: counted.total,
    samples: await samplesOf(deps, viewer, plain, counted.newest, topic),
    overlap: counted.overlap.map((one) => ({ topic: presentTopicRef(ids, one.topic), count: one.count })),
    present: counted.present && { version: topic!.version, ...counted.present },
  };
}

async function topicAsked(deps: Previewing, viewer: Viewer, publicId: string): Promise<TopicFacts> {
  return await topicCalled(deps, viewer, publicId).catch(() => {
    throw new ProblemError('invalid_request', { wrong: [{ path: 'topic', part: 'topic' }] });
  });
}

/** What the version that counts asks; null where it cannot be asked any more (a source it names is gone). */
async function presentQuestion(deps: Previewing, topic: TopicFacts): Promise<Plain | null> {
  const version = (await readVersions(deps.db, topic.id)).find((one) => one.version === topic.version);
  if (!version) return null;
  const sources = version.sources?.map(({ id }) => id) ?? null;
  return await standingQuestion(deps, { name: topic.name, query: version.query, sources }).catch((error: unknown) => {
    if (error instanceof ProblemError) return null;
    throw error;
  });
}

/** Long documents are matched in memory first, so that every count is true. */
async function asking({ db }: Previewing, cut: PreviewCut, plain: Plain): Promise<Asking> {
  const { condition } = compile(plain, { circles: cut.circles });
  const open = await undecided(db, cut, condition, mostRechecked).catch(tooMuch);
  if (open.length > mostRechecked) throw new ProblemError('busy');
  const confirmed: number[] = [];
  for (let at = 0; at < open.length; at += atOnce) {
    if (performance.now() > cut.until) throw new ProblemError('busy');
    const refs = open.slice(at, at + atOnce).map((id) => ({ kind: 'mention' as const, id }));
    for (const { id, document } of await readDocuments(db, refs)) if (matches(plain, document)) confirmed.push(id);
  }
  return { condition, confirmed };
}

/** Given up by PostgreSQL: a question over everything, on a busy machine. */
function tooMuch(error: unknown): never {
  if ((error as { code?: string }).code === '57014') throw new ProblemError('busy', {}, { cause: error });
  throw error;
}

async function samplesOf(
  { db, ids }: Previewing,
  viewer: Viewer,
  plain: Plain,
  mentionIds: readonly number[],
  topic: TopicFacts | null,
): Promise<Sample[]> {
  const [found, judged] = await Promise.all([
    readFoundMentions(db, visibleTo(viewer), mentionIds),
    topic ? judgedAmong(db, topic.id, mentionIds) : new Map<number, boolean | null>(),
  ]);
  return mentionIds.flatMap((id) => {
    const mention = found.get(id);
    return mention ? [sampleOf(ids, plain, mention, judged)] : [];
  });
}

function sampleOf(
  ids: Deps['ids'],
  plain: Plain,
  mention: FoundMention,
  judged: ReadonlyMap<number, boolean | null>,
): Sample {
  const { id, title } = mention;
  return {
    mentionId: ids.encode('mention', id),
    threadId: ids.encode('thread', mention.threadId),
    source: mention.source && presentSourceRef(ids, mention.source),
    at: mention.at.toISOString(),
    language: mention.language,
    title,
    ...textAround(mention.text, foundWords(plain, mention)),
    judged: judged.get(id) ?? null,
    found: judged.has(id),
  };
}
