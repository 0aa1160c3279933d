import { nlCommon } from './nl-common.ts';
import { nlDesk } from './nl-desk.ts';
import { nlFigures } from './nl-figures.ts';
import { nlFrame } from './nl-frame.ts';
import { nlPeople } from './nl-people.ts';
import { nlSearch } from './nl-search.ts';
import { nlSignIn } from './nl-sign-in.ts';
import { nlSources } from './nl-sources.ts';
import { nlStream } from './nl-stream.ts';
import { nlTalk } from './nl-talk.ts';
import { nlThread } from './nl-thread.ts';
import { nlTips } from './nl-tips.ts';
import { nlTopics } from './nl-topics.ts';

/** Everything the dashboard says in Dutch: plain words (B1), whole sentences with a full stop, buttons a verb with its object. */
export const nl = {
  ...nlFrame,
  ...nlSignIn,
  ...nlPeople,
  ...nlTips,
  ...nlStream,
  ...nlDesk,
  ...nlTalk,
  ...nlThread,
  ...nlFigures,
  ...nlSources,
  ...nlSearch,
  ...nlTopics,
  ...nlCommon,
};

/** The same keys in every language; what takes a value takes the same. */
export type Words = typeof nl;
