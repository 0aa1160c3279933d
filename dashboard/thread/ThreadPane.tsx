import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { fetchThread, type Mention, RefusedError, type Thread } from '../api.ts';
import { Message } from '../frame/Message.tsx';
import { type Notice, NoticeBar } from '../frame/NoticeBar.tsx';
import { useTitle } from '../frame/title.ts';
import { streamAddress } from '../place.ts';
import { langOf } from '../stream/Row.tsx';
import { useWords } from '../words/Worded.tsx';
import { Copies } from './Copies.tsx';
import { Entry } from './Entry.tsx';
import styles from './ThreadPane.module.css';
import { ThreadSkeleton } from './ThreadSkeleton.tsx';

/** Reasons by which a mention says the same thing again; anything else is an entry of its own on the line of time. */
const copyReasons = new Set(['same-address', 'same-text']);
const longestHeading = 110;

/** One thread: its title and, on one line of time, what was said outside. */
export function ThreadPane({ threadId, takeFocus }: { threadId: string; takeFocus: boolean }) {
  const words = useWords();
  const { data, error, refetch } = useQuery({
    queryKey: ['thread', threadId],
    queryFn: ({ signal }) => fetchThread(threadId, signal),
  });
  const heading = useRef<HTMLHeadingElement>(null);
  const isLoaded = data !== undefined;
  useEffect(() => {
    if (isLoaded && takeFocus) heading.current?.focus({ preventScroll: true });
  }, [isLoaded, takeFocus]);
  const [notice, setNotice] = useState<Notice | null>(null);
  // What told it may be gone with what it did; reading goes on at the head of the thread.
  useEffect(() => {
    if (notice) heading.current?.focus({ preventScroll: true });
  }, [notice]);
  const title = data ? titleOf(data, words.stream.noTitle) : null;
  useTitle(title);

  if (data === undefined && error instanceof RefusedError && error.code === 'not_found')
    return (
      <Message
        title={words.thread.notFound}
        level={1}
        action={{ label: words.frame.toStream, href: streamAddress({}) }}
      >
        {words.thread.notFoundWhy}
      </Message>
    );
  if (data === undefined && error)
    return (
      <Message
        title={words.thread.failed}
        level={1}
        urgent
        action={{ label: words.stream.retry, onClick: () => void refetch().catch(() => undefined) }}
      >
        {error instanceof RefusedError && error.detail ? `${error.detail} ` : ''}
        {words.stream.failedKept}
      </Message>
    );
  if (!data) return <ThreadSkeleton />;

  const first = data.mentions.find(({ joined }) => joined === null) ?? data.mentions[0];
  const isCopy = (mention: Mention) => mention !== first && copyReasons.has(mention.joined?.reason ?? '');
  const copies = data.mentions.filter(isCopy);
  const notSent = data.mentionCount - data.mentions.length;
  return (
    <>
      <article className={styles.thread}>
        <header className={styles.head}>
          <h1 ref={heading} tabIndex={-1} className={styles.title} lang={langOf(data.language)} dir="auto">
            {title}
          </h1>
          <p className={styles.facts}>{words.thread.facts(data.mentionCount)}</p>
        </header>
        <div className={styles.line}>
          {data.mentions
            .filter((mention) => !isCopy(mention))
            .map((mention) => (
              <Entry key={mention.id} mention={mention} threadTitle={data.title} onNotice={setNotice}>
                {mention === first && (copies.length > 0 || notSent > 0) && (
                  <Copies copies={copies} notSent={notSent} onNotice={setNotice} />
                )}
              </Entry>
            ))}
        </div>
      </article>
      <NoticeBar notice={notice} onDone={() => setNotice(null)} />
    </>
  );
}

/** The title, or the first words of a message that has none. */
function titleOf({ title, mentions }: Thread, otherwise: string): string {
  const text = title ?? mentions.find((mention) => mention.text)?.text;
  if (!text) return otherwise;
  if (text.length <= longestHeading) return text;
  return `${text.slice(0, longestHeading).replace(/\s+\S*$/, '')} …`;
}
