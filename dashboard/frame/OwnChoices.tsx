import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeMe, type MeChange } from '../api-session.ts';
import { type Preferences, prefer, usePreferences } from '../preferences.ts';
import { rememberMe } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import { Choice } from './Choice.tsx';

/** Language and theme: they hold at once, and go with who is signed in to every browser. */
export function OwnChoices() {
  const { preferences: words } = useWords();
  const { language, theme } = usePreferences();
  const client = useQueryClient();
  const keeping = useMutation({
    mutationFn: (change: MeChange) => changeMe(change),
    onSuccess: (me) => rememberMe(client, me),
  });
  const choose = (chosen: Partial<Pick<Preferences, 'language' | 'theme'>>) => {
    prefer(chosen);
    keeping.mutate({
      ...(chosen.language ? { language: chosen.language } : {}),
      ...(chosen.theme ? { theme: chosen.theme === 'system' ? null : chosen.theme } : {}),
    });
  };
  return (
    <>
      <Choice
        label={words.language}
        options={[
          { value: 'nl', label: 'Nederlands', lang: 'nl' },
          { value: 'en', label: 'English', lang: 'en' },
        ]}
        value={language}
        onChoose={(chosen) => choose({ language: chosen })}
      />
      <Choice
        label={words.theme}
        options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: words.themes[value] }))}
        value={theme}
        onChoose={(chosen) => choose({ theme: chosen })}
      />
      {keeping.isError && <p role="alert">{words.notKept}</p>}
    </>
  );
}
