import { type ComponentProps, type ReactNode, useId, useState } from 'react';
import { useWords } from '../words/Worded.tsx';
import styles from './Field.module.css';

type Props = Omit<ComponentProps<'input'>, 'id' | 'className'> & {
  label: string;
  hint?: string | undefined;
  /** What is wrong with what stands in it. */
  problem?: string | undefined;
  /** Stands in the field, at its end. */
  within?: ReactNode;
};

/** An input under its name, with what helps to fill it in and what is wrong with it. */
export function Field({ label, hint, problem, within, ...input }: Props) {
  const id = useId();
  const notes = [problem ? `${id}-problem` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <div className={styles.line}>
        <input
          {...input}
          id={id}
          className={within ? `field ${styles.input} ${styles.shared}` : `field ${styles.input}`}
          aria-invalid={problem ? true : undefined}
          aria-describedby={notes || undefined}
        />
        {within}
      </div>
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

/** A password, hidden until its writer wants to read it. `autoComplete` tells a password manager which one it is. */
export function PasswordField(
  props: Omit<Props, 'type' | 'within'> & { autoComplete: 'current-password' | 'new-password' },
) {
  const { signIn } = useWords();
  const [isShown, setIsShown] = useState(false);
  return (
    <Field
      {...props}
      type={isShown ? 'text' : 'password'}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      within={
        <button
          type="button"
          className={`link ${styles.show}`}
          aria-pressed={isShown}
          onClick={() => setIsShown(!isShown)}
        >
          {signIn.show}
        </button>
      }
    />
  );
}
