import { count } from './en-counts.ts';
import type { nlMoves } from './nl-moves.ts';

const colleagues = (n: number) => (n === 1 ? '1 colleague' : `${count.format(n)} colleagues`);
const guests = (n: number) => (n === 1 ? '1 guest from outside' : `${count.format(n)} guests from outside`);
const replies = (n: number) => (n === 1 ? '1 reply' : `${count.format(n)} replies`);
const people = (c: number, g: number) => {
  if (g === 0) return colleagues(c);
  return c === 0 ? guests(g) : `${colleagues(c)} and ${guests(g)}`;
};

/** Moving a conversation from one circle to another. */
export const enMoves: typeof nlMoves = {
  moves: {
    open: 'Move to another circle',
    aClosed: 'a closed circle',
    anotherCircle: 'another circle',
    from: 'From',
    to: 'To',
    choose: 'Choose a circle',
    looking: 'Looking what changes …',
    nobodyElse: 'There is no other circle in which you write.',
    newReaders: (c, g) => `New readers: ${people(c, g)}.`,
    named: (names, more) => (more > 0 ? `${names} and ${count.format(more)} more` : names),
    nobodyNew: 'Nobody newly reads along, so nobody needs to agree.',
    lostReaders: (c, g) => `${people(c, g)} of this circle will not read along there.`,
    whatGoes: 'What was said',
    moreReplies: (n) => `And ${replies(n)} more.`,
    title: (name) => `The title, by ${name}`,
    kept: 'Hidden or withdrawn',
    before: {
      own: 'yours, goes along',
      asks: 'is asked first',
      goes: 'goes along',
      agreed: 'goes along',
      refused: 'stays here',
      changed: 'stays here',
      stays: 'stays here',
    },
    now: {
      own: 'goes along',
      asks: 'no answer yet',
      goes: 'goes along',
      agreed: 'may go along',
      refused: 'stays here',
      changed: 'stays here: changed after the answer',
      stays: 'stays here',
    },
    asked: 'Who is asked first',
    askedFor: (name, n, title) => {
      if (n === 0) return `${name}: the title`;
      return `${name}: ${replies(n)}${title ? ' and the title' : ''}`;
    },
    nothingYet: 'Nothing moves yet. You do that yourself, once the answers are there.',
    ask: (n) => (n === 1 ? 'Ask 1 person' : `Ask ${count.format(n)} people`),
    prepare: 'Prepare the move',
    way: (from, to) => `From ${from} to ${to}.`,
    waiting: (n) =>
      n === 0
        ? 'Everybody has answered.'
        : `${n === 1 ? '1 person has' : `${count.format(n)} people have`} not answered yet.`,
    staysWhy: 'The words of who did not say yes stay where they are.',
    apply: 'Move what may go along',
    cancelMove: 'Take the question back',
    cancelled: 'Taken back. Nothing was moved.',
    done: (to) => `Moved to ${to}. What may not go along is where it was.`,
    underWay: (name, to) => `${name} asks to move this conversation to ${to}.`,
    yoursUnderWay: (to) => `You asked to move this conversation to ${to}.`,
    look: 'See the answers',
    asksYou: (name, from, to) => `${name} wants to move this conversation from ${from} to ${to}.`,
    readByKind: {
      outside: 'All colleagues read there.',
      desk: 'The team that answers the outside reads there.',
      internal: 'All colleagues read there.',
      closed: 'The members and guests of that circle read there.',
      public: 'Everybody who signs in reads there.',
    },
    notYou: 'You do not read along there.',
    yours: (n) => (n === 1 ? 'You wrote this:' : 'These words are yours:'),
    yourTitle: 'The title of the conversation',
    yes: 'They may go along',
    no: 'Leave them here',
    said: {
      none: 'Without your answer they stay here.',
      yes: 'You said: they may go along. You can change your mind until the conversation is moved.',
      no: 'You said: leave them here. You can change your mind until the conversation is moved.',
      again: 'You changed your words after your answer. They stay here, unless you agree again.',
      mixed: 'Some may go along, some stay here. You can change your mind until the conversation is moved.',
    },
  },
};
