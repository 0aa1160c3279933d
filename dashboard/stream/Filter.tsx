import { lazy, Suspense, useEffect, useId, useRef } from 'react';
import type { StreamFilter } from '../api.ts';
import { day, languageName } from '../time.ts';
import { useTopics } from '../topics/queries.ts';
import { useFirstWords, useLanguage } from '../words/Worded.tsx';
import styles from './Filter.module.css';
import { useFacets } from './queries.ts';

const SavedViews = lazy(async () => ({ default: (await import('./SavedViews.tsx')).SavedViews }));

const tones = ['negative', 'neutral', 'positive', 'unclear'] as const;

/** What a stream can be narrowed by besides its sides. It acts at once; the address keeps it. */
export function FilterFields({
  filter,
  takeFocus,
  onChange,
  onClose,
}: {
  filter: StreamFilter;
  /** Opened by a key: the first choice has focus. */
  takeFocus: boolean;
  onChange: (filter: StreamFilter) => void;
  onClose: () => void;
}) {
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takeFocus) fields.current?.querySelector('select')?.focus();
  }, [takeFocus]);
  const words = useFirstWords();
  const language = useLanguage();
  const { data } = useFacets();
  const topics = useTopics().data ?? [];
  const put = (part: keyof StreamFilter) => (value: string) => {
    const { [part]: _, ...rest } = filter;
    onChange((value ? { ...rest, [part]: value } : rest) as StreamFilter);
  };
  const languages = new Set([...(data?.languages ?? []), ...(filter.language ? [filter.language] : [])]);
  return (
    <div ref={fields} className={styles.fields}>
      <Pick
        label={words.stream.source}
        value={filter.source ?? ''}
        options={(data?.sources ?? []).map(({ id, label }) => [id, label])}
        onPick={put('source')}
        onClose={onClose}
      />
      {(topics.length > 0 || filter.topic) && (
        <Pick
          label={words.stream.topic}
          value={filter.topic ?? ''}
          options={topics.filter(({ state }) => state !== 'draft').map(({ id, name }) => [id, name])}
          onPick={put('topic')}
          onClose={onClose}
        />
      )}
      <Pick
        label={words.stream.language}
        value={filter.language ?? ''}
        options={[...languages].map((code) => [code, languageName(code, language) ?? words.unknown])}
        onPick={put('language')}
        onClose={onClose}
      />
      <Pick
        label={words.stream.tone}
        value={filter.tone ?? ''}
        options={tones.map((tone) => [tone, words.tones[tone]])}
        onPick={put('tone')}
        onClose={onClose}
      />
      <fieldset className={styles.only}>
        <legend>{words.stream.only}</legend>
        {(['unread', 'mine'] as const).map((part) => (
          <label key={part}>
            <input
              type="checkbox"
              checked={filter[part] === 'true'}
              onChange={(event) => put(part)(event.target.checked ? 'true' : '')}
              onKeyDown={(event) => event.key === 'Escape' && onClose()}
            />
            <span>{words.stream[part]}</span>
            <span className={styles.why}>{part === 'unread' ? words.stream.unreadWhy : words.stream.mineWhy}</span>
          </label>
        ))}
      </fieldset>
      <Suspense fallback={null}>
        <SavedViews />
      </Suspense>
    </div>
  );
}

function Pick(props: {
  label: string;
  value: string;
  options: [string, string][];
  onPick: (value: string) => void;
  onClose: () => void;
}) {
  const { stream } = useFirstWords();
  const id = useId();
  return (
    <div className={styles.pick}>
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        className="field"
        value={props.value}
        onChange={(event) => props.onPick(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && props.onClose()}
      >
        <option value="">{stream.any}</option>
        {props.options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What the stream is narrowed by, each with a way out; with `hasClear` one for all at once. */
export function FilterChips(props: {
  filter: StreamFilter;
  onChange: (filter: StreamFilter) => void;
  hasClear: boolean;
}) {
  const { filter, onChange, hasClear } = props;
  const words = useFirstWords();
  const language = useLanguage();
  const { data } = useFacets();
  const { data: topics } = useTopics();
  // A day of the calendar, whatever the hour is here.
  const dayOf = (date: string) => day(new Date(`${date}T12:00:00`), language, new Date());
  const names: Partial<Record<keyof StreamFilter, string | undefined>> = {
    source: filter.source && (data?.sources.find(({ id }) => id === filter.source)?.label ?? words.stream.source),
    topic: filter.topic && (topics?.find(({ id }) => id === filter.topic)?.name ?? words.stream.topic),
    language: filter.language && (languageName(filter.language, language) ?? words.unknown),
    tone: filter.tone && words.tones[filter.tone],
    unread: filter.unread && words.stream.unread,
    mine: filter.mine && words.stream.mine,
    from: filter.from && words.stream.from(dayOf(filter.from)),
    to: filter.to && words.stream.to(dayOf(filter.to)),
    outcome: filter.outcome && words.stream.outcomes[filter.outcome],
  };
  const parts = (Object.keys(names) as (keyof StreamFilter)[]).filter((part) => names[part]);
  if (parts.length === 0) return null;
  return (
    <ul className={styles.chips}>
      {parts.map((part) => {
        const { [part]: _, ...rest } = filter;
        return (
          <li key={part}>
            <button
              type="button"
              className={styles.chip}
              aria-label={words.stream.without(names[part]!)}
              onClick={() => onChange(rest)}
            >
              {names[part]}
              <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
                <path d="M1.5 1.5l7 7M8.5 1.5l-7 7" fill="none" stroke="currentColor" strokeWidth="1.6" />
              </svg>
            </button>
          </li>
        );
      })}
      {hasClear && parts.length > 1 && (
        <li>
          <button type="button" className="link" onClick={() => onChange(filter.side ? { side: filter.side } : {})}>
            {words.stream.clear}
          </button>
        </li>
      )}
    </ul>
  );
}
