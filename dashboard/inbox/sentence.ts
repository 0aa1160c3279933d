import type { InboxItem } from '../api-inbox.ts';
import { circleName } from '../talk/circle-name.ts';
import type { Words } from '../words/nl.ts';

/** What happened, in one sentence. A kind that this version does not know is still news about its circle. */
export function sentenceOf({ kind, person, circle, detail }: InboxItem, { inbox, talk }: Words): string {
  const { says } = inbox;
  const who = person?.name ?? inbox.somebody;
  const isEveryones = circle?.kind === 'internal' && circle.name === 'everyone';
  const where = isEveryones ? inbox.everyone : circle ? circleName(circle, talk) : inbox.aCircle;
  switch (kind) {
    case 'mention':
      return says.mention(who, where);
    case 'news':
      return person ? says.news(who, where) : says.newsOf(where);
    case 'added':
      return detail.role === 'host' || detail.role === 'deputy'
        ? says[detail.role](who, where)
        : says.added(who, where);
    case 'role':
      return says[detail.role === 'host' || detail.role === 'deputy' ? detail.role : 'member'](who, where);
    case 'handed-over':
      return says.handedOver(who, where);
    case 'access-taken':
      return person ? says.accessTaken(who, where) : says.accessTakenBySomebody(where);
    case 'frame-changed':
      return says.frameChanged(who, where);
    case 'muted':
      return says.muted(who, where);
    case 'unmuted':
      return says.unmuted(where);
    case 'hidden':
      return says.hidden(where);
    case 'shown':
      return says.shown(where);
    case 'guest-came':
      return says.guestCame(who, where);
    case 'archived':
      return says.archived(who, where);
    case 'reopened':
      return says.reopened(who, where);
    case 'move-asks':
      return says.moveAsks(who, where);
    case 'move-answered':
      return says.moveAnswered(where);
    case 'moved':
      return says.moved(who, where);
    default:
      return says.other(where);
  }
}
