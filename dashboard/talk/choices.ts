import type { Thread } from '../api.ts';
import type { Audience } from '../api-talk.ts';

/** Where one may write: the circles in which a thread is talked about already, and the others. */
export type Choices = { here: readonly Audience[]; elsewhere: readonly Audience[] };

/**
 * The circles in which a thread can be replied to. Those in which it was talked about come first, the newest talk before the rest. A
 * thread that began inside one circle goes to no other by a reply: that is a move, which asks those who wrote there.
 */
export function choicesOf(thread: Pick<Thread, 'audiences' | 'born' | 'replies'>): Choices {
  const said = [...new Set(thread.replies.map(({ circle }) => circle.id).reverse())];
  const isEveryones = thread.replies.some(({ circle }) => isEveryone(circle));
  const here = said.flatMap((id) => thread.audiences.find(({ circle }) => circle.id === id) ?? []);
  const rest = thread.audiences.filter(({ circle }) => !said.includes(circle.id));
  if (thread.born === 'inside') return { here, elsewhere: isEveryones ? rest : [] };
  const home = rest.filter(({ circle }) => isEveryone(circle));
  return { here: [...here, ...home], elsewhere: rest.filter((one) => !home.includes(one)) };
}

/**
 * Where a reply goes when nobody chose: where it is talked about, and rather where nobody from outside reads along. What goes to people
 * from outside is chosen by hand, unless there is nowhere else.
 */
export function firstChoice({ here, elsewhere }: Choices): Audience | undefined {
  const isInside = ({ outsiders }: Audience) => outsiders === 0;
  return here.find(isInside) ?? here[0] ?? elsewhere.find(isInside) ?? elsewhere[0];
}

const isEveryone = ({ kind, name }: Audience['circle']) => kind === 'internal' && name === 'everyone';
