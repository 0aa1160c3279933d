import type { Move } from '../api-moves.ts';
import { Dialog } from '../frame/Dialog.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useWords } from '../words/Worded.tsx';
import { MoveState } from './MoveState.tsx';

/** A move that was asked for: who answered what, and the way to carry it out or to give it up. */
export function MoveUnderWay(props: { move: Move; onClose: () => void; onNotice: (notice: Notice) => void }) {
  const { moves: say } = useWords();
  return (
    <Dialog title={say.open} onClose={props.onClose}>
      <MoveState {...props} />
    </Dialog>
  );
}
