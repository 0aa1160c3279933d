import type { ReactNode } from 'react';
import styles from './Marks.module.css';

function Mark({ size = 16, box = 16, children }: { size?: number; box?: number; children: ReactNode }) {
  return (
    <svg className={styles.mark} width={size} height={size} viewBox={`0 0 ${box} ${box}`} aria-hidden="true">
      {children}
    </svg>
  );
}

/** Outside: a window. One of the two pictograms of the product. */
export function WindowMark({ size = 16 }: { size?: number }) {
  return (
    <Mark size={size}>
      <path d="M3 1.75h10v11.5H3zM8 1.75v11.5M3 7h10M1.25 13.25h13.5" />
    </Mark>
  );
}

/** Inside: a lamp. The other pictogram. */
export function LampMark({ size = 16 }: { size?: number }) {
  return (
    <Mark size={size}>
      <path d="M8 0v4" />
      <path className={styles.shade} d="M2 10.5C2 6.6 4.6 4 8 4s6 2.600 6 6.500z" />
      <path d="M5.8 12.4a2.25 2.25 0 0 0 4.4 0" />
    </Mark>
  );
}

/** The product: the window with one lit room. */
export function ProductMark({ size = 28 }: { size?: number }) {
  return (
    <svg className={styles.product} width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path className={styles.frame} d="M4 2h24v25h3v3H1v-3h3z" />
      <path className={styles.pane} d="M7 5h7.5v9.5H7zM17.5 5H25v9.5h-7.5zM7 17.5h7.5V27H7z" />
      <path className={styles.lit} d="M17.5 17.5H25V27h-7.5z" />
    </svg>
  );
}

const toneShapes = { negative: 'M1.250 2.250h7.5L5 8.5z', positive: 'M1.250 7.750h7.5L5 1.5z' };

/** Triangle down, triangle up, bar, dashed circle; filled when fairly sure. Always beside its word. */
export function ToneMark({ tone, sure }: { tone: 'negative' | 'neutral' | 'positive' | 'unclear'; sure: boolean }) {
  const className = [styles.tone, styles[tone], sure ? styles.sure : ''].join(' ');
  return (
    <svg className={className} width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      {tone === 'unclear' ? (
        <circle cx="5" cy="5" r="4" strokeDasharray="1.6 1.5" />
      ) : tone === 'neutral' ? (
        <path d="M1 3.750h8v2.5H1z" />
      ) : (
        <path d={toneShapes[tone]} />
      )}
    </svg>
  );
}

/** A filled diamond: somebody has to do something. */
export function NeedsYouMark({ size = 12 }: { size?: number }) {
  return (
    <svg className={styles.needsYou} width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
      <path d="M6 .5 11.5 6 6 11.5.5 6z" />
    </svg>
  );
}

/** An outlined warning triangle: it falters. */
export function FaltersMark() {
  return (
    <Mark size={13}>
      <path d="M8 2 14.5 13.5h-13zM8 6.5v3.5M8 11.7v.1" />
    </Mark>
  );
}

/** A thin tick: fine. */
export function FineMark() {
  return (
    <Mark size={13}>
      <path d="m2.5 8.5 3.5 3.5 7.5-8" />
    </Mark>
  );
}

/** Two bars: a person paused it. */
export function PausedMark() {
  return (
    <Mark size={13}>
      <path d="M5.5 3v10M10.5 3v10" />
    </Mark>
  );
}

/** A chevron; `to` is where it points. */
export function Chevron({ to }: { to: 'left' | 'right' | 'down' | 'up' }) {
  const paths = { left: 'M10 3 5 8l5 5', right: 'm6 3 5 5-5 5', down: 'm3 6 5 5 5-5', up: 'm3 10 5-5 5 5' };
  return (
    <Mark size={12}>
      <path d={paths[to]} strokeWidth="2" />
    </Mark>
  );
}

/** An arrow out of a box: this opens another site. */
export function AwayMark() {
  return (
    <Mark size={11}>
      <path d="M6 3H2v11h11v-4M9 2h5v5M14 2 7.5 8.5" strokeWidth="2" />
    </Mark>
  );
}
