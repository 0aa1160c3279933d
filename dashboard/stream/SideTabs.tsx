import { useId } from 'react';
import { LampMark, WindowMark } from '../marks/Marks.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './SideTabs.module.css';

type Side = 'outside' | 'inside' | undefined;

/** Which side of the window is shown. Radio buttons underneath, so arrows walk them. */
export function SideTabs({ side, onChoose }: { side: Side; onChoose: (side: Side) => void }) {
  const { stream } = useWords();
  const name = useId();
  const options = [
    [undefined, stream.sides.all, null],
    ['outside', stream.sides.outside, <WindowMark key="mark" size={14} />],
    ['inside', stream.sides.inside, <LampMark key="mark" size={14} />],
  ] as const;
  return (
    <fieldset className={styles.tabs}>
      <legend className="unseen">{stream.side}</legend>
      {options.map(([value, label, mark]) => (
        <label key={label} className={styles.tab}>
          <input
            type="radio"
            className={styles.input}
            name={name}
            checked={value === side}
            onChange={() => onChoose(value)}
          />
          {mark}
          {label}
        </label>
      ))}
    </fieldset>
  );
}
