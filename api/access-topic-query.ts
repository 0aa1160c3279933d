import type { Plain } from '#search/plain.ts';
import type { ProblemCode } from '#search/query/query.ts';
import { type StandingQuestion, standingNames, understand } from '#search/standing-question.ts';
import { sourceNames } from '#storage/source-list.ts';
import { readQuestions } from '#storage/topics.ts';
import type { Deps } from './env.ts';
import type { Language } from './language.ts';
import { ProblemError, type ProblemExtras } from './problem.ts';
import { tellProblems } from './query-problems.ts';
import { similar } from './similar.ts';

/** `db` may be a transaction. */
type Asking = Pick<Deps, 'db' | 'timeZone'>;

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
export async function standingQuestion(deps: Asking, question: StandingQuestion): Promise<Plain> {
  const read = await readStanding(deps, question);
  if (read.kind === 'plain') return read.plain;
  throw refusal(read.again);
}

/** Refuses what a topic asks as it stands now, in the transaction that stored it. `only` such problems, where the rest may be as it is. */
export async function refuseUnaskable(deps: Asking, topicId: number, only?: ProblemCode): Promise<void> {
  const question = (await readQuestions(deps.db, 'all')).find(({ id }) => id === topicId);
  const read = question && (await readStanding(deps, question));
  if (read?.kind === 'refused' && (!only || read.problems.some(({ code }) => code === only))) throw refusal(read.again);
}

async function readStanding({ db, timeZone }: Asking, question: StandingQuestion) {
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
  const again = (language: Language) => {
    const inWords = understand(question, names, { timeZone, language });
    return inWords.kind === 'refused' ? tellProblems(inWords.problems, language) : [];
  };
  return { ...understand(question, names, { timeZone }), again };
}

const refusal = (query: NonNullable<ProblemExtras['query']>) => new ProblemError('query_refused', { query });

/** Topics whose present version cannot be asked any more: what they name is gone, or is called something else. */
export async function brokenTopics({ db, timeZone }: Pick<Deps, 'db' | 'timeZone'>): Promise<Set<number>> {
  const [sources, topics] = await Promise.all([sourceNames(db), readQuestions(db, 'all')]);
  const names = standingNames(sources, topics);
  return new Set(topics.filter((one) => understand(one, names, { timeZone }).kind === 'refused').map(({ id }) => id));
}
