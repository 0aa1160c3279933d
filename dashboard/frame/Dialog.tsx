import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useWords } from '../words/Worded.tsx';
import styles from './Dialog.module.css';

/**
 * A dialog of the browser itself: it keeps focus inside, closes with Escape and gives focus back. Closed by `onClose`,
 * which must take it out of the page.
 */
export function Dialog(props: {
  title: string;
  children: ReactNode;
  onClose: () => void;
  /** Its own buttons have a way back, so that it needs none in its head. */
  hasWayBack?: boolean;
}) {
  const { title, children, onClose, hasWayBack = false } = props;
  const words = useWords();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog closes it; by keyboard that is Escape
    <dialog
      ref={ref}
      className={styles.dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === ref.current && onClose()}
    >
      <div className={styles.inside}>
        <div className={styles.head}>
          <h2 id={titleId}>{title}</h2>
          {!hasWayBack && (
            <button type="button" className="button" onClick={onClose}>
              {words.frame.close}
            </button>
          )}
        </div>
        {children}
      </div>
    </dialog>
  );
}
