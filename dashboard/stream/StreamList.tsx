import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { RefusedError, type StreamFilter } from '../api.ts';
import { Message } from '../frame/Message.tsx';
import { type Notice, NoticeBar } from '../frame/NoticeBar.tsx';
import { useShortcuts } from '../frame/shortcuts.ts';
import { useTitle } from '../frame/title.ts';
import { Chevron } from '../marks/Marks.tsx';
import { streamAddress } from '../place.ts';
import { usePreferences } from '../preferences.ts';
import { useRight } from '../session.ts';
import { useTopics } from '../topics/queries.ts';
import { useFirstWords } from '../words/Worded.tsx';
import { Chunk } from './Chunk.tsx';
import { EmptyStream } from './EmptyStream.tsx';
import { FilterChips, FilterFields } from './Filter.tsx';
import { rowOf, useKeptPlace } from './kept-place.ts';
import { useNewcomers, useStream } from './queries.ts';
import { Row } from './Row.tsx';
import { RowSkeletons } from './RowSkeletons.tsx';
import { StreamHead } from './StreamHead.tsx';
import styles from './StreamList.module.css';
import { useWalk } from './walk.ts';

/** The stream: its filter, what is new, and the rows, page by page. */
export function StreamList(props: {
  filter: StreamFilter;
  threadId: string | null;
  onReply: (threadId: string) => void;
}) {
  const { filter, threadId, onReply } = props;
  const words = useFirstWords();
  const [, navigate] = useLocation();
  const { density } = usePreferences();
  const pane = useRef<HTMLDivElement>(null);
  const filterButton = useRef<HTMLButtonElement>(null);
  const focusNext = useRef<string | null>(null);
  const [notice, setNotice] = useState<Notice | null>(null);
  const [filterOpen, setFilterOpen] = useState<false | 'by hand' | 'by key'>(false);
  const { data, error, isFetchNextPageError, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useStream(filter);
  const { newcomers, isMore, show } = useNewcomers(filter);
  const [reading, row] = threadId === null ? ([1, 2] as const) : ([2, 3] as const);
  const isFiltered = Object.keys(filter).length > 0;
  const pages = data?.pages ?? [];
  const isEmpty = data !== undefined && pages.every(({ threads }) => threads.length === 0) && !hasNextPage;
  const loadMore = () => {
    if (hasNextPage && !isFetchingNextPage) fetchNextPage().catch(() => undefined);
  };
  const { data: topics } = useTopics();
  const topic = filter.topic ? topics?.find(({ id }) => id === filter.topic)?.name : undefined;
  useTitle(threadId === null ? (topic ?? words.stream.title) : null);
  const isComingBack = useKeptPlace(pane, filter, { pageCount: pages.length, hasMore: hasNextPage, loadMore });
  useWalk(pane, threadId, onReply);

  const showNew = () => {
    const first = newcomers[0];
    if (!first || !pane.current) return;
    show();
    pane.current.scrollTop = 0;
    focusNext.current = first.id;
  };
  useEffect(() => {
    const row = focusNext.current !== null && data && pane.current && rowOf(pane.current, focusNext.current);
    if (!row) return;
    focusNext.current = null;
    row.querySelector('a')?.focus();
  }, [data]);
  const change = (next: StreamFilter) => {
    if (pane.current) pane.current.scrollTop = 0;
    navigate(streamAddress(next, threadId), { replace: true });
  };
  // What one could choose from is for who works here.
  const mayFilter = useRight('colleague');
  const hasFilter = mayFilter && (!isEmpty || isFiltered);
  const closeFilter = () => {
    setFilterOpen(false);
    filterButton.current?.focus();
  };
  useShortcuts({
    n: showNew,
    ...(hasFilter ? { f: () => setFilterOpen('by key') } : {}),
    ...(filterOpen ? { Escape: closeFilter } : {}),
  });

  return (
    <div className={styles.list}>
      <StreamHead level={reading} filter={filter} onChange={change} onNotice={setNotice}>
        {hasFilter && (
          <button
            ref={filterButton}
            type="button"
            className="button"
            aria-expanded={filterOpen !== false}
            aria-controls="stream-filter"
            title={`${words.shortcuts.filter} (f)`}
            onClick={() => setFilterOpen(filterOpen ? false : 'by hand')}
          >
            {words.stream.filter}
            <Chevron to={filterOpen ? 'up' : 'down'} />
          </button>
        )}
      </StreamHead>
      <div id="stream-filter">
        {filterOpen ? (
          <FilterFields filter={filter} takeFocus={filterOpen === 'by key'} onChange={change} onClose={closeFilter} />
        ) : (
          <FilterChips filter={filter} onChange={change} hasClear={!isEmpty} />
        )}
      </div>
      <div role="status" className={styles.news}>
        {newcomers.length > 0 && (
          <button type="button" title={`${words.shortcuts.show} (n)`} onClick={showNew}>
            {isMore ? words.stream.showManyNew(newcomers.length) : words.stream.showNew(newcomers.length)}
          </button>
        )}
      </div>
      <div ref={pane} className={styles.pane} data-stream-pane>
        {data === undefined && !error && <RowSkeletons />}
        {data === undefined && error && (
          <Message
            title={words.stream.failed}
            urgent
            action={{ label: words.stream.retry, onClick: () => void refetch().catch(() => undefined) }}
          >
            {error instanceof RefusedError && error.detail ? `${error.detail} ` : ''}
            {words.stream.failedKept}
          </Message>
        )}
        {isEmpty && <EmptyStream filter={filter} onClear={() => change({})} />}
        {!isEmpty && pages.length > 0 && (
          <div role="feed" aria-label={words.stream.list} aria-busy={isFetchingNextPage}>
            {pages.map(({ threads }, page) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a page keeps its place for as long as it is there
              <Chunk key={page} pane={pane} whole={isComingBack}>
                {threads.map((thread, index) => (
                  <Row
                    key={thread.id}
                    thread={thread}
                    href={streamAddress(filter, thread.id)}
                    selected={thread.id === threadId}
                    compact={density === 'compact'}
                    level={row}
                    position={pages.slice(0, page).reduce((sum, before) => sum + before.threads.length, 0) + index + 1}
                  />
                ))}
              </Chunk>
            ))}
          </div>
        )}
        {pages.length > 0 && !isEmpty && (
          <div className={styles.foot}>
            {isFetchNextPageError ? (
              <p role="alert">
                {words.stream.moreFailed}{' '}
                <button type="button" className="link" onClick={loadMore}>
                  {words.stream.retry}
                </button>
              </p>
            ) : hasNextPage ? (
              <More onSeen={loadMore} pageCount={pages.length} />
            ) : (
              <p>{words.stream.end}</p>
            )}
          </div>
        )}
      </div>
      <NoticeBar notice={notice} onDone={() => setNotice(null)} />
    </div>
  );
}

/** Asks for the next page while the end of the list comes near. */
function More({ onSeen, pageCount }: { onSeen: () => void; pageCount: number }) {
  const { stream } = useFirstWords();
  const ref = useRef<HTMLParagraphElement>(null);
  const latest = useRef(onSeen);
  latest.current = onSeen;
  // Observed anew for each page: an end that stays in view tells nothing a second time.
  // biome-ignore lint/correctness/useExhaustiveDependencies: pageCount is why
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const root = element.closest('[data-stream-pane]');
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current(), {
      root,
      rootMargin: '1200px 0px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [pageCount]);
  return <p ref={ref}>{stream.more} …</p>;
}
