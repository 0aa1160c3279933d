import type { Thread } from '../api.ts';
import { useKept } from '../circles/queries.ts';
import { useMe, useRight } from '../session.ts';
import { circlesFrom } from './movable.ts';

/** The circles from which who is signed in may move a thread. */
export function useMovable(thread: Thread) {
  const { id } = useMe();
  const isColleague = useRight('colleague');
  const isDesk = useRight('desk');
  const keeps = new Set(useKept().keys());
  return isColleague ? circlesFrom(thread, { id, keeps, isDesk }) : [];
}
