import { type ComponentProps, useId } from 'react';
import styles from './Field.module.css';

type Props = Omit<ComponentProps<'select'>, 'id' | 'className'> & {
  label: string;
  options: readonly (readonly [string, string])[];
  hint?: string | undefined;
  /** What is wrong with what was chosen. */
  problem?: string | undefined;
};

/** A choice out of many under its name; the sibling of Field. */
export function Select({ label, options, hint, problem, ...select }: Props) {
  const id = useId();
  const notes = [problem ? `${id}-problem` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <select
        {...select}
        id={id}
        className={`field ${styles.input}`}
        aria-invalid={problem ? true : undefined}
        aria-describedby={notes || undefined}
      >
        {options.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
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
