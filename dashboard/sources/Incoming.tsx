import type { Candidate } from '../api.ts';
import { Moment } from '../Moment.tsx';
import { WindowMark } from '../marks/Marks.tsx';
import { langOf } from '../stream/Row.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './Incoming.module.css';

/** The newest of what a source would bring, before it is added. */
export function Incoming({ candidate }: { candidate: Candidate | null }) {
  const { add } = useWords();
  return (
    <div className={styles.incoming}>
      <h2 className={styles.title}>
        <WindowMark /> {add.incoming}
      </h2>
      {candidate === null && <p className={styles.note}>{add.waiting}</p>}
      {candidate && (
        <>
          <p className={styles.note}>
            {candidate.itemCount === 0 ? add.none : add.newest(candidate.samples.length, candidate.itemCount)}
            {candidate.skipped > 0 && ` ${add.skipped(candidate.skipped)}`}
          </p>
          <ul lang={langOf(candidate.language)}>
            {candidate.samples.map(({ title, publishedAt }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: samples have no identity and never move
              <li key={index} className={styles.sample}>
                <p dir="auto">{title}</p>
                <p className={styles.time}>{publishedAt ? <Moment at={publishedAt} say="spoken" /> : add.noDate}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
