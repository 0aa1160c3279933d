import { createElement, type ReactNode } from 'react';
import { Link } from 'wouter';
import { WindowMark } from '../marks/Marks.tsx';
import styles from './Message.module.css';

/** A page or pane that has nothing to show: what is the matter, why, what was kept, and one way on. */
export function Message({
  title,
  level = 2,
  children,
  action,
  mark = false,
  urgent = false,
}: {
  title: string;
  level?: 1 | 2;
  children?: ReactNode;
  action?: { label: string; href?: string; onClick?: () => void; primary?: boolean };
  mark?: boolean;
  /** Said at once by a screen reader: something went wrong. */
  urgent?: boolean;
}) {
  const look = action?.primary ? 'button primary' : 'button';
  return (
    <div className={styles.message} role={urgent ? 'alert' : undefined}>
      {mark && (
        <span className={styles.mark}>
          <WindowMark size={44} />
        </span>
      )}
      {createElement(`h${level}`, { className: styles.title }, title)}
      {children && <p className={styles.why}>{children}</p>}
      {action?.href !== undefined && (
        <Link className={look} href={action.href}>
          {action.label}
        </Link>
      )}
      {action?.onClick && (
        <button type="button" className={look} onClick={action.onClick}>
          {action.label}
        </button>
      )}
    </div>
  );
}
