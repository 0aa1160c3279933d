import { ToneMark } from '../marks/Marks.tsx';
import { Band } from '../thread/Band.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './Example.module.css';

/** What a thread will look like, clearly dashed: nobody said this. */
export function Example() {
  const { stream, thread, tones } = useWords();
  return (
    <figure className={styles.example}>
      <figcaption>{stream.exampleTitle}</figcaption>
      <div className={styles.bands}>
        {stream.example.map(({ source, text }, index) => (
          <Band key={source}>
            <p className={styles.kicker}>
              <span>{thread.outside(source)}</span>
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
