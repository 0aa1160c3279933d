import { nlDesk } from './nl-desk.ts';
import { nlFigures } from './nl-figures.ts';
import { nlPeople } from './nl-people.ts';
import { nlSearch } from './nl-search.ts';
import { nlSignIn } from './nl-sign-in.ts';
import { nlSources } from './nl-sources.ts';
import { nlTips } from './nl-tips.ts';
import { nlTopics } from './nl-topics.ts';

/** What every other screen says in Dutch: fetched while the first one is looked at. */
export const nlMore = {
  ...nlDesk,
  ...nlFigures,
  ...nlPeople,
  ...nlSearch,
  ...nlSignIn,
  ...nlSources,
  ...nlTips,
  ...nlTopics,
};

export type MoreWords = typeof nlMore;
