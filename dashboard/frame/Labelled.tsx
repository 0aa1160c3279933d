import { type ReactNode, useId } from 'react';
import styles from './Field.module.css';

export type Told = {
  label: string;
  hint?: string | undefined;
  /** What is wrong with what stands in it. */
  problem?: string | undefined;
};

/** What one fills in under its name, with what helps to do that and what is wrong with it. `children` draws it with what ties it to these. */
export function Labelled(
  props: Told & {
    children: (its: {
      id: string;
      className: string;
      'aria-invalid': true | undefined;
      'aria-describedby': string | undefined;
    }) => ReactNode;
  },
) {
  const { label, hint, problem, children } = props;
  const id = useId();
  const notes = [problem ? `${id}-problem` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        className: `field ${styles.input}`,
        'aria-invalid': problem ? true : undefined,
        'aria-describedby': notes || undefined,
      })}
      {problem && (
        <p id={`${id}-problem`} className={styles.problem}>
          {problem}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
