import { Link } from 'wouter';
import { useSpoken } from '../words/Worded.tsx';
import { Bar, Hatching, type Hue, useHatching } from './Chart.tsx';
import { Bold } from './Figure.tsx';
import { numberOf } from './numbers.ts';
import styles from './Rows.module.css';

export type Row = {
  key: string;
  name: string;
  count: number;
  href: string;
  hue: Hue;
  isUnsure?: boolean;
  lang?: string;
};

/** Counts beside each other as bars from the left; each row leads to the list behind it. */
export function Rows({ rows, most, label }: { rows: readonly Row[]; most: number; label: string }) {
  const { words, language } = useSpoken();
  const hatching = useHatching();
  return (
    <ul className={styles.rows} aria-label={label}>
      {rows.map(({ key, name, count, href, hue, isUnsure }) => (
        <li key={key}>
          <Link href={href} className={styles.row}>
            <span className={styles.name}>
              <Bold>{words.figures.step(numberOf(count, language), name)}</Bold>
            </span>
            <svg className={styles.bar} height="20" aria-hidden="true">
              <Hatching id={hatching} />
              <Bar
                hue={hue}
                x={0}
                width={most > 0 ? (count / most) * 100 : 0}
                y={0.5}
                height={19}
                hatching={isUnsure ? hatching : undefined}
              />
            </svg>
          </Link>
        </li>
      ))}
    </ul>
  );
}
