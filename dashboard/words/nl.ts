import { nlFirst } from './nl-first.ts';
import { nlMore } from './nl-more.ts';

/** Everything the dashboard says in Dutch: plain words (B1), whole sentences with a full stop, buttons a verb with its object. */
export const nl = { ...nlFirst, ...nlMore };

/** The same keys in every language; what takes a value takes the same. */
export type Words = typeof nl;
