import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { RefusedError, removeSource, type Source } from '../api.ts';
import { Dialog } from '../frame/Dialog.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { NamedBy } from '../topics/NamedBy.tsx';
import { useWords } from '../words/Worded.tsx';
import { useSourcesChanged } from './queries.ts';
import styles from './RemoveSource.module.css';

/** Says what removing does before it is done. What keeps the messages is the choice one begins with. */
export function RemoveSource(props: { source: Source; onNotice: (notice: Notice) => void; onClose: () => void }) {
  const { source, onNotice, onClose } = props;
  const { sources: words } = useWords();
  const client = useQueryClient();
  const changed = useSourcesChanged();
  const name = useId();
  const [mentions, setMentions] = useState<'keep' | 'remove'>('keep');
  const remove = useMutation({
    mutationFn: () => removeSource(source.id, mentions),
    onSuccess: () => {
      onClose();
      onNotice({ says: words.removed(source.label) });
      if (mentions === 'remove') for (const key of ['stream', 'thread']) client.removeQueries({ queryKey: [key] });
      changed();
      document.getElementById('content')?.focus();
    },
  });
  const choice = (value: 'keep' | 'remove', says: string, why: string) => (
    <label className={styles.choice}>
      <input type="radio" name={name} checked={mentions === value} onChange={() => setMentions(value)} />
      <span>
        <strong>{says}</strong>
        <span>{why}</span>
      </span>
    </label>
  );
  return (
    <Dialog title={words.removeTitle(source.label)} onClose={onClose} hasWayBack>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          remove.mutate();
        }}
      >
        {source.mentionCount > 0 && (
          <fieldset>
            <legend className={styles.what}>{words.removeWhat}</legend>
            {choice('keep', words.removeKeep(source.mentionCount), words.removeKeepWhy)}
            {choice('remove', words.removeAll(source.mentionCount), words.removeAllWhy)}
          </fieldset>
        )}
        <NamedBy what={{ source: source.id }} />
        {remove.error && (
          <p role="alert" className={styles.problem}>
            {words.notDone} {remove.error instanceof RefusedError ? remove.error.detail : ''}
          </p>
        )}
        <div className={styles.buttons}>
          <button type="button" className="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="button danger" disabled={remove.isPending}>
            {mentions === 'remove' ? words.removeAndErase(source.mentionCount) : words.remove}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
