import { enCommon } from './en-common.ts';
import { enDesk } from './en-desk.ts';
import { enFigures } from './en-figures.ts';
import { enFrame } from './en-frame.ts';
import { enPeople } from './en-people.ts';
import { enSearch } from './en-search.ts';
import { enSignIn } from './en-sign-in.ts';
import { enSources } from './en-sources.ts';
import { enStream } from './en-stream.ts';
import { enTalk } from './en-talk.ts';
import { enThread } from './en-thread.ts';
import { enTips } from './en-tips.ts';
import { enTopics } from './en-topics.ts';
import type { Words } from './nl.ts';

/** Everything the dashboard says in English: the equal of the Dutch, not its translation word by word. */
export const en: Words = {
  ...enFrame,
  ...enSignIn,
  ...enPeople,
  ...enTips,
  ...enStream,
  ...enDesk,
  ...enTalk,
  ...enThread,
  ...enFigures,
  ...enSources,
  ...enSearch,
  ...enTopics,
  ...enCommon,
};
