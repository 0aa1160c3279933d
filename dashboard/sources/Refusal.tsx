import { RefusedError } from '../api.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './AddSource.module.css';

/** Why an address cannot be followed: what happened, why, and that the address is kept. */
export function Refusal({ error }: { error: Error }) {
  const { add, sources } = useWords();
  if (!(error instanceof RefusedError) || error.code === null)
    return (
      <p role="alert" className={styles.problem}>
        {sources.notDone} {add.kept}
      </p>
    );
  const { status } = error.facts;
  return (
    <div role="alert" className={styles.problem}>
      <p>
        <strong>{error.message}</strong>
      </p>
      <p>
        {error.detail} {typeof status === 'number' && add.statusCode(status)} {add.kept}
      </p>
    </div>
  );
}
