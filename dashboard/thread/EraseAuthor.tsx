import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { eraseAuthor, fetchAuthor, type Mention, RefusedError } from '../api.ts';
import { Dialog } from '../frame/Dialog.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useRight } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './EraseAuthor.module.css';

/** The way to erase the author of a mention, where it has one: a button, and a dialog that says first what goes. */
export function EraseAuthor({ mention, onNotice }: { mention: Mention; onNotice: (notice: Notice) => void }) {
  const { erase } = useWords();
  const mayErase = useRight('sources');
  const [open, setOpen] = useState(false);
  return (
    <>
      {mayErase && mention.state === 'live' && mention.author && (
        <button type="button" className={`link ${styles.way}`} onClick={() => setOpen(true)}>
          {erase.open}
        </button>
      )}
      {open && <EraseDialog mention={mention} onNotice={onNotice} onClose={() => setOpen(false)} />}
    </>
  );
}

function EraseDialog(props: { mention: Mention; onNotice: (notice: Notice) => void; onClose: () => void }) {
  const { mention, onNotice, onClose } = props;
  const { erase, sources, unknown } = useWords();
  const client = useQueryClient();
  // Kept as it was when it was opened: with the words the name goes too, while this still stands.
  const [author] = useState(mention.author);
  const name = author?.name ?? author?.handle ?? unknown;
  const found = useQuery({
    queryKey: ['author', mention.id],
    queryFn: ({ signal }) => fetchAuthor(mention.id, signal),
    gcTime: 0,
    staleTime: 0,
  });
  const wipe = useMutation({
    mutationFn: () => eraseAuthor(mention.id),
    onSuccess: async ({ erased }) => {
      // What is kept out of sight is let go; what stands in sight is right before the dialog goes.
      client.removeQueries({ queryKey: ['stream'], type: 'inactive' });
      await Promise.all(
        [['thread'], ['stream']].map((queryKey) => client.invalidateQueries({ queryKey }).catch(() => undefined)),
      );
      onClose();
      onNotice({ says: erase.done(erased) });
    },
  });
  const count = found.data?.mentions;
  const error = wipe.error ?? found.error;
  return (
    <Dialog title={erase.title(name)} onClose={onClose} hasWayBack>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          wipe.mutate();
        }}
      >
        <p>{erase.what}</p>
        {author?.handle === null && author.url === null && <p>{erase.byName(name)}</p>}
        <p>
          <strong>{erase.forGood}</strong>
        </p>
        {error && (
          <p role="alert" className={styles.problem}>
            {sources.notDone} {error instanceof RefusedError ? error.detail : ''}
          </p>
        )}
        <div className={styles.buttons}>
          <button type="button" className="button" onClick={onClose}>
            {erase.cancel}
          </button>
          <button type="submit" className="button danger" disabled={count === undefined || wipe.isPending}>
            {count === undefined ? erase.counting : erase.erase(count)}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
