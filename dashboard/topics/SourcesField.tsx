import { Choice } from '../frame/Choice.tsx';
import { useSources } from '../sources/queries.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './SourcesField.module.css';

/** In which sources a topic looks: all there are and will be, or those that are ticked. null: all. */
export function SourcesField({
  chosen,
  onChange,
}: {
  chosen: string[] | null;
  onChange: (chosen: string[] | null) => void;
}) {
  const { topicForm: say } = useWords();
  const { data } = useSources();
  const sources = [...(data?.sources ?? [])].sort((a, b) => a.label.localeCompare(b.label, 'nl'));
  const toggle = (id: string, isOn: boolean) =>
    onChange(isOn ? [...(chosen ?? []), id] : (chosen ?? []).filter((one) => one !== id));
  return (
    <div className={styles.field}>
      <Choice<'all' | 'some'>
        label={say.sources}
        options={[
          { value: 'all', label: say.allSources },
          { value: 'some', label: say.someSources },
        ]}
        value={chosen === null ? 'all' : 'some'}
        onChoose={(which) => onChange(which === 'all' ? null : [])}
      />
      {chosen !== null && (
        <>
          <p className={styles.sum} role="status">
            {chosen.length === 0 ? say.chooseOne : say.chosen(chosen.length)}
          </p>
          <fieldset className={styles.list}>
            <legend className="unseen">{say.someSources}</legend>
            {sources.map(({ id, label }) => (
              <label key={id}>
                <input
                  type="checkbox"
                  checked={chosen.includes(id)}
                  onChange={(event) => toggle(id, event.target.checked)}
                />
                <span dir="auto">{label}</span>
              </label>
            ))}
          </fieldset>
        </>
      )}
    </div>
  );
}
