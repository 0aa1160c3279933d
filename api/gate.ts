import { ProblemError } from './problem.ts';

/** Does some work, as soon as there is room for it. */
export type Gate = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Lets so many through at a time, in the order they came; refuses with `busy` when too many wait already. */
export function createGate(width: number, mostWaiting: number): Gate {
  let free = width;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else if (waiting.length >= mostWaiting) throw new ProblemError('busy');
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
