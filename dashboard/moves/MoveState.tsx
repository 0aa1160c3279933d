import { useEffect, useRef } from 'react';
import { applyMove, cancelMove, type Move } from '../api-moves.ts';
import { FormProblem } from '../frame/FormProblem.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { circleName } from '../talk/circle-name.ts';
import { useWords } from '../words/Worded.tsx';
import { MoveParts } from './MoveParts.tsx';
import styles from './Moves.module.css';
import { useMoveAct } from './queries.ts';
import { whereTo, whoReads } from './where-to.ts';

/** How a move stands that waits: each part with its answer, who reads there now, and what can be done. */
export function MoveState(props: { move: Move; onClose: () => void; onNotice: (notice: Notice) => void }) {
  const { move, onClose, onNotice } = props;
  const words = useWords();
  const { moves: say } = words;
  const end = (notice: Notice) => {
    onClose();
    onNotice(notice);
  };
  const to = whereTo(move.to, words);
  const whole = useRef<HTMLDivElement>(null);
  // The button that asked for the move is gone from the dialog: its focus comes here.
  useEffect(() => {
    if (document.activeElement === document.body) whole.current?.focus();
  }, []);
  const act = useMoveAct(
    move.threadId,
    async (does: 'apply' | 'cancel') => {
      if (does === 'apply') await applyMove(move.id, move.to.audience);
      else await cancelMove(move.id);
      end({ says: does === 'apply' ? say.done(to) : say.cancelled });
    },
    end,
  );
  return (
    <div ref={whole} tabIndex={-1} className={styles.form}>
      <p dir="auto">
        {say.way(circleName(move.from, words.talk), to)} {whoReads(move.to, words)}
      </p>
      <p role="status">
        <strong>{say.waiting(move.waiting ?? 0)}</strong> {say.staysWhy}
      </p>
      <MoveParts titleOf={move.titleOf} replies={move.replies} says={say.now} />
      <FormProblem error={act.error} />
      <p className={styles.buttons}>
        {move.mayApply && (
          <button type="button" className="button primary" disabled={act.isPending} onClick={() => act.mutate('apply')}>
            {say.apply}
          </button>
        )}
        {move.mayCancel && (
          <button type="button" className="button" disabled={act.isPending} onClick={() => act.mutate('cancel')}>
            {say.cancelMove}
          </button>
        )}
      </p>
    </div>
  );
}
