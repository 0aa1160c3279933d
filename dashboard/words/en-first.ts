import { enBrief } from './en-brief.ts';
import { enCommon } from './en-common.ts';
import { enFrame } from './en-frame.ts';
import { enStream } from './en-stream.ts';
import { enTalk } from './en-talk.ts';
import { enThread } from './en-thread.ts';
import type { FirstWords } from './nl-first.ts';

/** What the first screen says in English, the reading of a thread with it: all that is fetched before anything is drawn. */
export const enFirst: FirstWords = {
  ...enBrief,
  ...enCommon,
  ...enFrame,
  ...enStream,
  ...enTalk,
  ...enThread,
};
