import { useEffect, useId, useRef } from 'react';
import { useMe } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './SignInAgain.module.css';
import { SignInForm } from './SignInForm.tsx';

/** Over the page when the session ended: everything stands there still, and goes on once its reader is back. */
export function SignInAgain() {
  const { signIn } = useWords();
  const me = useMe();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    // The address is known; the password is all that is asked.
    dialog?.querySelector<HTMLElement>('[name=password]')?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={styles.dialog}
      aria-labelledby={titleId}
      // There is nothing behind it that would work.
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(event) => event.key === 'Escape' && event.preventDefault()}
    >
      <h2 id={titleId}>{signIn.again}</h2>
      <p>{signIn.againWhy}</p>
      <SignInForm email={me.email} />
      <p className={styles.other}>
        <button type="button" className="link" onClick={() => location.reload()}>
          {signIn.other(me.name)}
        </button>
      </p>
    </dialog>
  );
}
