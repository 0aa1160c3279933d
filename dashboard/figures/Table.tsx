import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useSpoken } from '../words/Worded.tsx';
import { numberOf } from './numbers.ts';
import styles from './Table.module.css';

/** `rest`: what stands in place of the cells that are not there. */
export type TableRow = { key: string; name: string; cells: ReactNode[]; rest?: string };

/** The twin of a chart: the same counts, each with the list behind it. */
export function Table(props: { caption: string; columns: readonly string[]; rows: readonly TableRow[] }) {
  const { caption, columns, rows } = props;
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, cells, rest }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {cells.map((cell, n) => (
                <td key={columns[n + 1]}>{cell}</td>
              ))}
              {rest !== undefined && (
                <td className={styles.rest} colSpan={columns.length - 1 - cells.length}>
                  {rest}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A count in a table, with a way to its list; nought leads nowhere. */
export function Count(props: { n: number; href: string; label: string; children?: ReactNode }) {
  const { n, href, label, children } = props;
  const { language } = useSpoken();
  if (n === 0) return <span className={styles.none}>0</span>;
  return (
    <Link href={href} className={styles.count}>
      {children ?? numberOf(n, language)}
      <span className="unseen">: {label}</span>
    </Link>
  );
}
