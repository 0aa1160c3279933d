import { Choice } from '../frame/Choice.tsx';
import { LampMark, WindowMark } from '../marks/Marks.tsx';
import { useFirstWords } from '../words/Worded.tsx';
import styles from './SideTabs.module.css';

type Side = 'outside' | 'inside' | undefined;

/** Which side of the window is shown. */
export function SideTabs({ side, onChoose }: { side: Side; onChoose: (side: Side) => void }) {
  const { stream } = useFirstWords();
  const marked = (mark: React.ReactNode, label: string) => (
    <>
      {mark}
      {label}
    </>
  );
  return (
    <Choice
      label={stream.side}
      isLabelled={false}
      className={styles.tabs}
      options={[
        { value: 'all', label: stream.sides.all },
        { value: 'outside', label: marked(<WindowMark size={14} />, stream.sides.outside) },
        { value: 'inside', label: marked(<LampMark size={14} />, stream.sides.inside) },
      ]}
      value={side ?? 'all'}
      onChoose={(chosen) => onChoose(chosen === 'all' ? undefined : chosen)}
    />
  );
}
