import type { Sentiment } from '../api.ts';
import { ToneMark } from '../marks/Marks.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './Tone.module.css';

/** Shape, word and certainty: "negatief, vrij zeker". */
export function Tone({ sentiment: { tone, certainty } }: { sentiment: Sentiment }) {
  const { tones } = useWords();
  return (
    <span className={styles.tone}>
      <ToneMark tone={tone} sure={certainty === 'sure'} />
      {tone === 'unclear' ? tones.unclear : `${tones[tone]}, ${tones[certainty]}`}
    </span>
  );
}
