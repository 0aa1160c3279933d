import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { Link } from 'wouter';
import styles from './Chart.module.css';

export type Hue = 'out' | 'in' | 'neg' | 'pos';

/** Hatching in the four hues: 45 degrees, a line of two and a gap of three (mock/README.md, Charts). */
export function Hatching({ id }: { id: string }) {
  return (
    <defs>
      {(['out', 'in', 'neg', 'pos'] as const).map((hue) => (
        <pattern
          key={hue}
          id={`${id}-${hue}`}
          className={styles[hue]}
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="5" height="5" className={styles.ground} />
          <rect width="2" height="5" fill="currentColor" />
        </pattern>
      ))}
    </defs>
  );
}

/** Names its hatching apart from that of other charts on the page. */
export const useHatching = () => `hatch-${useId().replaceAll(':', '')}`;

/** A bar across a share of the width: x and width in per cent, y and height in pixels. Hatched where unsure or incomplete. */
export function Bar(props: {
  hue: Hue;
  x: number;
  width: number;
  y: number;
  height: number;
  hatching?: string | undefined;
}) {
  const { hue, x, width, y, height, hatching } = props;
  if (height <= 0 || width <= 0) return null;
  return (
    <rect
      className={hatching ? `${styles[hue]} ${styles.hatched}` : `${styles[hue]} ${styles.solid}`}
      x={`${x}%`}
      width={`${width}%`}
      y={y}
      height={height}
      {...(hatching ? { fill: `url(#${hatching}-${hue})` } : {})}
    />
  );
}

/** A column of a chart, or a part of one, that leads to the list behind it: also where its bar is low. */
export function Column(props: {
  href: string;
  label: string;
  x: number;
  width: number;
  y?: number;
  height: number;
  isFirst: boolean;
  children: ReactNode;
}) {
  const { href, label, x, width, y = 0, height, isFirst, children } = props;
  return (
    <Link href={href} className={styles.column} aria-label={label} tabIndex={isFirst ? 0 : -1}>
      <title>{label}</title>
      <rect className={styles.reach} x={`${x}%`} width={`${width}%`} y={y} height={height} />
      {children}
    </Link>
  );
}

/** Arrows walk the columns of a chart, so that a year of bars is one stop on the way through the page. */
export function walkColumns(event: KeyboardEvent<SVGSVGElement>): void {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const ends = { Home: 0, End: -1 }[event.key];
  if (step === undefined && ends === undefined) return;
  const columns: Element[] = [...event.currentTarget.querySelectorAll('a')];
  const at = document.activeElement ? columns.indexOf(document.activeElement) : -1;
  const next = ends === undefined ? columns[at + step!] : columns.at(ends);
  if (at < 0 || !next) return;
  event.preventDefault();
  for (const column of columns) column.setAttribute('tabindex', column === next ? '0' : '-1');
  (next as SVGAElement).focus();
}
