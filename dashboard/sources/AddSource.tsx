import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { addSource, type Candidate, previewAddress, RefusedError, type Source } from '../api.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './AddSource.module.css';
import { Candidates } from './Candidates.tsx';
import { Incoming } from './Incoming.tsx';
import { KeepsChoice } from './Keeps.tsx';
import { useSourcesChanged } from './queries.ts';
import { Refusal } from './Refusal.tsx';

/** One address in, what would come from it beside it, and a button to follow it. Nothing is stored before that button. */
export function AddSource({ onNotice, onLook }: { onNotice: (notice: Notice) => void; onLook: () => void }) {
  const { add } = useWords();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [address, setAddress] = useState('');
  const [chosen, setChosen] = useState<Candidate | null>(null);
  const [keeps, setKeeps] = useState<Source['keeps']>('everything');
  const changed = useSourcesChanged();

  const asking = useRef<AbortController | null>(null);
  const preview = useMutation({
    mutationFn: (asked: string) => {
      asking.current?.abort();
      asking.current = new AbortController();
      return previewAddress(asked, asking.current.signal);
    },
    onSuccess: ({ candidates }) => setChosen(candidates[0] ?? null),
  });
  useEffect(() => () => asking.current?.abort(), []);
  const adding = useMutation({
    mutationFn: ({ connector, settings, title, kind }: Candidate) =>
      addSource({
        connector,
        settings,
        kind,
        keeps,
        ...(title.trim() ? { label: title.trim().slice(0, 200) } : {}),
      }),
    onSuccess: (source) => {
      onNotice({ says: add.added(source.label) });
      setAddress('');
      setChosen(null);
      setKeeps('everything');
      preview.reset();
      changed();
      input.current?.focus();
    },
  });

  const look = (asked: string) => {
    onLook();
    setChosen(null);
    adding.reset();
    if (asked.trim() === '') {
      asking.current?.abort();
      preview.reset();
      return;
    }
    preview.mutate(asked.trim());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look(address);
  };

  return (
    <section className={styles.panel}>
      <div className={styles.form}>
        <form onSubmit={submit} className={styles.ask}>
          <label htmlFor={id}>{add.label}</label>
          <div className={styles.line}>
            <input
              ref={input}
              id={id}
              className="field"
              // Not type=url: a handle or a hashtag is an address too.
              type="text"
              inputMode="url"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={2000}
              placeholder={add.example}
              value={address}
              onChange={(event) => setAddress(event.target.value)}
              onPaste={(event) => {
                // What is pasted over nothing is the whole address: no need to ask for a click.
                const pasted = event.clipboardData.getData('text').trim();
                if (address !== '' || pasted === '' || pasted.length > 2000) return;
                event.preventDefault();
                setAddress(pasted);
                look(pasted);
              }}
            />
            <button type="submit" className={`button ${styles.look}`} disabled={preview.isPending}>
              {add.look}
            </button>
          </div>
        </form>
        <div role="status">{preview.isPending && <p className={styles.note}>{add.looking}</p>}</div>
        {preview.error && !preview.isPending && <Refusal error={preview.error} />}
        {preview.data && !preview.isPending && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (chosen) adding.mutate(chosen);
            }}
          >
            <Candidates preview={preview.data} chosen={chosen} onChoose={setChosen} />
            {chosen && chosen.existingId === null && (
              <>
                <div className={styles.keeps}>
                  <KeepsChoice keeps={keeps} onChoose={setKeeps} />
                </div>
                <button type="submit" className={`button primary ${styles.add}`} disabled={adding.isPending}>
                  {adding.isPending ? add.adding : add.add}
                </button>
              </>
            )}
            {adding.error && (
              <p role="alert" className={styles.problem}>
                {add.notAdded} {adding.error instanceof RefusedError ? (adding.error.detail ?? '') : ''}
              </p>
            )}
          </form>
        )}
      </div>
      <Incoming candidate={chosen} />
    </section>
  );
}
