import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { RefusedError } from '../api.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './Confirm.module.css';

/** Asks before something is done that reaches further than this page. What went wrong is said where it was asked. */
export function Confirm(props: {
  title: string;
  why: string;
  does: string;
  isDangerous?: boolean;
  /** Stands between the reason and the buttons. */
  children?: ReactNode;
  onClose: () => void;
  onDo: () => Promise<unknown>;
}) {
  const { title, why, does, isDangerous = false, children, onClose, onDo } = props;
  const { topicActs: say, signIn } = useWords();
  const doing = useMutation({ mutationFn: onDo });
  const { error } = doing;
  const told = error instanceof RefusedError && error.code !== null;
  // A form cannot stand within a form, and who asks may stand in one.
  return createPortal(
    <Dialog title={title} onClose={onClose} hasWayBack>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          doing.mutate();
        }}
      >
        <p className={styles.why}>{why}</p>
        {children}
        {error && (
          <p role="alert" className={styles.problem}>
            {told ? `${error.message} ${error.detail ?? ''}` : `${say.notDone} ${signIn.unreachable}`}
          </p>
        )}
        <div className={styles.buttons}>
          <button type="button" className="button" onClick={onClose}>
            {say.cancel}
          </button>
          <button type="submit" className={isDangerous ? 'button danger' : 'button primary'} disabled={doing.isPending}>
            {does}
          </button>
        </div>
      </form>
    </Dialog>,
    document.body,
  );
}
