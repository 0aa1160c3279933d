import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { keepSearch } from '../api-search.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { Field } from '../frame/Field.tsx';
import { FormProblem } from '../frame/FormProblem.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import type { Asked } from '../place.ts';
import { newRequestKey } from '../request-key.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './KeepSearch.module.css';

/** Gives a question a name, for oneself or for all colleagues. */
export function KeepSearch(props: { asked: Asked; onClose: () => void; onNotice: (notice: Notice) => void }) {
  const { asked, onClose, onNotice } = props;
  const { search } = useWords();
  const client = useQueryClient();
  const key = useRef(newRequestKey());
  const [name, setName] = useState(asked.q.length <= 60 ? asked.q : '');
  const [shared, setShared] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // After the dialog has opened, which puts focus on its first button.
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const keep = useMutation({
    mutationFn: () => keepSearch({ name: name.trim(), query: asked.q, sort: asked.sort, shared }, key.current),
    onSuccess: (kept) => {
      void client.invalidateQueries({ queryKey: ['searches'] }).catch(() => undefined);
      onNotice({ says: search.keptIt(kept.name) });
      onClose();
    },
    // What failed was not kept; another name is another request.
    onError: () => {
      key.current = newRequestKey();
    },
  });
  return (
    <Dialog title={search.keepTitle} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) keep.mutate();
        }}
      >
        <p className={styles.query}>{asked.q}</p>
        <Field
          label={search.name}
          value={name}
          maxLength={100}
          required
          ref={field}
          onChange={(event) => setName(event.target.value)}
        />
        <label className={styles.shared}>
          <input type="checkbox" checked={shared} onChange={(event) => setShared(event.target.checked)} />
          <span>
            {search.shared}
            <span className={styles.why}>{search.sharedWhy}</span>
          </span>
        </label>
        <FormProblem error={keep.error} />
        <p>
          <button type="submit" className="button primary" disabled={keep.isPending || !name.trim()}>
            {search.keepIt}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
