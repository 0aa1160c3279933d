import { type ReactNode, useId, useState } from 'react';
import { useWords } from '../words/Worded.tsx';
import styles from './Figure.module.css';

/** A chart or its table, with what is counted above it and the base and gaps below. */
export type Shown = { what: string; body: ReactNode; notes?: readonly string[] };

/** One figure: the sentence it proves, over its chart or its table. */
export function Figure({ title, chart, table }: { title: string; chart: Shown; table: Shown }) {
  const { figures } = useWords();
  const [isTable, setIsTable] = useState(false);
  const id = useId();
  const { what, body, notes = [] } = isTable ? table : chart;
  return (
    <section className={styles.figure} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {/* biome-ignore lint/a11y/useSemanticElements: two buttons are no form */}
        <div className={styles.twin} role="group" aria-label={figures.as(title)}>
          {([false, true] as const).map((one) => (
            <button
              key={String(one)}
              type="button"
              className={styles.pick}
              aria-pressed={one === isTable}
              onClick={() => setIsTable(one)}
            >
              {one ? figures.table : figures.chart}
            </button>
          ))}
        </div>
        <p className={styles.what}>{what}</p>
      </header>
      <div className={styles.body}>{body}</div>
      {notes.length > 0 && <p className={styles.notes}>{notes.join(' ')}</p>}
    </section>
  );
}

/** Instead of a chart of too little. */
export function TooFew() {
  const { figures } = useWords();
  return <p className={styles.tooFew}>{figures.tooFew}.</p>;
}

/** A sentence of ours with what stands between ** in bold. */
export function Bold({ children }: { children: string }) {
  return children.split('**').map((part, n) => {
    const Part = n % 2 === 1 ? 'strong' : 'span';
    // biome-ignore lint/suspicious/noArrayIndexKey: a sentence has no other order
    return <Part key={n}>{part}</Part>;
  });
}
