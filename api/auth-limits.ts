import { createHmac } from 'node:crypto';
import type { Database } from '#storage/database.ts';
import { forgetAttempts, mayAttempt, takeBackAttempt } from '#storage/sign-in-attempts.ts';
import { createGate } from './gate.ts';
import { ProblemError } from './problem.ts';

/**
 * How often something may go wrong in a quarter of an hour (reliability A18): ten times for one account, wherever it is tried
 * from; more from one place, where many people may sit.
 */
const most = {
  /** A password for an e-mail address, whether or not it is somebody's. */
  account: 10,
  /** The present password of who changes it. */
  password: 10,
  /** The code of the log, from one place. */
  setup: 10,
  /** Passwords from one place. */
  place: 100,
  /** Links from one place. */
  link: 100,
  /** E-mail addresses with one invitation. */
  invitation: 5,
};
type What = Partial<Record<keyof typeof most, string>>;

/** Counts attempts, in the database: every process of an installation counts along. Only keyed hashes are kept. */
export type Limits = {
  /** Counts one under each; throws `too_many_attempts`, counting none, when one of them is full. */
  count: (what: What) => Promise<void>;
  /** It was right after all: it does not count. */
  takeBack: (what: What) => Promise<void>;
  /** From here on none of them counts. */
  forget: (what: What) => Promise<void>;
};

export function createLimits(db: Database, key: Buffer): Limits {
  const keys = (what: What) =>
    Object.entries(what).map(([kind, value]) => ({
      key: createHmac('sha256', key).update(`${kind} ${value}`).digest(),
      most: most[kind as keyof typeof most],
    }));
  // However many try at once, two connections of the pool are all they hold.
  const gate = createGate(2, 1_000);
  return {
    async count(what) {
      if (!(await gate(() => mayAttempt(db, keys(what))))) throw new ProblemError('too_many_attempts');
    },
    async takeBack(what) {
      for (const one of keys(what)) await takeBackAttempt(db, one.key);
    },
    async forget(what) {
      for (const one of keys(what)) await forgetAttempts(db, one.key);
    },
  };
}
