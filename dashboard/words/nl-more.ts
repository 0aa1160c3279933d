import { nlAudit } from './nl-audit.ts';
import { nlBorder } from './nl-border.ts';
import { nlCircles } from './nl-circles.ts';
import { nlDesk } from './nl-desk.ts';
import { nlFigures } from './nl-figures.ts';
import { nlGuests } from './nl-guests.ts';
import { nlInbox } from './nl-inbox.ts';
import { nlMoves } from './nl-moves.ts';
import { nlPeople } from './nl-people.ts';
import { nlSearch } from './nl-search.ts';
import { nlSignIn } from './nl-sign-in.ts';
import { nlSources } from './nl-sources.ts';
import { nlTips } from './nl-tips.ts';
import { nlTopics } from './nl-topics.ts';

/** What every other screen says in Dutch: fetched while the first one is looked at. */
export const nlMore = {
  ...nlAudit,
  ...nlBorder,
  ...nlCircles,
  ...nlDesk,
  ...nlFigures,
  ...nlGuests,
  ...nlInbox,
  ...nlMoves,
  ...nlPeople,
  ...nlSearch,
  ...nlSignIn,
  ...nlSources,
  ...nlTips,
  ...nlTopics,
};

export type MoreWords = typeof nlMore;
