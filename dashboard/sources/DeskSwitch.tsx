import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { changeSource, RefusedError, type Source } from '../api.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './DeskSwitch.module.css';
import { useSourcesChanged } from './queries.ts';

/** Whether what a source brings waits for an answer of ours. Holds at once, for what comes from now on. */
export function DeskSwitch({ source, onNotice }: { source: Source; onNotice: (notice: Notice) => void }) {
  const { sources: words } = useWords();
  const changed = useSourcesChanged();
  const id = useId();
  const setDesk = useMutation({
    mutationFn: (desk: boolean) => changeSource(source.id, { desk }),
    onSuccess: ({ label, desk }) => {
      onNotice({ says: desk ? words.deskOn(label) : words.deskOff(label) });
      changed();
    },
    onError: (error) =>
      onNotice({ says: `${words.notDone} ${error instanceof RefusedError ? (error.detail ?? '') : ''}` }),
  });
  const isOn = setDesk.isPending ? setDesk.variables : source.desk;
  return (
    <div className={styles.desk}>
      <label className={styles.label}>
        <input
          type="checkbox"
          className={styles.box}
          aria-describedby={`${id}-why`}
          checked={isOn}
          // Not disabled meanwhile: that would take focus away.
          onChange={(event) => !setDesk.isPending && setDesk.mutate(event.target.checked)}
        />
        {words.desk}
      </label>
      <p id={`${id}-why`} className={styles.why}>
        {words.deskWhy}
      </p>
    </div>
  );
}
