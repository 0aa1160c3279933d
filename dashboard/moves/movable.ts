import type { Thread } from '../api.ts';
import type { Audience } from '../api-talk.ts';

type Circle = Audience['circle'];

/** Who looks: what they keep by id, and whether they have the right to answer for the outside. */
export type Mover = { id: string; keeps: ReadonlySet<string>; isDesk: boolean };

/**
 * The circles from which somebody may move what was said of a thread: those they keep, all of them when they began it, and with the right
 * `desk` those that have no hosts. The server decides (docs/security-model.md).
 */
export function circlesFrom(
  { replies, audiences, starter }: Pick<Thread, 'replies' | 'audiences' | 'starter'>,
  { id, keeps, isDesk }: Mover,
): Circle[] {
  const said = new Set(replies.map(({ circle }) => circle.id));
  return audiences
    .map(({ circle }) => circle)
    .filter((circle) => said.has(circle.id))
    .filter((circle) => starter?.id === id || keeps.has(circle.id) || (isDesk && isHostless(circle)));
}

/** The circles to which it could go: where the reader writes, the one it leaves excepted. */
export function circlesTo({ audiences }: Pick<Thread, 'audiences'>, from: string): Circle[] {
  return audiences.map(({ circle }) => circle).filter(({ id, kind }) => id !== from && kind !== 'outside');
}

const isHostless = ({ kind, name }: Circle) => kind === 'desk' || (kind === 'internal' && name === 'everyone');
