import { prefer, usePreferences } from '../preferences.ts';
import { useWords } from '../words/Worded.tsx';
import { Choice } from './Choice.tsx';
import { Dialog } from './Dialog.tsx';
import { OwnChoices } from './OwnChoices.tsx';
import styles from './Preferences.module.css';

/** Language and theme, which are the person's, and what belongs to this browser. */
export function Preferences({ onClose, onShortcuts }: { onClose: () => void; onShortcuts: () => void }) {
  const words = useWords();
  const { density, shortcuts } = usePreferences();
  const { densities, switched } = words.preferences;
  return (
    <Dialog title={words.preferences.title} onClose={onClose}>
      <div className={styles.choices}>
        <OwnChoices />
        <Choice
          label={words.preferences.density}
          options={(['roomy', 'compact'] as const).map((value) => ({ value, label: densities[value] }))}
          value={density}
          onChoose={(chosen) => prefer({ density: chosen })}
        />
        <Choice
          label={words.preferences.shortcuts}
          options={(['on', 'off'] as const).map((value) => ({ value, label: switched[value] }))}
          value={shortcuts}
          onChoose={(chosen) => prefer({ shortcuts: chosen })}
        />
        <p className={styles.note}>
          {words.preferences.kept}{' '}
          <button type="button" className="link" onClick={onShortcuts}>
            {words.shortcuts.help}
          </button>
        </p>
      </div>
    </Dialog>
  );
}
