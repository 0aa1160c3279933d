import { useEffect, useRef } from 'react';
import { useFirstWords } from '../words/Worded.tsx';
import styles from './NoticeBar.module.css';

/** What was just done, said politely, with a way back where there is one. */
export type Notice = { says: string; undo?: () => void };

const staysMs = 12_000;
const lookAgainMs = 2_000;

/** The last notice, where it is seen however far the page is scrolled. It goes by itself, but not from under a hand or a focus. */
export function NoticeBar({ notice, onDone }: { notice: Notice | null; onDone: () => void }) {
  const words = useFirstWords();
  const bar = useRef<HTMLDivElement>(null);
  const close = useRef<HTMLButtonElement>(null);
  const done = useRef(onDone);
  done.current = onDone;
  useEffect(() => {
    if (!notice) return;
    let timer = setTimeout(function look() {
      if (bar.current?.matches(':hover, :has(:focus-visible)')) timer = setTimeout(look, lookAgainMs);
      else done.current();
    }, staysMs);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div ref={bar} className={notice ? styles.bar : undefined}>
      <div role="status">{notice && <p>{notice.says}</p>}</div>
      {notice?.undo && (
        <button
          type="button"
          className="link"
          onClick={() => {
            // This button goes with its notice; focus stays on the bar.
            close.current?.focus();
            notice.undo?.();
          }}
        >
          {words.frame.undo}
        </button>
      )}
      {notice && (
        <button
          ref={close}
          type="button"
          className={`button quiet ${styles.close}`}
          onClick={() => {
            document.getElementById('content')?.focus({ preventScroll: true });
            onDone();
          }}
        >
          {words.frame.close}
        </button>
      )}
    </div>
  );
}
