import { type ComponentProps, useId } from 'react';
import styles from './Field.module.css';

type Props = Omit<ComponentProps<'textarea'>, 'id' | 'className'> & {
  label: string;
  hint?: string | undefined;
  /** What is wrong with what stands in it. */
  problem?: string | undefined;
};

/** Room for several lines under its name; the sibling of Field. */
export function TextField({ label, hint, problem, ...textarea }: Props) {
  const id = useId();
  const notes = [problem ? `${id}-problem` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <textarea
        {...textarea}
        id={id}
        className={`field ${styles.input} ${styles.text}`}
        aria-invalid={problem ? true : undefined}
        aria-describedby={notes || undefined}
      />
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
