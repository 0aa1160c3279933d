import { ProblemError } from './problem.ts';

/**
 * Lets at most so many of a kind be under way; whoever comes then is told that it is busy. What `work` hands to `keep` goes on after its answer,
 * and keeps its place until it ended.
 */
export function atMost(
  most: number,
): <Answer>(work: (keep: (rest: Promise<unknown>) => void) => Promise<Answer>) => Promise<Answer> {
  let underWay = 0;
  return async (work) => {
    if (underWay >= most) throw new ProblemError('busy');
    underWay += 1;
    let rest: Promise<unknown> = Promise.resolve();
    try {
      return await work((kept) => {
        rest = kept;
      });
    } finally {
      const leave = () => {
        underWay -= 1;
      };
      void rest.then(leave, leave);
    }
  };
}
