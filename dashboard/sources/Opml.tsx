import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { importOpml, type OpmlAnswer, opmlAddress, RefusedError, type Source } from '../api.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './Opml.module.css';
import { useSourcesChanged } from './queries.ts';

/** A list of feeds in or out, for people who come from or go to another reader. */
export function Opml({ sources, onAct }: { sources: Source[]; onAct: () => void }) {
  const { opml } = useWords();
  const [isExported, setIsExported] = useState(false);
  const feeds = sources.filter(({ connector }) => connector === 'feed').length;
  const file = useRef<HTMLInputElement>(null);
  const changed = useSourcesChanged();
  const reading = useMutation({ mutationFn: importOpml, onSuccess: changed });
  // The outcome stands at the end of the page: it is brought to the reader.
  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (reading.data || reading.error) outcome.current?.focus();
  }, [reading.data, reading.error]);
  // One outcome at a time.
  const begin = (act: () => void) => {
    onAct();
    setIsExported(false);
    reading.reset();
    act();
  };
  return (
    <section className={styles.opml}>
      <h2>{opml.title}</h2>
      <p className={styles.why}>{opml.why}</p>
      <div className={styles.actions}>
        <input
          ref={file}
          type="file"
          className={styles.file}
          aria-label={opml.import}
          tabIndex={-1}
          accept=".opml,.xml,text/xml,text/x-opml,application/xml"
          onChange={({ target }) => {
            const [chosen] = target.files ?? [];
            if (chosen) begin(() => reading.mutate(chosen));
            target.value = '';
          }}
        />
        <button type="button" className="button" disabled={reading.isPending} onClick={() => file.current?.click()}>
          {opml.import}
        </button>
        {feeds > 0 && (
          <a
            className="button"
            href={opmlAddress}
            download="buitenwacht.opml"
            onClick={() => begin(() => setIsExported(true))}
          >
            {opml.export}
          </a>
        )}
      </div>
      <div role="status">
        {reading.isPending && <p className={styles.why}>{opml.importing}</p>}
        {isExported && (
          <p className={styles.why}>
            {opml.exported(feeds)} {sources.length > feeds && opml.notExported(sources.length - feeds)}
          </p>
        )}
      </div>
      <div ref={outcome} tabIndex={-1} className={styles.outcome}>
        {reading.data && (
          <p role="status" className={styles.sum}>
            {reading.data.lines.length === 0 ? opml.noFeeds : sum(reading.data, opml)}
          </p>
        )}
        {reading.error && (
          <p role="alert" className={styles.problem}>
            {opml.failed} {whyNot(reading.error, opml)}
          </p>
        )}
        {reading.data && reading.data.lines.length > 0 && <Lines lines={reading.data.lines} />}
      </div>
    </section>
  );
}

function Lines({ lines }: { lines: OpmlAnswer['lines'] }) {
  const { opml, reasons, unreadable } = useWords();
  // What went wrong first: that is what someone can mend.
  const order = { invalid: 0, exists: 1, added: 2 };
  const sorted = [...lines].sort((a, b) => order[a.result] - order[b.result] || a.line - b.line);
  return (
    <details className={styles.lines} open>
      <summary>{opml.lines}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{opml.line}</th>
            <th scope="col">{opml.feed}</th>
            <th scope="col">{opml.result}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ line, title, address, result, reason }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one line may name two feeds, and the list never changes
            <tr key={index}>
              <td>{line}</td>
              <td>
                {title ?? ''} {address && <span>{address}</span>}
              </td>
              <td>
                {opml.results[result]}
                {reason && <span>{reasons[reason] ?? unreadable}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function whyNot(error: Error, words: ReturnType<typeof useWords>['opml']): string {
  if (!(error instanceof RefusedError)) return '';
  // Of a file nothing else can be wrong than that it is another kind of file.
  return error.code === 'invalid_request' ? words.notOpml : (error.detail ?? '');
}

function sum({ lines }: OpmlAnswer, words: ReturnType<typeof useWords>['opml']): string {
  const count = (result: OpmlAnswer['lines'][number]['result']) =>
    lines.filter((line) => line.result === result).length;
  const parts = [
    words.added(count('added')),
    ...(count('exists') > 0 ? [words.existed(count('exists'))] : []),
    ...(count('invalid') > 0 ? [words.invalid(count('invalid'))] : []),
  ];
  return `${parts.join(', ')}.`;
}
