import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { fetchThread, RefusedError, type Thread } from '../api.ts';
import { Message } from '../frame/Message.tsx';
import { type Notice, NoticeBar } from '../frame/NoticeBar.tsx';
import { useShortcuts } from '../frame/shortcuts.ts';
import { useTitle } from '../frame/title.ts';
import { MoveBars } from '../moves/MoveBars.tsx';
import { streamAddress } from '../place.ts';
import { useMe } from '../session.ts';
import { Composer, type ComposerHandle } from '../talk/Composer.tsx';
import type { QuoteRef } from '../talk/written.ts';
import { useWords } from '../words/Worded.tsx';
import { useReading } from './reading.ts';
import { ThreadHead } from './ThreadHead.tsx';
import styles from './ThreadPane.module.css';
import { ThreadSkeleton } from './ThreadSkeleton.tsx';
import { Timeline } from './Timeline.tsx';

const longestHeading = 110;

/** One thread: its title, on one line of time what was said outside and inside, and where one writes. */
export function ThreadPane(props: {
  threadId: string;
  takeFocus: boolean;
  /** It was opened to reply at once. */
  toReply?: boolean;
  /** On to the next, or back to the list. */
  onLeave: () => void;
}) {
  const { threadId, takeFocus, toReply = false, onLeave } = props;
  const words = useWords();
  const me = useMe();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['thread', threadId],
    queryFn: ({ signal }) => fetchThread(threadId, signal),
  });
  const heading = useRef<HTMLHeadingElement>(null);
  const composer = useRef<ComposerHandle>(null);
  const isLoaded = data !== undefined;
  useEffect(() => {
    if (!isLoaded) return;
    if (toReply) composer.current?.reply();
    else if (takeFocus && !location.hash) heading.current?.focus({ preventScroll: true });
  }, [isLoaded, takeFocus, toReply]);
  const [notice, setNotice] = useState<Notice | null>(null);
  // What told it may be gone with what it did; reading goes on at the head of the thread.
  useEffect(() => {
    if (notice && (document.activeElement === null || document.activeElement === document.body))
      heading.current?.focus({ preventScroll: true });
  }, [notice]);
  const title = data ? titleOf(data, words.stream.noTitle) : null;
  useTitle(title);
  const read = useReading(data);
  const done = () => {
    const present = data?.case;
    if (present?.state === 'taken' && present.holder?.id === me.id) return composer.current?.answer();
    read();
    onLeave();
  };
  const quote = useCallback((chosen: QuoteRef) => composer.current?.quote(chosen), []);
  useShortcuts(data ? { r: () => composer.current?.reply() } : {});

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
  return (
    <article className={styles.thread}>
      <ThreadHead
        thread={data}
        title={title}
        headingRef={heading}
        onNotice={setNotice}
        onFollow={(follows) => client.setQueryData<Thread>(['thread', threadId], { ...data, follows })}
        onDone={done}
      />
      <MoveBars threadId={threadId} onNotice={setNotice} />
      <Timeline thread={data} onNotice={setNotice} onQuote={quote} />
      <div className={styles.foot}>
        <div className={styles.notice}>
          <NoticeBar notice={notice} onDone={() => setNotice(null)} />
        </div>
        <Composer ref={composer} thread={data} onNotice={setNotice} />
      </div>
    </article>
  );
}

/** The title, or the first words of a message that has none. */
function titleOf({ title, mentions }: Thread, otherwise: string): string {
  const text = title ?? mentions.find((mention) => mention.text)?.text;
  if (!text) return otherwise;
  if (text.length <= longestHeading) return text;
  return `${text.slice(0, longestHeading).replace(/\s+\S*$/, '')} …`;
}
