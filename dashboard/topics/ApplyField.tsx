import { useId } from 'react';
import type { Apply } from '../api-topics.ts';
import { Choice } from '../frame/Choice.tsx';
import { useWords } from '../words/Worded.tsx';
import { daysBack } from './choices.ts';
import styles from './TopicEditor.module.css';

/** What a preview counts over, so that it can say what a run over as many days would do. */
const previewDays = 30;
export const lookBack: Apply = { from: 'days', days: previewDays };

/** From when what is asked counts: what comes in from now on, or also what came in these last days. */
export function ApplyField(props: {
  label: string;
  apply: Apply;
  onChange: (apply: Apply) => void;
  /** What applying it to thirty days would do, where that is known. */
  would?: { added: number; removed: number } | undefined;
}) {
  const { label, apply, onChange, would } = props;
  const { topicForm: say } = useWords();
  const id = useId();
  const days = apply.from === 'days' ? apply.days : previewDays;
  return (
    <div className={styles.apply}>
      <Choice<Apply['from']>
        label={label}
        options={[
          { value: 'now', label: say.now },
          { value: 'days', label: say.days(days) },
        ]}
        value={apply.from}
        onChoose={(from) => onChange(from === 'now' ? { from } : { from, days })}
      />
      {apply.from === 'days' && (
        <p className={styles.howMany}>
          <label htmlFor={id}>{say.howMany}</label>{' '}
          <select
            id={id}
            className="field"
            value={days}
            onChange={(event) => onChange({ from: 'days', days: Number(event.target.value) })}
          >
            {daysBack.map((n) => (
              <option key={n} value={n}>
                {say.dayCount(n)}
              </option>
            ))}
          </select>
        </p>
      )}
      <p className={styles.note}>
        {apply.from === 'now'
          ? say.nowWhy
          : would && days === previewDays
            ? say.would(would.added, would.removed)
            : say.undoable}
      </p>
    </div>
  );
}
