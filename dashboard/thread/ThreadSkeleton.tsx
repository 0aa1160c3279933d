import { useWords } from '../words/Worded.tsx';
import styles from './ThreadSkeleton.module.css';

/** The shape of a thread to come. Seen only when it takes longer than 200 ms. */
export function ThreadSkeleton() {
  const { frame } = useWords();
  return (
    <div className={styles.skeleton}>
      <p className="unseen" role="status">
        {frame.loading}
      </p>
      <div className={styles.head}>
        <span className={styles.bar} style={{ width: '44%' }} />
        <span className={styles.bar} style={{ width: '20%' }} />
      </div>
      <div className={styles.band}>
        {[30, 80, 76, 48].map((width) => (
          <span key={width} className={styles.bar} style={{ width: `${width}%` }} />
        ))}
      </div>
    </div>
  );
}
