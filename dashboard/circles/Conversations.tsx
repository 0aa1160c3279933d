import { useId, useState } from 'react';
import { Link } from 'wouter';
import type { Circle, CircleThread } from '../api-circles.ts';
import { Choice } from '../frame/Choice.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { Moment } from '../Moment.tsx';
import { LampMark, WindowMark } from '../marks/Marks.tsx';
import { fromCircle, streamAddress } from '../place.ts';
import { langOf } from '../stream/Row.tsx';
import { useSourceName } from '../stream/source-name.ts';
import { Tone } from '../stream/Tone.tsx';
import { MoreMenu } from '../thread/MoreMenu.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './Conversations.module.css';
import { usePlaceActs } from './place-acts.ts';
import { useCircleThreads } from './queries.ts';

/** What is talked about here: what was pinned first, what is done apart. */
export function Conversations({ circle, onNotice }: { circle: Circle; onNotice: (notice: Notice) => void }) {
  const { circle: say, stream } = useWords();
  const [state, setState] = useState<'open' | 'done'>('open');
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useCircleThreads(circle.id, state);
  const id = useId();
  const threads = data?.pages.flatMap((page) => page.threads);
  const { open, done } = circle.threads;
  return (
    <section aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{say.threads}</h2>
        {open + done > 0 && (
          <Choice
            label={say.threadsOf}
            isLabelled={false}
            value={state}
            onChoose={setState}
            options={[
              { value: 'open', label: say.running(open) },
              { value: 'done', label: say.done(done) },
            ]}
          />
        )}
      </div>
      {threads && threads.length > 0 && (
        <ul className={styles.list}>
          {threads.map((thread) => (
            <ThreadLine key={thread.id} circle={circle} thread={thread} onNotice={onNotice} />
          ))}
        </ul>
      )}
      {threads?.length === 0 && (
        <p className={styles.none}>
          {open + done === 0
            ? `${say.noThreads}. ${say.noThreadsWhy}`
            : state === 'open'
              ? say.noneRunning
              : say.noneDone}
        </p>
      )}
      {!data && error && (
        <p role="alert" className={styles.none}>
          {say.threadsFailed}{' '}
          <button type="button" className="link" onClick={() => void refetch().catch(() => undefined)}>
            {stream.retry}
          </button>
        </p>
      )}
      {hasNextPage && (
        <button
          type="button"
          className={`button ${styles.more}`}
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage().catch(() => undefined)}
        >
          {say.moreThreads}
        </button>
      )}
    </section>
  );
}

/** A conversation of a circle; the whole line is the link. For who keeps the circle also what they can do with it. */
export function ThreadLine(props: { circle: Circle; thread: CircleThread; onNotice?: (notice: Notice) => void }) {
  const { circle, thread, onNotice } = props;
  const { circle: say, stream, talk, thread: words } = useWords();
  const sourceName = useSourceName();
  const isInside = thread.born === 'inside';
  const text = thread.title ?? thread.excerpt;
  const gone = thread.state === 'live' ? null : words.gone[thread.state];
  const answers = Math.max(0, thread.replies.count - (isInside ? 1 : 0));
  const { starter, source } = thread;
  const who = isInside ? starter && (starter.guest ? say.guest(starter.name) : starter.name) : sourceName(source);
  return (
    <li className={[styles.row, isInside ? styles.inside : '', thread.unread ? styles.unread : ''].join(' ')}>
      <span className={styles.strip}>
        {isInside ? <LampMark /> : <WindowMark />}
        {thread.unread && <span className={styles.dot} />}
      </span>
      <div className={styles.text}>
        <p className={styles.kicker}>
          <strong>{isInside ? say.inside : say.outside}</strong> <span dir="auto">{who}</span>
          {thread.pinned && <span> · {say.pinned}</span>}
        </p>
        <h3 className={styles.title}>
          {thread.unread && <span className="unseen">{stream.isUnread}: </span>}
          {onNotice ? (
            <Link
              href={streamAddress({}, thread.id)}
              state={fromCircle(circle.id)}
              lang={text === null ? undefined : langOf(thread.language)}
              dir="auto"
            >
              {text ?? gone ?? stream.noTitle}
            </Link>
          ) : (
            <span dir="auto">{text ?? gone ?? stream.noTitle}</span>
          )}
        </h3>
        {!isInside && thread.sentiment && gone === null && (
          <p className={styles.facts}>
            <Tone sentiment={thread.sentiment} />
          </p>
        )}
      </div>
      <p className={styles.end}>
        <span>{answers === 0 ? talk.factsInside(0) : talk.replies(answers)}</span>
        <Moment at={thread.lastAt} />
      </p>
      {onNotice && circle.acts.includes('host') && !circle.ended && (
        <Acts circle={circle} thread={thread} title={text ?? ''} onNotice={onNotice} />
      )}
    </li>
  );
}

function Acts(props: { circle: Circle; thread: CircleThread; title: string; onNotice: (notice: Notice) => void }) {
  const { circle, thread, title, onNotice } = props;
  const { circle: say } = useWords();
  const actsOf = usePlaceActs(thread.id, onNotice);
  const { pinned, closedAt } = thread;
  return (
    <div className={styles.acts}>
      <MoreMenu label={say.more} name={say.moreOf(title)} items={actsOf({ circle, pinned, closedAt })} />
    </div>
  );
}
