import { ToneMark } from '../marks/Marks.tsx';
import { Band } from '../thread/Band.tsx';
import { useFirstWords } from '../words/Worded.tsx';
import styles from './Example.module.css';

/** What a thread will look like, clearly dashed: nobody said this. */
export function Example() {
  const { stream, talk, thread, tones } = useFirstWords();
  return (
    <figure className={styles.example}>
      <figcaption>{stream.exampleTitle}</figcaption>
      <div className={styles.bands}>
        {stream.example.map(({ side, where, text }, index) => (
          <Band key={where} side={side}>
            <p className={side === 'inside' ? `${styles.kicker} ${styles.inside}` : styles.kicker}>
              <span>{side === 'inside' ? talk.inside(where) : thread.outside(where)}</span>
              {index === 0 && (
                <span className={styles.tone}>
                  <ToneMark tone="negative" sure /> {`${tones.negative}, ${tones.sure}`}
                </span>
              )}
            </p>
            <p className={styles.text}>{text}</p>
          </Band>
        ))}
      </div>
    </figure>
  );
}
