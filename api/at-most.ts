import { ProblemError } from './problem.ts';

/** Lets at most so many of a kind be under way; whoever comes then is told that it is busy. */
export function atMost(most: number): <Answer>(work: () => Promise<Answer>) => Promise<Answer> {
  let underWay = 0;
  return async (work) => {
    if (underWay >= most) throw new ProblemError('busy');
    underWay += 1;
    try {
      return await work();
    } finally {
      underWay -= 1;
    }
  };
}
