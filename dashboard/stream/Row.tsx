import { createElement, memo } from 'react';
import { Link } from 'wouter';
import type { ThreadRow } from '../api.ts';
import { Moment } from '../Moment.tsx';
import { WindowMark } from '../marks/Marks.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './Row.module.css';
import { Tone } from './Tone.tsx';

/** Kinds that say no more than the word of the source does. */
const plainKinds = new Set(['article', 'post', 'review']);

/** One thread in the stream. The whole row is the link; `level` is that of its heading. */
export const Row = memo(function Row(props: {
  thread: ThreadRow;
  href: string;
  selected: boolean;
  compact: boolean;
  level: 2 | 3;
  position: number;
}) {
  const { thread, href, selected, compact, level, position } = props;
  const words = useWords();
  const { source, rating } = thread;
  const text = thread.title ?? thread.excerpt;
  const gone = thread.state === 'live' ? null : words.thread.gone[thread.state];
  // Words that are gone have no tone.
  const sentiment = gone === null ? thread.sentiment : null;
  const kind = words.kinds[thread.kind as keyof typeof words.kinds] ?? null;
  const toldKind = plainKinds.has(thread.kind) ? null : kind;
  const titleId = `row-${thread.id}`;
  return (
    <article
      className={[styles.row, compact ? styles.compact : '', selected ? styles.selected : ''].join(' ')}
      aria-labelledby={titleId}
      aria-posinset={position}
      aria-setsize={-1}
      data-thread={thread.id}
    >
      <div className={styles.strip}>
        <WindowMark />
      </div>
      <div className={styles.text}>
        <p className={styles.kicker}>
          <span className={styles.source}>{source?.label ?? words.thread.unknownSource}</span>
          {compact && sentiment ? (
            <>
              {toldKind && <span className={styles.kind}>{toldKind}</span>}
              <Tone sentiment={sentiment} brief={toldKind !== null} />
            </>
          ) : (
            source && (
              <span className={styles.kind}>{source.kind === 'social' ? kind : words.sourceKinds[source.kind]}</span>
            )
          )}
          {/* The moment the stream is ordered by: a copy elsewhere never moves a thread. */}
          <Moment at={thread.sortAt} className={styles.time!} />
        </p>
        {createElement(
          `h${level}`,
          { className: styles.title, id: titleId },
          <Link
            href={href}
            aria-current={selected ? 'true' : undefined}
            className={text === null ? styles.gone : undefined}
            lang={text === null ? undefined : langOf(thread.language)}
            dir="auto"
          >
            {text ?? gone ?? words.stream.noTitle}
          </Link>,
        )}
        {!compact && (
          <p className={styles.facts}>
            {sentiment && <Tone sentiment={sentiment} />}
            {toldKind && source?.kind !== 'social' && <span>{toldKind}</span>}
            {rating && <span>{words.stream.rating(rating.value, rating.best)}</span>}
            {thread.copies > 0 && <span>{words.stream.elsewhere(thread.copies)}</span>}
            {gone && text !== null && <span>{gone}</span>}
          </p>
        )}
      </div>
    </article>
  );
});

/** For a `lang` attribute: nothing where nobody could tell. */
export function langOf(language: string | null): string | undefined {
  return language === null || language === 'und' ? undefined : language;
}
