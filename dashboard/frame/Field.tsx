import { type ComponentProps, type ReactNode, useState } from 'react';
import { useWords } from '../words/Worded.tsx';
import styles from './Field.module.css';
import { Labelled, type Told } from './Labelled.tsx';

type Props = Omit<ComponentProps<'input'>, 'id' | 'className'> &
  Told & {
    /** Stands in the field, at its end. */
    within?: ReactNode;
  };

/** An input under its name, with what helps to fill it in and what is wrong with it. */
export function Field({ label, hint, problem, within, ...input }: Props) {
  return (
    <Labelled {...{ label, hint, problem }}>
      {(its) => (
        <div className={styles.line}>
          <input {...input} {...its} className={within ? `${its.className} ${styles.shared}` : its.className} />
          {within}
        </div>
      )}
    </Labelled>
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
