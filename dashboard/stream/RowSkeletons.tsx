import { useFirstWords } from '../words/Worded.tsx';
import styles from './RowSkeletons.module.css';

const rows = [62, 84, 48, 76, 58, 90];

/** The shape of rows to come. Seen only when they take longer than 200 ms. */
export function RowSkeletons() {
  const { frame } = useFirstWords();
  return (
    <div className={styles.skeletons}>
      <p className="unseen" role="status">
        {frame.loading}
      </p>
      {rows.map((width) => (
        <div key={width} className={styles.row}>
          <span className={styles.bar} style={{ width: '32%' }} />
          <span className={styles.bar} style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  );
}
