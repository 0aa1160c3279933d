import { lazy, Suspense, useState } from 'react';
import type { Move } from '../api-moves.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useMe } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './Moves.module.css';
import { useMoves } from './queries.ts';
import { whereTo } from './where-to.ts';

const AskedMove = lazy(async () => ({ default: (await import('./AskedMove.tsx')).AskedMove }));
const MoveUnderWay = lazy(async () => ({ default: (await import('./MoveUnderWay.tsx')).MoveUnderWay }));

/** Moves of a thread under way, under its title: what is asked of the reader, and what they asked or keep an eye on. */
export function MoveBars({ threadId, onNotice }: { threadId: string; onNotice: (notice: Notice) => void }) {
  const words = useWords();
  const { moves: say } = words;
  const me = useMe();
  const moves = useMoves(threadId);
  const [looked, setLooked] = useState<string | null>(null);
  // Who is asked reads above it where it would go.
  const underWay = ({ person, to }: Move) =>
    person.id === me.id ? say.yoursUnderWay(whereTo(to, words)) : say.underWay(person.name, whereTo(to, words));
  const lookedAt = moves.find(({ id }) => id === looked);
  return (
    <Suspense fallback={null}>
      {moves.map((move) => (
        <div key={move.id}>
          {move.mayAnswer && <AskedMove move={move} onNotice={onNotice} />}
          {move.mayCancel && (
            <div className={`${styles.bar} ${styles.line}`}>
              <p dir="auto">
                {!move.mayAnswer && underWay(move)} {say.waiting(move.waiting ?? 0)}
              </p>
              <button type="button" className="button" onClick={() => setLooked(move.id)}>
                {say.look}
              </button>
            </div>
          )}
        </div>
      ))}
      {lookedAt && <MoveUnderWay move={lookedAt} onClose={() => setLooked(null)} onNotice={onNotice} />}
    </Suspense>
  );
}
