import type { z } from '@hono/zod-openapi';
import type { Problem } from '#search/query/query.ts';
import type { Language } from './language.ts';
import type { QueryProblem } from './problem.ts';

/** What is wrong with a question, for who asked it. */
export function tellProblems(problems: readonly Problem[], _language: Language): z.infer<typeof QueryProblem>[] {
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ code, from, to, expected }) => ({ code, from, to, expected, message: code }));
}
