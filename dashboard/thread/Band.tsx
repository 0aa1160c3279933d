import type { ReactNode } from 'react';
import { WindowMark } from '../marks/Marks.tsx';
import styles from './Band.module.css';

/** A full-width band of the outside on the line of time: time, rail with its window, text. */
export function Band({ time, children, label }: { time?: ReactNode; children: ReactNode; label?: string | undefined }) {
  return (
    <section className={styles.band} aria-label={label}>
      <div className={styles.time}>{time}</div>
      <div className={styles.rail} aria-hidden="true">
        <span className={styles.before} />
        <WindowMark />
        <span className={styles.after} />
      </div>
      <div className={styles.text}>{children}</div>
    </section>
  );
}
