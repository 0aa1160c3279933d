import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createElement, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { StreamFilter } from '../api.ts';
import { markAllRead, undoMarkRead } from '../api-talk.ts';
import { useCounts } from '../frame/counts.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { newThreadAddress, topicAddress } from '../place.ts';
import { useRight } from '../session.ts';
import { useTopics } from '../topics/queries.ts';
import { TopicMark } from '../topics/TopicMark.tsx';
import { useFirstWords } from '../words/Worded.tsx';
import { SideTabs } from './SideTabs.tsx';
import styles from './StreamHead.module.css';

/** What stands above the rows: how much is unread, a way to begin, the two sides, and `children`, which narrows further. */
export function StreamHead(props: {
  level: 1 | 2;
  filter: StreamFilter;
  onChange: (filter: StreamFilter) => void;
  onNotice: (notice: Notice) => void;
  children: ReactNode;
}) {
  const { level, filter, onChange, onNotice, children } = props;
  const { stream, frame, talk } = useFirstWords();
  const client = useQueryClient();
  const { data: topics } = useTopics();
  const topic = filter.topic ? topics?.find(({ id }) => id === filter.topic) : undefined;
  const isColleague = useRight('colleague');
  const everything = useCounts()?.unread ?? 0;
  const unread = filter.topic ? (topic?.unread ?? 0) : everything;
  const lookAgain = () => {
    // Rows stay where they are; only what is unread about them changes.
    for (const queryKey of [['counts'], ['thread']]) void client.invalidateQueries({ queryKey }).catch(() => undefined);
  };
  const failed = () => onNotice({ says: stream.markFailed });
  const unmark = useMutation({
    mutationFn: undoMarkRead,
    onSuccess: () => {
      lookAgain();
      onNotice({ says: stream.unmarked });
    },
    onError: failed,
  });
  const mark = useMutation({
    mutationFn: markAllRead,
    onSuccess: (undo) => {
      lookAgain();
      onNotice({ says: stream.markedAll, undo: () => unmark.mutate(undo) });
    },
    onError: failed,
  });
  return (
    <div className={styles.head}>
      <div className={styles.line}>
        {topic && <TopicMark colour={topic.colour} size={16} />}
        {createElement(
          `h${level}`,
          { className: topic ? `${styles.title} ${styles.named}` : styles.title, dir: 'auto' },
          topic?.name ?? stream.title,
        )}
        {unread > 0 && <span className={styles.unread}>{stream.unreadCount(frame.many(unread))}</span>}
        {/* It marks everything there is, whatever is shown. */}
        {unread > 0 && !filter.topic && (
          <button
            type="button"
            className={`link ${styles.small}`}
            disabled={mark.isPending}
            onClick={() => mark.mutate()}
          >
            {stream.markAll}
          </button>
        )}
        {topic ? (
          <Link className={styles.begin} href={topicAddress(topic.id)}>
            {stream.aboutTopic}
          </Link>
        ) : (
          // A guest begins within a circle, where it says whether they may.
          isColleague && (
            <Link className={styles.begin} href={newThreadAddress}>
              {talk.openNew}
            </Link>
          )
        )}
      </div>
      <div className={styles.line}>
        <SideTabs
          side={filter.side}
          onChoose={(side) => {
            const { side: _, ...rest } = filter;
            onChange(side ? { ...rest, side } : rest);
          }}
        />
        {children}
      </div>
    </div>
  );
}
