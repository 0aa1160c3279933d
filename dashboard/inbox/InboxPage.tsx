import { useRef, useState } from 'react';
import { RefusedError } from '../api.ts';
import type { InboxItem } from '../api-inbox.ts';
import { Choice } from '../frame/Choice.tsx';
import { Message } from '../frame/Message.tsx';
import { type Notice, NoticeBar } from '../frame/NoticeBar.tsx';
import { Page } from '../frame/Page.tsx';
import { useShortcuts } from '../frame/shortcuts.ts';
import { RowSkeletons } from '../stream/RowSkeletons.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './InboxPage.module.css';
import { InboxRow } from './InboxRow.tsx';
import { useInbox, useInboxCount, useMarkInbox } from './queries.ts';

/** What there is for the reader, newest first. */
export function InboxPage() {
  const { inbox, stream } = useWords();
  const [which, setWhich] = useState<'all' | 'unread'>('all');
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInbox(which === 'unread');
  const unread = useInboxCount();
  const [notice, setNotice] = useState<Notice | null>(null);
  const onFailed = () => setNotice({ says: inbox.notMarked });
  const unmark = useMarkInbox({ onDone: () => setNotice({ says: inbox.unmarked }), onFailed });
  const told = (says: string) => (undo: string | null) =>
    setNotice({ says, ...(undo ? { undo: () => unmark.mutate({ undo }) } : {}) });
  const markOne = useMarkInbox({ onDone: told(inbox.marked), onFailed });
  const markAll = useMarkInbox({ onDone: told(inbox.markedAll), onFailed });
  const quietly = useMarkInbox({ onDone: () => undefined, onFailed: () => undefined });
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const list = useRef<HTMLUListElement>(null);
  const mark = (item: InboxItem) => {
    stepAside(list.current, item.id);
    markOne.mutate({ items: [item.id] });
  };
  useWalkInbox(list, (id) => {
    const item = items.find((one) => one.id === id);
    if (item && !item.read) markOne.mutate({ items: [id] });
  });
  const newest = items[0]?.at;
  return (
    <>
      <Page
        title={inbox.title}
        sum={unread === undefined ? undefined : inbox.sum(unread)}
        action={
          newest !== undefined &&
          unread !== 0 && (
            <button
              type="button"
              className="button"
              disabled={markAll.isPending}
              onClick={() => {
                // The button goes with what was unread.
                document.getElementById('content')?.focus({ preventScroll: true });
                // What is shown, which is to the millisecond, and nothing that came after it.
                markAll.mutate({ upTo: new Date(Date.parse(newest) + 1).toISOString() });
              }}
            >
              {inbox.markAll}
            </button>
          )
        }
      >
        <Choice
          label={inbox.which}
          isLabelled={false}
          options={[
            { value: 'all', label: inbox.all },
            { value: 'unread', label: inbox.unreadOnly },
          ]}
          value={which}
          onChoose={setWhich}
          className={styles.which}
        />
        {!data && !error && <RowSkeletons />}
        {!data && error && (
          <Message
            title={inbox.failed}
            urgent
            action={{ label: stream.retry, onClick: () => void refetch().catch(() => undefined) }}
          >
            {error instanceof RefusedError && error.detail ? error.detail : ''}
          </Message>
        )}
        {data && items.length === 0 && which === 'all' && <Message title={inbox.empty}>{inbox.emptyWhy}</Message>}
        {data && items.length === 0 && which === 'unread' && (
          <Message title={inbox.emptyUnread} action={{ label: inbox.showAll, onClick: () => setWhich('all') }}>
            {inbox.emptyUnreadWhy}
          </Message>
        )}
        {items.length > 0 && (
          <ul ref={list} aria-label={inbox.list}>
            {items.map((item) => (
              <InboxRow
                key={item.id}
                item={item}
                onMark={() => mark(item)}
                // A conversation is read by reading it; other news by looking where it leads.
                onOpen={() => !item.read && item.id.startsWith('n_') && quietly.mutate({ items: [item.id] })}
              />
            ))}
          </ul>
        )}
        {hasNextPage && (
          <p className={styles.foot}>
            <button
              type="button"
              className="button"
              disabled={isFetchingNextPage}
              onClick={() => fetchNextPage().catch(() => undefined)}
            >
              {inbox.older}
            </button>
          </p>
        )}
      </Page>
      <NoticeBar notice={notice} onDone={() => setNotice(null)} />
    </>
  );
}

/** The button that marks one as read goes with it: focus stays on its line. */
function stepAside(list: HTMLElement | null, id: string): void {
  const row = list?.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"]`);
  (row?.querySelector<HTMLElement>('a') ?? document.getElementById('content'))?.focus({ preventScroll: true });
}

/** j and k walk through the lines, Enter opens the one that has focus, e is done with it. */
function useWalkInbox(list: React.RefObject<HTMLElement | null>, onDone: (id: string) => void): void {
  const step = (by: 1 | -1) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-item] a') ?? [])];
    const at = links.indexOf(document.activeElement?.closest('[data-item]')?.querySelector('a') as HTMLElement);
    const next = links[at === -1 ? 0 : at + by];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    e: () => {
      const id = document.activeElement?.closest<HTMLElement>('[data-item]')?.dataset.item;
      if (id === undefined) return;
      onDone(id);
      step(1);
    },
  });
}
