import { RefusedError } from '../api.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './AddSource.module.css';

/** Why an address cannot be followed: what happened, why, and what to try. */
export function Refusal({ error }: { error: Error }) {
  const { add, sources } = useWords();
  if (!(error instanceof RefusedError) || error.code === null)
    return (
      <p role="alert" className={styles.problem}>
        {sources.notDone}
      </p>
    );
  const { status, reason } = error.facts;
  if (reason === 'not-found' && typeof status === 'number')
    return (
      <p role="alert" className={styles.problem}>
        {add.noPage(status)}
      </p>
    );
  return (
    <div role="alert" className={styles.problem}>
      <p>
        <strong>{error.message}</strong>
      </p>
      <p>
        {error.detail} {typeof status === 'number' && add.statusCode(status)} {reason === 'invalid-url' && add.likeThis}
      </p>
    </div>
  );
}
