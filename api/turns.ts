import { createGate, type Gate } from './gate.ts';

/** Does some work as soon as this asker has room for it. */
export type Turns = <Result>(asker: string, work: () => Promise<Result>) => Promise<Result>;

/** A gate (gate.ts) for each asker: whoever asks much waits for themselves, and nobody for them. */
export function createTurns(width: number, mostWaiting: number): Turns {
  const open = new Map<string, { gate: Gate; underWay: number }>();
  return async (asker, work) => {
    const own = open.get(asker) ?? { gate: createGate(width, mostWaiting), underWay: 0 };
    open.set(asker, own);
    own.underWay += 1;
    try {
      return await own.gate(work);
    } finally {
      own.underWay -= 1;
      if (own.underWay === 0) open.delete(asker);
    }
  };
}
