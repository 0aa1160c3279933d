import { count } from './en-counts.ts';
import type { nlInbox } from './nl-inbox.ts';

/** What there is for you, and how much you want to hear. */
export const enInbox: typeof nlInbox = {
  inbox: {
    title: 'Inbox',
    sum: (n) =>
      n === 0
        ? 'You have read everything.'
        : n === 1
          ? 'There is 1 thing you have not read.'
          : n > 99
            ? 'There are more than 99 things you have not read.'
            : `There are ${count.format(n)} things you have not read.`,
    list: 'What there is for you',
    which: 'What you see',
    all: 'Everything',
    unreadOnly: 'Unread',
    unread: 'unread',
    empty: 'What is for you comes here',
    emptyWhy:
      'Somebody names you, something happens in a conversation you follow, or something changes in a circle. There is nothing now.',
    emptyUnread: 'You have read everything',
    emptyUnreadWhy: 'What you have read stands under Everything.',
    showAll: 'Show everything',
    failed: 'Your inbox could not be loaded',
    older: 'Show older',
    markAll: 'Mark everything as read',
    markedAll: 'Everything is marked as read.',
    mark: 'Read',
    markOf: (what) => `Mark as read: ${what}`,
    marked: 'This is marked as read.',
    unmarked: 'It is unread again.',
    notMarked: 'That did not work. Try again.',
    noTitle: 'a conversation without a title',
    aCircle: 'a circle',
    everyone: 'the circle of all colleagues',
    somebody: 'Somebody',
    reason: (reason) => `The reason: ${reason}`,
    lastDay: (day) => `Welcome up to and including ${day}.`,
    says: {
      mention: (who, circle) => `${who} named you in ${circle}`,
      news: (who, circle) => `${who} wrote last in ${circle}`,
      newsOf: (circle) => `There is something new in ${circle}`,
      added: (who, circle) => `${who} put you in the circle ${circle}`,
      host: (who, circle) => `${who} made you a host of ${circle}`,
      deputy: (who, circle) => `${who} made you a deputy in ${circle}`,
      member: (who, circle) => `${who} made you a member of ${circle}`,
      handedOver: (who, circle) => `${who} handed ${circle} over to you`,
      accessTaken: (who, circle) => `${who} took access to ${circle} as an administrator`,
      accessTakenBySomebody: (circle) => `An administrator took access to ${circle}`,
      frameChanged: (who, circle) => `${who} changed the frame of ${circle}`,
      muted: (who, circle) => `You cannot write in ${circle} for now; ${who} decided that`,
      unmuted: (circle) => `You can write in ${circle} again`,
      hidden: (circle) => `A reply of yours in ${circle} was hidden`,
      shown: (circle) => `A reply of yours in ${circle} can be seen again`,
      guestCame: (who, circle) => `${who} came in as a guest in ${circle}`,
      archived: (who, circle) => `${who} ended the circle ${circle}`,
      reopened: (who, circle) => `${who} opened the circle ${circle} again`,
      moveAsks: (who, circle) => `${who} wants to move a conversation out of ${circle}, with your words`,
      moveAnswered: (circle) => `Everybody answered about the conversation you want to move out of ${circle}`,
      moved: (who, circle) => `${who} moved a conversation with your words to ${circle}`,
      other: (circle) => `News about ${circle}`,
    },
  },
  levels: {
    title: 'What do you want to hear?',
    open: 'What do you want to hear?',
    why: 'This is about your inbox. Everything stays in the stream.',
    of: (circle) => `What do you want to hear from ${circle}?`,
    ofThread: (circle) => `About this conversation in ${circle}`,
    usual: 'Usual: named or followed',
    asCircle: 'As for the whole circle',
    all: 'Everything',
    mentions: 'Only when somebody names me',
    nothing: 'Nothing',
    saved: 'Saved.',
    notSaved: 'This was not saved. Try again.',
  },
};
