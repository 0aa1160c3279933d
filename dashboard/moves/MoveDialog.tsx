import { useState } from 'react';
import type { Thread } from '../api.ts';
import { Dialog } from '../frame/Dialog.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { Select } from '../frame/Select.tsx';
import { circleName } from '../talk/circle-name.ts';
import { useWords } from '../words/Worded.tsx';
import { MoveAsk } from './MoveAsk.tsx';
import { MoveState } from './MoveState.tsx';
import styles from './Moves.module.css';
import { circlesTo } from './movable.ts';
import { useMovable } from './movable-here.ts';
import { useMoves } from './queries.ts';

/** Moves a thread to another circle: which, what that does, and once it was asked how it stands. */
export function MoveDialog(props: { thread: Thread; onClose: () => void; onNotice: (notice: Notice) => void }) {
  const { thread, onClose, onNotice } = props;
  const { moves: say, talk } = useWords();
  const moves = useMoves(thread.id);
  const froms = useMovable(thread);
  const [chosenFrom, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState('');
  const from = chosenFrom ?? froms[0]?.id ?? '';
  const tos = circlesTo(thread, from);
  const where = from !== '' && tos.some(({ id }) => id === to) ? { from, to } : null;
  const asked = moves.find(
    (move) => where && move.mayCancel && move.from.id === where.from && move.to.circle?.id === where.to,
  );
  const options = (of: typeof froms) => of.map((circle) => [circle.id, circleName(circle, talk)] as const);
  return (
    <Dialog title={say.open} onClose={onClose}>
      <div className={styles.form}>
        {froms.length > 1 && (
          <Select
            label={say.from}
            options={options(froms)}
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        )}
        {tos.length === 0 ? (
          <p>{say.nobodyElse}</p>
        ) : (
          <Select
            label={say.to}
            options={[['', say.choose], ...options(tos)]}
            value={where ? to : ''}
            onChange={(event) => setTo(event.target.value)}
          />
        )}
        {asked && <MoveState move={asked} onClose={onClose} onNotice={onNotice} />}
        {where && !asked && <MoveAsk key={`${from} ${to}`} threadId={thread.id} where={where} onNotice={onNotice} />}
      </div>
    </Dialog>
  );
}
