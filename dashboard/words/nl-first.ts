import { nlBrief } from './nl-brief.ts';
import { nlCommon } from './nl-common.ts';
import { nlFrame } from './nl-frame.ts';
import { nlStream } from './nl-stream.ts';
import { nlTalk } from './nl-talk.ts';
import { nlThread } from './nl-thread.ts';

/** What the first screen says in Dutch, the reading of a thread with it: all that is fetched before anything is drawn. */
export const nlFirst = {
  ...nlBrief,
  ...nlCommon,
  ...nlFrame,
  ...nlStream,
  ...nlTalk,
  ...nlThread,
};

/** The words that are always there. The same keys in every language; what takes a value takes the same. */
export type FirstWords = typeof nlFirst;
