import { useEffect, useRef, useState } from 'react';
import type { Thread } from '../api.ts';
import type { Reply } from '../api-talk.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useMe } from '../session.ts';
import type { QuoteRef } from '../talk/written.ts';
import { useWords } from '../words/Worded.tsx';
import { Copies } from './Copies.tsx';
import { Entry } from './Entry.tsx';
import { EventBand } from './EventBand.tsx';
import { ReplyBand } from './ReplyBand.tsx';
import { useReplies } from './replies.ts';
import styles from './Timeline.module.css';
import { copiesOf, timelineOf } from './timeline.ts';

/** Pages of earlier replies that are looked through for one that a link points to. */
const mostPagesBack = 10;

/** Everything of a thread on one line of time. */
export function Timeline(props: {
  thread: Thread;
  onNotice: (notice: Notice) => void;
  onQuote: (quote: QuoteRef) => void;
}) {
  const { thread, onNotice, onQuote } = props;
  const words = useWords();
  const { talk, stream } = words;
  const me = useMe();
  // As it was when the thread was opened: the line stays while one reads.
  const [since] = useState(thread.readUpTo);
  const { replies, leaving, earlier, failed, loadEarlier, change } = useReplies(thread);
  const { first, copies } = copiesOf(thread);
  const notSent = thread.mentionCount - thread.mentions.length;
  const line = useRef<HTMLDivElement>(null);
  useArrival(line, { replies: replies.map(({ id }) => id), earlier, loadEarlier });
  const audienceIn = (circle: string) => thread.audiences.find((one) => one.circle.id === circle) ?? null;
  const wroteOf = ({ person, circle }: Reply) => {
    const author = thread.authors.find((one) => one.person.id === person.id && one.circle.id === circle.id);
    if (!author) return null;
    if (author.state === 'claimed') return words.border.claims;
    return author.confirmedBy ? words.border.wrote(author.confirmedBy.name) : words.border.wroteIt;
  };
  return (
    <div ref={line} className={styles.line}>
      {timelineOf(thread, replies, { since, meId: me.id, hasEarlier: earlier !== null }).map((moment) => {
        switch (moment.kind) {
          case 'mention':
            return (
              <Entry
                key={moment.mention.id}
                mention={moment.mention}
                threadTitle={thread.title}
                onNotice={onNotice}
                onQuote={onQuote}
              >
                {moment.mention === first && (copies.length > 0 || notSent > 0) && (
                  <Copies copies={copies} notSent={notSent} onNotice={onNotice} />
                )}
              </Entry>
            );
          case 'reply': {
            const onItsWay = leaving.find(({ key }) => key === moment.reply.id);
            return (
              <ReplyBand
                key={moment.reply.id}
                reply={moment.reply}
                mentions={thread.mentions}
                isFirst={moment.isFirst}
                isLast={moment.isLast}
                audience={audienceIn(moment.reply.circle.id)}
                wrote={wroteOf(moment.reply)}
                leaving={onItsWay && (onItsWay.isLate ? talk.placingLater : talk.placing)}
                onChanged={change}
                onNotice={onNotice}
              />
            );
          }
          case 'event':
            return <EventBand key={`${moment.event.kind} ${moment.at}`} event={moment.event} />;
          case 'earlier':
            return (
              <p key="earlier" className={styles.earlier}>
                {failed && <span role="alert">{talk.earlierFailed} </span>}
                <button type="button" className="link" onClick={() => void loadEarlier()}>
                  {failed ? stream.retry : talk.earlier}
                </button>
              </p>
            );
          default:
            return (
              <h2 key="new" data-new className={styles.new}>
                {talk.newSince}
              </h2>
            );
        }
      })}
    </div>
  );
}

/** Goes once to the reply that the address names, looking back for it, or to what is new since the last visit. */
function useArrival(
  line: React.RefObject<HTMLDivElement | null>,
  list: { replies: string[]; earlier: string | null; loadEarlier: () => Promise<void> },
): void {
  const hasArrived = useRef(false);
  const pagesBack = useRef(0);
  const { replies, earlier, loadEarlier } = list;
  useEffect(() => {
    if (hasArrived.current || !line.current) return;
    const wanted = /^#(r_[\w-]+)$/.exec(location.hash)?.[1];
    if (wanted === undefined) {
      hasArrived.current = true;
      line.current.querySelector('[data-new]')?.scrollIntoView({ block: 'center' });
      return;
    }
    if (replies.includes(wanted)) {
      hasArrived.current = true;
      const reply = document.getElementById(wanted);
      reply?.scrollIntoView({ block: 'center' });
      reply?.focus({ preventScroll: true });
      reply?.setAttribute('data-linked', '');
    } else if (earlier !== null && pagesBack.current < mostPagesBack) {
      pagesBack.current += 1;
      void loadEarlier();
    } else hasArrived.current = true;
  }, [line, replies, earlier, loadEarlier]);
}
