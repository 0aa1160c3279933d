import { count } from './en-counts.ts';
import type { nlBorder } from './nl-border.ts';

const colleagues = (n: number) => (n === 1 ? '1 colleague' : `${count.format(n)} colleagues`);
const guests = (n: number) => (n === 1 ? '1 guest' : `${count.format(n)} guests`);

/** Who will hear what one writes, where it is placed, and why it was not. */
export const enBorder: typeof nlBorder = {
  border: {
    everyone: (n) => `all ${colleagues(n)}`,
    people: (circle, n) => `${circle}: ${colleagues(n)}`,
    withGuests: (circle, n, outsiders) => `${circle}: ${colleagues(n)}, ${guests(outsiders)}`,
    toGuest: 'the hosts, members and guests of this circle',
    notPublic: 'not public',
    public: 'public',
    outside: (n) =>
      n === 1 ? '1 guest from outside reads along.' : `${count.format(n)} guests from outside read along.`,
    readAlong: (n, outsiders) => `${colleagues(n)} and ${guests(outsiders)} read along`,
    where: 'Circle in which you post this',
    here: 'Where this is talked about',
    elsewhere: 'Talk about it in another circle too',
    choose: 'Choose a circle',
    closed: 'closed',
    guests,
    placeIn: (circle) => `Post in ${circle}`,
    beginIn: (circle) => `Begin in ${circle}`,
    place: 'Post',
    chooseFirst:
      'The circle you wrote this for is no longer among yours. Choose where to post it; your text is still here.',
    changed: (people) =>
      `While you were writing, who reads along changed. Now it is ${people}. Your text is still here; nobody has seen it.`,
    placeAnyway: (people) => `Post to ${people}`,
    refused: {
      frame: 'Not posted yet: read the frame of this circle first',
      frameLabel: 'Frame of this circle',
      frameNew: 'This is what the talk here is about.',
      frameChanged: 'The frame changed since you read it:',
      frameRead: 'I have read it, post my reply',
      frameFailed: 'The frame could not be loaded.',
      muted: 'Not posted yet: you cannot write in this circle for now',
      mutedDo: 'A host set it so. The reason is in your inbox; feel free to ask how to go on.',
      closed: 'Not posted yet: this conversation is closed',
      closedDo: 'A host closed it in this circle. Ask whether it may be opened again.',
      ended: 'Not posted yet: this circle has ended',
      endedDo: 'It can still be read. Ask a host whether the circle may be opened again.',
      notWritable: 'Not posted yet: you can read here, not write',
      notWritableDo: 'Ask a host if you want to say something.',
      otherCircle: 'You can also choose another circle.',
    },
    movedHere: (name) => `${name} moved this conversation here.`,
    movedOn: (name) => `${name} moved part of this conversation to another circle.`,
    whoSees: 'Who sees this?',
    whoSeesWhy: 'In each circle people read only what was said there, and what stands outside.',
    isPinned: 'pinned',
    isClosed: 'closed',
    guest: 'guest',
    hidden: 'Hidden by a host.',
    hiddenWhy: (reason) => `Hidden by a host. Others do not read this. The reason: ${reason}`,
    claims: 'Invited as the writer of a message above; not confirmed yet.',
    wrote: (by) => `Wrote a message above, confirmed by ${by}.`,
    wroteIt: 'Wrote a message above, confirmed.',
  },
};
