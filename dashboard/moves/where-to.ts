import type { Move } from '../api-moves.ts';
import { circleName } from '../talk/circle-name.ts';
import type { Words } from '../words/nl.ts';

type Heard = Pick<Move['to'], 'circle' | 'kind'>;

/** The name of the circle it goes to; for who does not see that circle, what kind it is. */
export function whereTo({ circle, kind }: Heard, { moves, talk }: Pick<Words, 'moves' | 'talk'>): string {
  if (circle) return circleName(circle, talk);
  return kind === 'closed' ? moves.aClosed : moves.anotherCircle;
}

/** Who would newly read it, in one sentence. Who is told no numbers learns whether anybody outside could be among them. */
export function whoReads({ kind, colleagues, guests }: Move['to'], { moves }: Pick<Words, 'moves'>): string {
  if (colleagues !== null && guests !== null) return moves.newReaders(colleagues, guests);
  return moves.readByKind[kind];
}

/** What somebody said to a move so far about what is theirs. `again`: they changed a word after their yes. */
export function answerOf({
  replies,
  titleOf,
}: Pick<Move, 'replies' | 'titleOf'>): 'none' | 'yes' | 'no' | 'again' | 'mixed' {
  const states = [...replies, ...(titleOf ? [titleOf] : [])]
    .filter(({ yours, state }) => yours && state !== 'stays')
    .map(({ state }) => state);
  if (states.includes('changed')) return 'again';
  if (states.length === 0 || states.includes('asks')) return 'none';
  if (states.every((state) => state === 'agreed')) return 'yes';
  return states.every((state) => state === 'refused') ? 'no' : 'mixed';
}
