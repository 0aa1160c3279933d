import type { ReactNode } from 'react';
import { LampMark, WindowMark } from '../marks/Marks.tsx';
import styles from './Band.module.css';

/** A full-width band on the line of time, in the colour of its side: time, rail with its mark, text. */
export function Band(props: {
  side?: 'outside' | 'inside' | 'event';
  /** What stands on the rail; left out, the mark of the side. */
  mark?: 'dot' | 'ring';
  /** The next band is of the same run: no line between them. */
  goesOn?: boolean;
  time?: ReactNode;
  children: ReactNode;
  label?: string | undefined;
  id?: string | undefined;
}) {
  const { side = 'outside', mark, goesOn = false, time, children, label, id } = props;
  return (
    <section
      id={id}
      tabIndex={id ? -1 : undefined}
      className={[styles.band, styles[side], goesOn ? styles.goesOn : ''].join(' ')}
      aria-label={label}
    >
      <div className={styles.time}>{time}</div>
      <div className={styles.rail} aria-hidden="true">
        <span className={styles.before} />
        {mark ? <span className={styles[mark]} /> : side === 'inside' ? <LampMark /> : <WindowMark />}
        <span className={styles.after} />
      </div>
      <div className={styles.text}>{children}</div>
    </section>
  );
}
