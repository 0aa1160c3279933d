import type { Plain } from '#search/plain.ts';
import { type StandingQuestion, standingNames, understand } from '#search/standing-question.ts';
import { sourceNames } from '#storage/source-list.ts';
import { readQuestions } from '#storage/topics.ts';
import type { Deps } from './env.ts';
import { ProblemError } from './problem.ts';
import { tellProblems } from './query-problems.ts';
import { similar } from './similar.ts';

/** Numbers of sources by their public ids, each once; null stays every source. */
export async function sourcesCalled(
  { db, ids }: Pick<Deps, 'db' | 'ids'>,
  publicIds: readonly string[] | null,
): Promise<number[] | null> {
  if (publicIds === null) return null;
  const known = new Set((await sourceNames(db)).map(({ id }) => id));
  return [...new Set(publicIds)].map((publicId) => {
    const id = ids.decode('source', publicId);
    if (id === null || !known.has(id))
      throw new ProblemError('invalid_request', { wrong: [{ path: 'sources', part: 'source' }] });
    return id;
  });
}

/**
 * A standing question as the engines take it. It means the same whoever asks: names of sources and of other topics.
 * @throws ProblemError query_refused with what is wrong and where.
 */
export async function standingQuestion(
  { db, timeZone }: Pick<Deps, 'db' | 'timeZone'>,
  question: StandingQuestion,
): Promise<Plain> {
  const [sources, topics] = await Promise.all([sourceNames(db), readQuestions(db, 'all')]);
  const names = standingNames(sources, topics, (kind, name) => {
    if (kind === 'source')
      return similar(
        sources.map(({ label }) => label),
        name,
      );
    return kind === 'query'
      ? similar(
          topics.map((one) => one.name),
          name,
        )
      : [];
  });
  const read = understand(question, names, { timeZone });
  if (read.kind === 'plain') return read.plain;
  throw new ProblemError('query_refused', {
    query: (language) => {
      const again = understand(question, names, { timeZone, language });
      return again.kind === 'refused' ? tellProblems(again.problems, language) : [];
    },
  });
}

/** Topics whose present version cannot be asked any more: what they name is gone, or is called something else. */
export async function brokenTopics({ db, timeZone }: Pick<Deps, 'db' | 'timeZone'>): Promise<Set<number>> {
  const [sources, topics] = await Promise.all([sourceNames(db), readQuestions(db, 'all')]);
  const names = standingNames(sources, topics);
  return new Set(topics.filter((one) => understand(one, names, { timeZone }).kind === 'refused').map(({ id }) => id));
}
