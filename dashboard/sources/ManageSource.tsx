import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import { changeSource, pollNow, RefusedError, type Source } from '../api.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { streamAddress } from '../place.ts';
import { every } from '../time.ts';
import { useWords } from '../words/Worded.tsx';
import { DeskSwitch } from './DeskSwitch.tsx';
import { ChangeKeeps } from './Keeps.tsx';
import styles from './ManageSource.module.css';
import { useSourcesChanged } from './queries.ts';
import { RemoveSource } from './RemoveSource.tsx';

/** What can be done with one source. Pausing can be undone; removing asks first. */
export function ManageSource({ source, onNotice }: { source: Source; onNotice: (notice: Notice) => void }) {
  const words = useWords();
  const changed = useSourcesChanged();
  const [removing, setRemoving] = useState(false);
  const failed = (error: Error) =>
    onNotice({ says: `${words.sources.notDone} ${error instanceof RefusedError ? (error.detail ?? '') : ''}` });
  const setState = useMutation({
    mutationFn: (state: 'active' | 'paused') => changeSource(source.id, { state }),
    onSuccess: (now, state) => {
      if (state === 'paused')
        onNotice({ says: words.sources.pausedNow(now.label), undo: () => setState.mutate('active') });
      else onNotice({ says: words.sources.resumedNow(now.label) });
      changed();
    },
    onError: failed,
  });
  const poll = useMutation({
    mutationFn: () => pollNow(source.id),
    onSuccess: (now) => {
      onNotice({ says: words.sources.polled(now.label) });
      changed();
    },
    onError: failed,
  });
  return (
    <div className={styles.manage}>
      <dl className={styles.facts}>
        <div>
          <dt>{words.sources.place}</dt>
          <dd>{source.place}</dd>
        </div>
        {isReading(source) && source.intervalSeconds !== null && (
          <div>
            <dt>{words.sources.rhythm}</dt>
            <dd>{words.sources.checks(every(source.intervalSeconds, words))}</dd>
          </div>
        )}
      </dl>
      <div className={styles.actions}>
        <Link className="button" href={streamAddress({ source: source.id })}>
          {words.sources.show}
        </Link>
        {/* One button for both ways, so that focus stays on it. */}
        <button
          type="button"
          className="button"
          onClick={() => setState.mutate(source.state === 'active' ? 'paused' : 'active')}
        >
          {source.state === 'active' ? words.sources.pause : words.sources.resume}
        </button>
        {source.state === 'active' && (
          <button type="button" className="button" disabled={poll.isPending} onClick={() => poll.mutate()}>
            {words.sources.pollNow}
          </button>
        )}
        <button type="button" className="button danger" onClick={() => setRemoving(true)}>
          {words.sources.remove} …
        </button>
      </div>
      <ChangeKeeps source={source} onNotice={onNotice} />
      <DeskSwitch source={source} onNotice={onNotice} />
      <NameAndKind source={source} onNotice={onNotice} />
      {removing && <RemoveSource source={source} onNotice={onNotice} onClose={() => setRemoving(false)} />}
    </div>
  );
}

/** Asked at its own rhythm: a source that fails is asked later and says itself when. */
const isReading = ({ state, health: { level, reason } }: Source) =>
  state === 'active' && (level === 'fine' || level === 'new' || reason === 'silent');

function NameAndKind({ source, onNotice }: { source: Source; onNotice: (notice: Notice) => void }) {
  const words = useWords();
  const changed = useSourcesChanged();
  const id = useId();
  const [label, setLabel] = useState(source.label);
  const [kind, setKind] = useState(source.kind);
  const save = useMutation({
    mutationFn: () => changeSource(source.id, { label: label.trim(), kind }),
    onSuccess: (now) => {
      onNotice({ says: words.sources.saved(now.label) });
      changed();
    },
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <label htmlFor={`${id}-name`}>{words.sources.name}</label>
      <input
        id={`${id}-name`}
        className="field"
        required
        maxLength={200}
        value={label}
        onChange={(event) => setLabel(event.target.value)}
      />
      <span className={styles.kind}>
        <label htmlFor={`${id}-kind`}>{words.sources.kind}</label>
        <select
          id={`${id}-kind`}
          className="field"
          value={kind}
          onChange={(event) => setKind(event.target.value as Source['kind'])}
        >
          {Object.entries(words.sourceKinds).map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      </span>
      <button type="submit" className="button" disabled={save.isPending || label.trim() === ''}>
        {words.sources.save}
      </button>
      {save.error && (
        <p role="alert">
          {words.sources.notSaved} {save.error instanceof RefusedError ? save.error.detail : ''}
        </p>
      )}
    </form>
  );
}
