import { enFirst } from './en-first.ts';
import { enMore } from './en-more.ts';
import type { Words } from './nl.ts';

/** Everything the dashboard says in English: the equal of the Dutch, not its translation word by word. */
export const en: Words = { ...enFirst, ...enMore };
