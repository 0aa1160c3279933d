import { Link, useSearch } from 'wouter';
import type { ThreadRow } from '../api.ts';
import { Moment } from '../Moment.tsx';
import { LampMark, WindowMark } from '../marks/Marks.tsx';
import { fromDesk, streamAddress } from '../place.ts';
import { useMe } from '../session.ts';
import { isKindTold, langOf } from '../stream/Row.tsx';
import { Tone } from '../stream/Tone.tsx';
import { useWords } from '../words/Worded.tsx';
import { useMinute } from './CaseLine.tsx';
import styles from './DeskRow.module.css';
import { minutesSince, waitLong, waitShort } from './waiting.ts';

/** One story at the desk: how long it waits first, who has it last; once closed, when and by whom, and why without an answer. */
export function DeskRow(props: {
  thread: ThreadRow;
  /** null: the reader may look, not answer. */
  onTake: ((threadId: string) => void) | null;
  isActing: boolean;
  /** It still waits. */
  isOpen: boolean;
}) {
  const { thread, onTake, isActing, isOpen } = props;
  const words = useWords();
  const { desk, talk } = words;
  const me = useMe();
  const now = useMinute();
  const search = useSearch();
  const { source, rating, sentiment, replies } = thread;
  const brief = thread.case;
  if (!brief) return null;
  const minutes = minutesSince(brief.waitingSince, now);
  const kind = words.kinds[thread.kind as keyof typeof words.kinds];
  const gone = thread.state === 'live' ? null : words.thread.gone[thread.state];
  const title = thread.title ?? thread.excerpt ?? gone ?? words.stream.noTitle;
  const href = streamAddress({}, thread.id);
  const state = fromDesk(search);
  const isMine = brief.holder?.id === me.id;
  const who = isOpen ? brief.holder : (brief.closedBy ?? { id: null, name: desk.somebody });
  return (
    <li className={styles.row} data-thread={thread.id}>
      <div className={styles.waits}>
        {isOpen ? (
          <span title={waitLong(minutes, desk.wait)}>
            <span className="unseen">{desk.waits('')}</span>
            {waitShort(minutes, desk.wait)}
          </span>
        ) : (
          <span className={styles.closed}>
            <span className="unseen">
              {brief.state === 'answered' ? words.brief.isAnswered : words.brief.isUnanswered}{' '}
            </span>
            {brief.closedAt && <Moment at={brief.closedAt} />}
          </span>
        )}
      </div>
      <div className={styles.strip}>
        <WindowMark />
      </div>
      <div className={styles.story}>
        <p className={styles.kicker}>
          <span className={styles.source}>{source?.label ?? words.thread.unknownSource}</span>
          {source && <span>{source.kind === 'social' ? kind : words.sourceKinds[source.kind]}</span>}
          {rating && <span>{words.stream.rating(rating.value, rating.best)}</span>}
          {thread.copies > 0 && <span>{words.stream.elsewhere(thread.copies)}</span>}
        </p>
        <h2 className={styles.title}>
          <Link href={href} state={state} lang={langOf(thread.language)} dir="auto">
            {title}
          </Link>
        </h2>
        <p className={styles.facts}>
          {sentiment && gone === null && <Tone sentiment={sentiment} />}
          {isKindTold(thread) && <span>{kind}</span>}
          {replies.count > 0 && (
            <span className={styles.lamp}>
              <LampMark size={13} /> {talk.replies(replies.count)}
            </span>
          )}
          {thread.tip && <span>{words.brief.tip}</span>}
        </p>
      </div>
      <p className={styles.holder}>
        {who ? <span className={styles.held}>{who.id === me.id ? desk.you : who.name}</span> : desk.nobody}
        {brief.reason && <span className={styles.reason}>{desk.reasons[brief.reason]}</span>}
      </p>
      <div className={styles.act}>
        {brief.state === 'open' && onTake ? (
          <button
            type="button"
            className={`button ${styles.take}`}
            disabled={isActing}
            title={`${desk.take} (c)`}
            onClick={() => onTake(thread.id)}
          >
            <span>
              {desk.take}
              <span className="unseen">: {title}</span>
            </span>
            <kbd>c</kbd>
          </button>
        ) : (
          <Link className="button" href={href} state={state}>
            <span>
              {isMine && isOpen ? desk.answerIt : desk.view}
              <span className="unseen">: {title}</span>
            </span>
          </Link>
        )}
      </div>
    </li>
  );
}
