import type { Sentiment } from '../api.ts';
import { ToneMark } from '../marks/Marks.tsx';
import { useFirstWords } from '../words/Worded.tsx';
import styles from './Tone.module.css';

/** Shape, word and certainty: "negatief, vrij zeker". Where room is short (`brief`) the shape alone shows how certain. */
export function Tone({ sentiment: { tone, certainty }, brief = false }: { sentiment: Sentiment; brief?: boolean }) {
  const { tones } = useFirstWords();
  return (
    <span className={styles.tone}>
      <ToneMark tone={tone} sure={certainty === 'sure'} />
      <span>
        {tones[tone]}
        {tone !== 'unclear' && <span className={brief ? 'unseen' : undefined}>, {tones[certainty]}</span>}
      </span>
    </span>
  );
}
