import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { RefusedError, type Source } from '../api.ts';
import { previewFresh } from '../api-topics.ts';
import { Moment } from '../Moment.tsx';
import { useSources } from '../sources/queries.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './Preview.module.css';
import { SampleWords } from './Sample.tsx';

/** As many as the server reads at once. */
const mostSources = 5;
const mostShown = 20;

/** What the sources say at this moment that fits, at one click. `chosen` null: the five that say most. */
export function Fresh({ query, chosen }: { query: string; chosen: string[] | null }) {
  const { bring, thread, add } = useWords();
  const { data } = useSources();
  const sources = askedOf(data?.sources ?? [], chosen);
  const leaving = useRef(new AbortController());
  useEffect(() => {
    leaving.current = new AbortController();
    return () => leaving.current.abort();
  }, []);
  const fetching = useMutation({
    mutationFn: (asked: string) =>
      previewFresh(
        asked,
        sources.map(({ id }) => id),
        leaving.current.signal,
      ),
  });
  if (sources.length === 0) return null;
  // Of another question than stands there by now it says nothing.
  const found = fetching.variables === query ? fetching.data : undefined;
  const errors = found?.sources.filter(({ error }) => error !== null) ?? [];
  const [items, matched] = (found?.sources ?? []).reduce(
    ([all, some], one) => [all + one.items, some + one.matched],
    [0, 0],
  );
  return (
    <section aria-labelledby="fresh-title" className={styles.fresh}>
      <div className={styles.sampleHead}>
        <h3 id="fresh-title">{bring.fresh}</h3>
        <button type="button" className="button" disabled={fetching.isPending} onClick={() => fetching.mutate(query)}>
          {bring.freshGet}
        </button>
      </div>
      <p className={styles.note}>{bring.freshWhy(sources.map(({ label }) => label).join(', '))}</p>
      <div role="status">
        {fetching.isPending && <p className={styles.note}>{bring.freshing}</p>}
        {found && !fetching.isPending && <p>{matched > 0 ? bring.freshFound(matched, items) : bring.freshNone}</p>}
      </div>
      {fetching.error && !fetching.isPending && (
        <p role="alert" className={styles.problem}>
          {bring.freshFailed} {fetching.error instanceof RefusedError ? fetching.error.detail : ''}
        </p>
      )}
      {found && !fetching.isPending && (
        <>
          {errors.map(({ source, error }) => (
            <p key={source.id} className={styles.problem}>
              <strong dir="auto">{source.label}</strong>: {error}
            </p>
          ))}
          <ul>
            {found.samples.slice(0, mostShown).map(({ source, url, at, language, title, text, spans }, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: nothing of it is stored, so nothing has an identity
              <li key={n} className={styles.sample}>
                <p className={styles.kicker}>
                  <span className={styles.source} dir="auto">
                    {source.label}
                  </span>{' '}
                  {at === null ? add.noDate : <Moment at={at} say="spoken" />}
                </p>
                <SampleWords {...{ title, text, spans, language }} />
                {url && (
                  <a className={styles.read} href={url} target="_blank" rel="noopener noreferrer">
                    {thread.read(source.label)}
                  </a>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** Those that were chosen or, of all, those that say most: from them something is to be expected. */
function askedOf(sources: readonly Source[], chosen: string[] | null): Source[] {
  const among = sources.filter(({ id, state }) => (chosen === null ? state === 'active' : chosen.includes(id)));
  return [...among].sort((a, b) => b.perDay - a.perDay).slice(0, mostSources);
}
