import { enCommon } from './en-common.ts';
import { enFrame } from './en-frame.ts';
import { enSignIn } from './en-sign-in.ts';
import { enSources } from './en-sources.ts';
import { enStream } from './en-stream.ts';
import { enThread } from './en-thread.ts';
import type { Words } from './nl.ts';

/** Everything the dashboard says in English: the equal of the Dutch, not its translation word by word. */
export const en: Words = {
  ...enFrame,
  ...enSignIn,
  ...enStream,
  ...enThread,
  ...enSources,
  ...enCommon,
};
