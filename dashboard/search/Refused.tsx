import type { RefusedError } from '../api.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './Refused.module.css';

/** Why a question cannot be asked, with the place marked in it. */
export function Refused({ q, problems }: { q: string; problems: RefusedError['query'] }) {
  const { search } = useWords();
  return (
    <div className={styles.refused} role="alert">
      <h2 className={styles.title}>{search.refused}</h2>
      <ul>
        {problems.map(({ code, from, to, message }) => (
          <li key={`${code} ${from}`}>
            <p>{message}</p>
            <p className={styles.query} aria-hidden="true">
              {q.slice(Math.max(0, from - 60), from)}
              <mark className={styles.here}>{q.slice(from, Math.max(to, from + 1)) || ' '}</mark>
              {q.slice(Math.max(to, from + 1), to + 60)}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
