import { type ReactNode, useId } from 'react';
import styles from './Choice.module.css';

/** A few words of which one holds: the segmented control. Radio buttons underneath, so arrows walk it. */
export function Choice<T extends string>({
  label,
  isLabelled = true,
  options,
  value,
  onChoose,
  className = '',
}: {
  label: string;
  /** False: the label is there for those who cannot see what stands around it. */
  isLabelled?: boolean;
  options: readonly { value: T; label: ReactNode; lang?: string }[];
  value: T;
  onChoose: (value: T) => void;
  className?: string | undefined;
}) {
  const name = useId();
  return (
    <fieldset className={`${styles.choice} ${className}`}>
      <legend className={isLabelled ? styles.legend : 'unseen'}>{label}</legend>
      <div className={styles.segments}>
        {options.map((option) => (
          <label key={option.value} className={styles.segment} lang={option.lang}>
            <input
              type="radio"
              className={styles.input}
              name={name}
              checked={option.value === value}
              onChange={() => onChoose(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
