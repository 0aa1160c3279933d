import { prefer, usePreferences } from '../preferences.ts';
import { useWords } from '../words/Worded.tsx';
import { Choice } from './Choice.tsx';
import { Dialog } from './Dialog.tsx';
import styles from './Preferences.module.css';

/** Language, theme and density, kept in this browser. */
export function Preferences({ onClose, onShortcuts }: { onClose: () => void; onShortcuts: () => void }) {
  const words = useWords();
  const { language, theme, density, shortcuts } = usePreferences();
  const { themes, densities, switched } = words.preferences;
  return (
    <Dialog title={words.preferences.title} onClose={onClose}>
      <div className={styles.choices}>
        <Choice
          label={words.preferences.language}
          options={[
            { value: 'nl', label: 'Nederlands', lang: 'nl' },
            { value: 'en', label: 'English', lang: 'en' },
          ]}
          value={language}
          onChoose={(chosen) => prefer({ language: chosen })}
        />
        <Choice
          label={words.preferences.theme}
          options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: themes[value] }))}
          value={theme}
          onChoose={(chosen) => prefer({ theme: chosen })}
        />
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
