import { createElement, memo } from 'react';
import { Link } from 'wouter';
import type { ThreadRow } from '../api.ts';
import { caseBrief, firstName } from '../desk/case-words.ts';
import { Moment } from '../Moment.tsx';
import { LampMark, WindowMark } from '../marks/Marks.tsx';
import { useMe } from '../session.ts';
import { useFirstWords } from '../words/Worded.tsx';
import styles from './Row.module.css';
import { useSourceName } from './source-name.ts';
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
  const words = useFirstWords();
  const isInside = thread.born === 'inside';
  const text = thread.title ?? thread.excerpt;
  const gone = thread.state === 'live' ? null : words.thread.gone[thread.state];
  const titleId = `row-${thread.id}`;
  const look = [
    styles.row,
    compact ? styles.compact : '',
    selected ? styles.selected : '',
    isInside ? styles.inside : '',
    thread.unread ? styles.unread : '',
  ];
  return (
    <article
      className={look.join(' ')}
      aria-labelledby={titleId}
      aria-posinset={position}
      aria-setsize={-1}
      data-thread={thread.id}
    >
      <div className={styles.strip}>
        {isInside ? <LampMark /> : <WindowMark />}
        {thread.unread && <span className={styles.dot} />}
      </div>
      <div className={styles.text}>
        <p className={styles.kicker}>
          {isInside ? <InsideKicker thread={thread} /> : <OutsideKicker thread={thread} compact={compact} />}
          <RowTime thread={thread} />
        </p>
        {createElement(
          `h${level}`,
          { className: styles.title, id: titleId },
          thread.unread && <span className="unseen">{words.stream.isUnread}: </span>,
          <Link
            key="link"
            href={href}
            aria-current={selected ? 'true' : undefined}
            className={text === null ? styles.gone : undefined}
            lang={text === null ? undefined : langOf(thread.language)}
            dir="auto"
          >
            {text ?? gone ?? words.stream.noTitle}
          </Link>,
        )}
        {!compact && (isInside ? <Answers thread={thread} /> : <Facts thread={thread} gone={gone} />)}
        {!compact && !isInside && <LampLine thread={thread} />}
      </div>
    </article>
  );
});

function OutsideKicker({ thread, compact }: { thread: ThreadRow; compact: boolean }) {
  const words = useFirstWords();
  const sourceName = useSourceName();
  const { source, sentiment } = thread;
  const kind = words.kinds[thread.kind as keyof typeof words.kinds] ?? null;
  const toldKind = plainKinds.has(thread.kind) ? null : kind;
  return (
    <>
      <span className={styles.source}>{sourceName(source)}</span>
      {compact && sentiment && thread.state === 'live' ? (
        <>
          {toldKind && <span className={styles.kind}>{toldKind}</span>}
          <Tone sentiment={sentiment} brief={toldKind !== null} />
        </>
      ) : (
        source && (
          <span className={styles.kind}>{source.kind === 'social' ? kind : words.sourceKinds[source.kind]}</span>
        )
      )}
    </>
  );
}

function InsideKicker({ thread }: { thread: ThreadRow }) {
  const { stream } = useFirstWords();
  return (
    <>
      <span className={styles.source}>{stream.inside}</span>
      {thread.starter && <span className={styles.kind}>{thread.starter.name}</span>}
    </>
  );
}

/** The moment the list is ordered by; "laatst" where something came after the story itself. */
function RowTime({ thread }: { thread: ThreadRow }) {
  const { stream } = useFirstWords();
  const isLater = thread.born === 'outside' && thread.replies.last !== null;
  return (
    <span className={styles.time}>
      {isLater ? stream.lastAt('') : ''}
      <Moment at={thread.sortAt} />
    </span>
  );
}

function Facts({ thread, gone }: { thread: ThreadRow; gone: string | null }) {
  const words = useFirstWords();
  const me = useMe();
  const { rating } = thread;
  const kind = words.kinds[thread.kind as keyof typeof words.kinds] ?? null;
  return (
    <p className={styles.facts}>
      {/* Words that are gone have no tone. */}
      {thread.sentiment && gone === null && <Tone sentiment={thread.sentiment} />}
      {isKindTold(thread) && <span>{kind}</span>}
      {rating && <span>{words.stream.rating(rating.value, rating.best)}</span>}
      {thread.copies > 0 && <span>{words.stream.elsewhere(thread.copies)}</span>}
      {thread.case && <span>{caseBrief(thread.case, me.id, words)}</span>}
      {thread.tip && <span>{words.brief.tip}</span>}
      {gone && (thread.title ?? thread.excerpt) !== null && <span>{gone}</span>}
    </p>
  );
}

/** Under a conversation of our own: how many answered, and who was last. What it began with is no answer. */
function Answers({ thread }: { thread: ThreadRow }) {
  const { talk } = useFirstWords();
  const { count, last } = thread.replies;
  const answers = Math.max(0, count - 1);
  return (
    <p className={styles.facts}>
      <span>{answers > 0 && last ? talk.onlyReplies(answers, last.person.name) : talk.factsInside(answers)}</span>
    </p>
  );
}

/** What colleagues say about it, on one line. */
function LampLine({ thread }: { thread: ThreadRow }) {
  const { talk, stream } = useFirstWords();
  const { count, last } = thread.replies;
  if (count === 0 || !last) return null;
  // Words that begin with a quote have their marks already.
  const isQuote = last.excerpt.startsWith('“');
  return (
    <p className={styles.lamp}>
      <LampMark size={13} />
      <span>
        <strong>{talk.replies(count)}</strong>.{' '}
        {(isQuote ? stream.saysQuoted : stream.says)(firstName(last.person.name), last.excerpt)}
      </span>
    </p>
  );
}

/** Whether the kind of a message says something that its source does not. */
export function isKindTold({ kind, source }: ThreadRow): boolean {
  return !plainKinds.has(kind) && source?.kind !== 'social';
}

/** For a `lang` attribute: nothing where nobody could tell. */
export function langOf(language: string | null): string | undefined {
  return language === null || language === 'und' ? undefined : language;
}
