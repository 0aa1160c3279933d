import { enAudit } from './en-audit.ts';
import { enBorder } from './en-border.ts';
import { enCircles } from './en-circles.ts';
import { enDesk } from './en-desk.ts';
import { enFigures } from './en-figures.ts';
import { enGuests } from './en-guests.ts';
import { enInbox } from './en-inbox.ts';
import { enMoves } from './en-moves.ts';
import { enPeople } from './en-people.ts';
import { enSearch } from './en-search.ts';
import { enSignIn } from './en-sign-in.ts';
import { enSources } from './en-sources.ts';
import { enTips } from './en-tips.ts';
import { enTopics } from './en-topics.ts';
import type { MoreWords } from './nl-more.ts';

/** What every other screen says in English: fetched while the first one is looked at. */
export const enMore: MoreWords = {
  ...enAudit,
  ...enBorder,
  ...enCircles,
  ...enDesk,
  ...enFigures,
  ...enGuests,
  ...enInbox,
  ...enMoves,
  ...enPeople,
  ...enSearch,
  ...enSignIn,
  ...enSources,
  ...enTips,
  ...enTopics,
};
