import { lazy, Suspense, useEffect, useMemo, useRef } from 'react';
import { useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { isOneColumn } from '../frame/one-column.ts';
import { useShortcuts } from '../frame/shortcuts.ts';
import { listBefore, placeOf, streamAddress } from '../place.ts';
import { useRight } from '../session.ts';
import { useSources } from '../sources/queries.ts';
import { useFirstWords } from '../words/Worded.tsx';
import { Example } from './Example.tsx';
import { StreamList } from './StreamList.tsx';
import styles from './StreamPage.module.css';

const loadThreadPane = () => import('../thread/ThreadPane.tsx');
const ThreadPane = lazy(async () => ({ default: (await loadThreadPane()).ThreadPane }));

/** Where the browser opened the page; what is opened after is a step within it, from whichever screen. */
const openedAt = location.pathname;

/** The list and, beside it or on a narrow screen over it, the thread that is open. */
export function StreamPage({ search, threadId }: { search: string; threadId: string | null }) {
  const [, navigate] = useLocation();
  const before = listBefore(useHistoryState())?.href;
  // By the search alone, so that opening a thread leaves the list as it is.
  const filter = useMemo(() => {
    const place = placeOf('/', search);
    return place.page === 'stream' ? place.filter : {};
  }, [search]);
  // A thread that is opened takes focus; one that the page began with leaves it where browsers put it.
  const began = useRef(openedAt === streamAddress({}, threadId) ? threadId : undefined);
  if (began.current !== threadId) began.current = undefined;
  // The code for reading is there before the first click.
  useEffect(() => {
    const timer = setTimeout(() => void loadThreadPane().catch(() => undefined), 500);
    return () => clearTimeout(timer);
  }, []);
  // By key from the list: opened to reply at once.
  const toReply = useRef<string | null>(null);
  const onReply = (id: string) => {
    toReply.current = id;
    navigate(streamAddress(filter, id));
  };
  const onLeave = () => {
    const next = threadId === null ? null : rowAfter(threadId);
    navigate(before ?? streamAddress(filter, isOneColumn() ? null : next));
  };
  useShortcuts(threadId === null ? {} : { Escape: () => navigate(before ?? streamAddress(filter)) });
  return (
    <div className={threadId === null ? styles.page : `${styles.page} ${styles.reading}`}>
      <section className={styles.list}>
        <StreamList filter={filter} threadId={threadId} onReply={onReply} />
      </section>
      <section className={styles.pane}>
        {threadId === null ? (
          <NothingOpen />
        ) : (
          <Suspense fallback={null}>
            <ThreadPane
              key={threadId}
              threadId={threadId}
              takeFocus={began.current === undefined}
              toReply={toReply.current === threadId}
              onLeave={onLeave}
            />
          </Suspense>
        )}
      </section>
    </div>
  );
}

/** The thread that stands below another in the list, as far as it is drawn. */
function rowAfter(threadId: string): string | null {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-stream-pane] [data-thread]')];
  const at = rows.findIndex((row) => row.dataset.thread === threadId);
  return (at < 0 ? undefined : rows[at + 1])?.dataset.thread ?? null;
}

/** Beside a list in which nothing is open; with no source yet, what a story will look like. */
function NothingOpen() {
  const { stream } = useFirstWords();
  const isColleague = useRight('colleague');
  const { data } = useSources();
  if (isColleague && !data) return null;
  if (data?.sources.length === 0) return <Example />;
  return (
    <div className={styles.nothing}>
      <p>{stream.pick}</p>
      <p>{stream.pickKeys}</p>
    </div>
  );
}
