import { type ReactNode, useEffect, useState } from 'react';
import { RefusedError } from '../api.ts';
import { Message } from '../frame/Message.tsx';
import { type Notice, NoticeBar } from '../frame/NoticeBar.tsx';
import { useTitle } from '../frame/title.ts';
import { topicsAddress } from '../place.ts';
import { useRight } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import { useTopic } from './queries.ts';
import { TopicEditor } from './TopicEditor.tsx';
import { TopicReading } from './TopicReading.tsx';

/** One topic: to change for who may, to read for everybody else. null: a new one. */
export function TopicPage({ topicId }: { topicId: string | null }) {
  const mayChange = useRight('topics');
  const [notice, setNotice] = useState<Notice | null>(null);
  useEffect(() => document.getElementById('content')?.focus({ preventScroll: true }), []);
  return (
    <>
      {topicId !== null ? (
        <Known key={topicId} topicId={topicId} mayChange={mayChange} onNotice={setNotice} />
      ) : mayChange ? (
        <TopicEditor key="new" topic={null} onNotice={setNotice} />
      ) : (
        <NotYours />
      )}
      <NoticeBar notice={notice} onDone={() => setNotice(null)} />
    </>
  );
}

function Known(props: { topicId: string; mayChange: boolean; onNotice: (notice: Notice) => void }) {
  const { topicId, mayChange, onNotice } = props;
  const { topics, stream, frame } = useWords();
  const { data, error, refetch } = useTopic(topicId);
  useTitle(data ? data.name : stream.topic);
  if (data)
    return mayChange ? (
      <TopicEditor topic={data} onNotice={onNotice} />
    ) : (
      <TopicReading topic={data} onNotice={onNotice} />
    );
  if (!error) return <p className="unseen">{frame.loading}</p>;
  const isGone = error instanceof RefusedError && (error.code === 'not_found' || error.code === 'invalid_request');
  return isGone ? (
    <Message title={topics.gone} level={1} action={{ label: topics.toList, href: topicsAddress }}>
      {topics.goneWhy}
    </Message>
  ) : (
    <Message
      title={topics.oneFailed}
      level={1}
      urgent
      action={{ label: stream.retry, onClick: () => void refetch().catch(() => undefined) }}
    >
      {error instanceof RefusedError && error.detail ? `${error.detail} ` : ''}
      {topics.failedKept}
    </Message>
  );
}

/** Whoever may not make one reads what others made. */
function NotYours(): ReactNode {
  const { frame, topics } = useWords();
  useTitle(frame.notYours);
  return (
    <Message title={frame.notYours} level={1} action={{ label: topics.toList, href: topicsAddress }}>
      {topics.emptyNotYours}
    </Message>
  );
}
