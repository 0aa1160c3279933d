/** In a few words what the desk does about a thread, wherever the thread is listed. */
export const nlBrief = {
  brief: {
    taking: (name: string) => `${name} pakt dit op`,
    takingYou: 'Jij pakt dit op',
    isOpen: 'Nog van niemand',
    isAnswered: 'Beantwoord',
    isUnanswered: 'Geen antwoord',
    tip: 'tip van een collega',
  },
};
