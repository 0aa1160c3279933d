import type { z } from '@hono/zod-openapi';
import type { Problem } from '#search/query/query.ts';
import { sentenceOf } from '#search/query/sentences.ts';
import type { Language } from './language.ts';
import type { QueryProblem } from './problem.ts';

/** What makes a question impossible to ask, for who asked it. */
export function tellProblems(problems: readonly Problem[], language: Language): z.infer<typeof QueryProblem>[] {
  return problems
    .filter(({ severity }) => severity === 'error')
    .map((problem) => {
      const { code, from, to, expected } = problem;
      return { code, from, to, expected, message: sentenceOf(problem, language) };
    });
}
