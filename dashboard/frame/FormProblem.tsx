import { useEffect, useRef } from 'react';
import { RefusedError } from '../api.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './FormProblem.module.css';

/**
 * Why what was sent was not accepted, in the server's words. Focus goes to the first field that is wrong or, when none is
 * named, to the sentence itself; what was typed stays.
 */
export function FormProblem({ error }: { error: Error | null }) {
  const { signIn } = useWords();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!error) return;
    const wrong = ref.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid]');
    (wrong ?? ref.current)?.focus();
  }, [error]);
  if (!error) return null;
  const isRefused = error instanceof RefusedError && error.code !== null;
  // The parts that are wrong say so themselves.
  const isTold = isRefused && error.code === 'invalid_request' && error.errors.length > 0;
  return (
    <div ref={ref} className={styles.problem} role="alert" tabIndex={-1}>
      <p className={styles.title}>{isTold ? signIn.incomplete : isRefused ? error.message : signIn.failed}</p>
      {!isTold && <p>{isRefused ? error.detail : signIn.unreachable}</p>}
    </div>
  );
}

/** What the server said is wrong with each part of a form, by its name. */
export function problemsOf(error: Error | null): Record<string, string> {
  if (!(error instanceof RefusedError)) return {};
  return Object.fromEntries(error.errors.map(({ path, message }) => [path, message]));
}
