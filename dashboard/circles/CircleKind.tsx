import type { CircleKind as Kind } from '../api-circles.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './CircleKind.module.css';

/** What kind of circle it is and who reads it, with a lock where others do not know that it is there. */
export function CircleKind({ kind }: { kind: Kind }) {
  const { circles } = useWords();
  return (
    <span className={styles.kind}>
      {kind === 'closed' && (
        <svg className={styles.lock} width="12" height="14" viewBox="0 0 12 14" aria-hidden="true">
          <path d="M1.75 6.25h8.5v6.5h-8.5zM3.75 6V3.500a2.25 2.25 0 0 1 4.500 0V6" />
        </svg>
      )}
      {circles.kinds[kind]}: {circles.kindWho[kind]}
    </span>
  );
}
