import type { nlBrief } from './nl-brief.ts';

/** In a few words what the desk does about a thread, wherever the thread is listed. */
export const enBrief: typeof nlBrief = {
  brief: {
    taking: (name) => `${name} has taken this`,
    takingYou: 'You have taken this',
    isOpen: 'With nobody yet',
    isAnswered: 'Answered',
    isUnanswered: 'No answer',
    tip: 'tip by a colleague',
  },
};
