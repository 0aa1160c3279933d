import { type ReactNode, useEffect } from 'react';
import styles from './Page.module.css';
import { useTitle } from './title.ts';

/** A page that scrolls as one: its name, a line that sums it up, and what acts on all of it. */
export function Page(props: { title: string; sum?: ReactNode; action?: ReactNode; children: ReactNode }) {
  const { title, sum, action, children } = props;
  useTitle(title);
  useEffect(() => document.getElementById('content')?.focus({ preventScroll: true }), []);
  return (
    <div className={styles.page}>
      <div className={styles.inside}>
        <header className={styles.head}>
          <h1>{title}</h1>
          {sum && <p>{sum}</p>}
          {action && <div className={styles.action}>{action}</div>}
        </header>
        {children}
      </div>
    </div>
  );
}
