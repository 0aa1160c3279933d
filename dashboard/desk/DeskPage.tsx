import { useInfiniteQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { RefusedError } from '../api.ts';
import { type DeskList, type DeskOrder, fetchDesk, type DeskPage as Page } from '../api-desk.ts';
import { Message } from '../frame/Message.tsx';
import { type Notice, NoticeBar } from '../frame/NoticeBar.tsx';
import { useShortcuts } from '../frame/shortcuts.ts';
import { useTitle } from '../frame/title.ts';
import { deskAddress, streamAddress } from '../place.ts';
import { useRight } from '../session.ts';
import { RowSkeletons } from '../stream/RowSkeletons.tsx';
import { useWords } from '../words/Worded.tsx';
import { useCaseActs } from './acts.ts';
import { DeskHead } from './DeskHead.tsx';
import styles from './DeskPage.module.css';
import { DeskRow } from './DeskRow.tsx';
import { DeskSide } from './DeskSide.tsx';

const lists = ['open', 'mine', 'answered', 'unanswered'] as const;

/** What waits outside for an answer, who has it, and how it ended. The address keeps which list and order. */
export function DeskPage() {
  const { desk, stream } = useWords();
  const [, navigate] = useLocation();
  const query = new URLSearchParams(useSearch());
  const list = lists.find((one) => one === query.get('list')) ?? 'open';
  const order: DeskOrder = query.get('order') === 'newest' ? 'newest' : 'waiting';
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery<
    Page,
    Error,
    { pages: Page[] },
    readonly unknown[],
    string | null
  >({
    queryKey: ['desk', list, order],
    queryFn: ({ pageParam, signal }) => fetchDesk(list, order, pageParam, signal),
    initialPageParam: null,
    getNextPageParam: ({ cursor }) => cursor,
    placeholderData: (previous) => previous,
  });
  const mayAnswer = useRight('desk');
  const [notice, setNotice] = useState<Notice | null>(null);
  const { takeOpen, isActing } = useCaseActs(setNotice);
  const rows = useRef<HTMLUListElement>(null);
  useTitle(desk.title);
  const go = (next: { list?: DeskList; order?: DeskOrder }) => {
    const to = { list, order, ...next };
    const said = new URLSearchParams({
      ...(to.list === 'open' ? {} : { list: to.list }),
      ...(to.order === 'waiting' ? {} : { order: to.order }),
    }).toString();
    navigate(`${deskAddress}${said && `?${said}`}`, { replace: true });
  };
  const threads = data?.pages.flatMap((page) => page.threads) ?? [];
  const newest = data?.pages.at(-1);
  const take = (threadId: string) => {
    const found = threads.find(({ id }) => id === threadId);
    if (mayAnswer && found?.case?.state === 'open') void takeOpen(threadId);
  };
  useWalkAndTake(rows, take);
  const isOpen = list === 'open' || list === 'mine';
  const empty = desk.empty[list];
  return (
    <div className={styles.page}>
      <section className={styles.main}>
        <DeskHead list={list} order={isOpen ? order : null} counts={newest?.counts} onGo={go} />
        {data === undefined && !error && <RowSkeletons />}
        {data === undefined && error && (
          <Message
            title={desk.failed}
            urgent
            action={{ label: stream.retry, onClick: () => void refetch().catch(() => undefined) }}
          >
            {error instanceof RefusedError && error.detail ? error.detail : ''}
          </Message>
        )}
        {data && threads.length === 0 && (
          <Message
            title={empty.title}
            mark={list === 'open'}
            action={
              list === 'open'
                ? { label: desk.toStream, href: streamAddress({ side: 'outside' }) }
                : { label: desk.toOpen, onClick: () => go({ list: 'open' }) }
            }
          >
            {empty.why}
          </Message>
        )}
        {threads.length > 0 && (
          <>
            <div className={styles.columns} aria-hidden="true">
              <span>{isOpen ? desk.columns.waits : desk.columns.closed}</span>
              <span className={styles.story}>{desk.columns.story}</span>
              <span>{isOpen ? desk.columns.holder : desk.columns.closer}</span>
            </div>
            <ul ref={rows} aria-label={desk.list}>
              {threads.map((thread) => (
                <DeskRow
                  key={thread.id}
                  thread={thread}
                  onTake={mayAnswer ? take : null}
                  isActing={isActing}
                  isOpen={isOpen}
                />
              ))}
            </ul>
            {hasNextPage && (
              <p className={styles.foot}>
                <button
                  type="button"
                  className="button"
                  disabled={isFetchingNextPage}
                  onClick={() => fetchNextPage().catch(() => undefined)}
                >
                  {desk.more}
                </button>
              </p>
            )}
          </>
        )}
      </section>
      {newest && <DeskSide page={newest} />}
      <NoticeBar notice={notice} onDone={() => setNotice(null)} />
    </div>
  );
}

/** j and k walk through the rows, c takes the one that is reached. */
function useWalkAndTake(list: React.RefObject<HTMLUListElement | null>, take: (threadId: string) => void): void {
  const reached = () => document.activeElement?.closest<HTMLElement>('[data-thread]') ?? null;
  const step = (by: 1 | -1) => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[data-thread]') ?? [])];
    const at = reached();
    const next = at ? all[all.indexOf(at) + by] : all[0];
    next?.querySelector('a')?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    c: () => {
      const id = (reached() ?? list.current?.querySelector<HTMLElement>('[data-thread]'))?.dataset.thread;
      if (id) take(id);
    },
  });
}
