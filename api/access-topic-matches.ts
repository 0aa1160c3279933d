import type { z } from '@hono/zod-openapi';
import { highlights, wordsIn } from '#search/match/words-in.ts';
import { readMention, readThread } from '#storage/threads.ts';
import { judge, type MatchFacts, readMatches } from '#storage/topic-judge.ts';
import { type Viewer, visibleTo } from './access.ts';
import type { Deps } from './env.ts';
import { presentPersonRef } from './present.ts';
import { presentTopicRef } from './present-topics.ts';
import { ProblemError } from './problem.ts';
import type { MentionTopic, MentionTopics } from './schema-topics.ts';

type Reading = Pick<Deps, 'db' | 'ids'>;
type Said = { id: number; title: string | null; text: string | null };

/** Why the mentions of a thread are here: the topics that found each and its words that made them. */
export async function accessThreadTopics(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
): Promise<z.infer<typeof MentionTopics>> {
  const id = deps.ids.decode('thread', publicId);
  const found = id === null ? null : await readThread(deps.db, visibleTo(viewer), id);
  if (!found) throw new ProblemError('not_found');
  const said = new Map(found.mentions.map((mention) => [mention.id, mention]));
  const matches = await readMatches(deps.db, [...said.keys()], isDesk(viewer));
  return { topics: matches.map((match) => presentMatch(deps, said.get(match.mentionId)!, match)) };
}

/** Says whether a mention that may be seen is about us. */
export async function accessJudge(
  deps: Reading,
  viewer: Viewer,
  mentionPublicId: string,
  topicPublicId: string,
  about: boolean | null,
): Promise<z.infer<typeof MentionTopic>> {
  const said = await mentionSeen(deps, viewer, mentionPublicId);
  const topicId = deps.ids.decode('topic', topicPublicId);
  if (topicId === null) throw new ProblemError('not_found');
  const asked = { mentionId: said.id, topicId, about, by: viewer.personId };
  if (!(await judge(deps.db, asked))) throw new ProblemError('not_found');
  const match = (await readMatches(deps.db, [said.id], isDesk(viewer))).find(({ id }) => id === topicId);
  if (!match) throw new ProblemError('not_found');
  return presentMatch(deps, said, match);
}

const isDesk = ({ rights }: Viewer) => rights.includes('desk');

async function mentionSeen({ db, ids }: Reading, viewer: Viewer, publicId: string): Promise<Said> {
  const id = ids.decode('mention', publicId);
  const found = id === null ? null : await readMention(db, visibleTo(viewer), id);
  if (!found) throw new ProblemError('not_found');
  return found;
}

function presentMatch({ ids }: Reading, { title, text }: Said, match: MatchFacts): z.infer<typeof MentionTopic> {
  // Stored as positions, so that nothing of the words is kept beside them.
  const spans = text === null ? [] : highlights(wordsIn(title, text), pairsOf(match.spans));
  const written = spans.map(({ part, from, to }) => ((part === 'title' ? title : text) ?? '').slice(from, to));
  return {
    mention: ids.encode('mention', match.mentionId),
    topic: presentTopicRef(ids, match),
    version: match.version,
    query: match.query,
    current: match.isCurrent,
    at: match.at.toISOString(),
    byRun: match.byRun,
    spans,
    words: [...new Map(written.map((word) => [word.toLowerCase(), word])).values()],
    judged: match.judged,
    judgedBy: match.judgedBy && presentPersonRef(ids, match.judgedBy),
    judgedAt: match.judgedAt?.toISOString() ?? null,
  };
}

function pairsOf(flat: readonly number[]): [number, number][] {
  const pairs: [number, number][] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) pairs.push([flat[i]!, flat[i + 1]!]);
  return pairs;
}
