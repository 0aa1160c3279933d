import type { DeskList, DeskOrder, DeskPage } from '../api-desk.ts';
import { Choice } from '../frame/Choice.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './DeskHead.module.css';

const lists = ['open', 'mine', 'answered', 'unanswered'] as const;

/** Which stories are shown, each with how many, and in which order. */
export function DeskHead(props: {
  list: DeskList;
  /** null: what is closed has an order of its own, the last one first. */
  order: DeskOrder | null;
  counts: DeskPage['counts'] | undefined;
  onGo: (next: { list?: DeskList; order?: DeskOrder }) => void;
}) {
  const { list, order, counts, onGo } = props;
  const { desk } = useWords();
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <h1>{desk.title}</h1>
        <p>{desk.what}</p>
      </div>
      <div className={styles.choices}>
        <Choice
          label={desk.lists}
          isLabelled={false}
          className={styles.tabs}
          options={lists.map((one) => ({
            value: one,
            label: counts ? desk.withCount(desk[one], String(counts[one])) : desk[one],
          }))}
          value={list}
          onChoose={(one) => onGo({ list: one })}
        />
        {order === null ? (
          <p className={styles.fixed}>{desk.lastClosedFirst}</p>
        ) : (
          <label className={styles.choice}>
            <span className="unseen">{desk.order}</span>
            <select
              className={`field ${styles.order}`}
              value={order}
              onChange={(event) => onGo({ order: event.target.value as DeskOrder })}
            >
              <option value="waiting">{desk.orders.waiting}</option>
              <option value="newest">{desk.orders.newest}</option>
            </select>
          </label>
        )}
      </div>
    </header>
  );
}
