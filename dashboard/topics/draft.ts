import { useState } from 'react';
import type { Topic } from '../api-topics.ts';
import { useMe } from '../session.ts';
import {
  blankTopic,
  draftOf,
  isChanged,
  keepTopicDraft,
  readTopicDraft,
  type TopicDraft,
  topicKey,
} from './kept-topic.ts';

/**
 * A topic as somebody is changing it: kept in this browser until it is saved or let go. What was not changed follows the
 * server; `base` stays the version that was begun from.
 */
export function useTopicDraft(topic: Topic | null) {
  const me = useMe();
  const key = topicKey(me.id, topic?.id ?? null);
  const saved = topic ? draftOf(topic) : blankTopic(me.id);
  const [own, setOwn] = useState<TopicDraft | null>(() => readTopicDraft(key));
  const [isKept, setIsKept] = useState(true);
  const put = (next: TopicDraft | null) => {
    setOwn(next);
    setIsKept(keepTopicDraft(key, next));
  };
  const draft = own ?? saved;
  const isMine = own !== null && (isChanged(own, saved) || own.base !== saved.base);
  return {
    draft,
    saved,
    /** Something was changed that is not saved. */
    isMine,
    isKept,
    change: (part: Partial<TopicDraft>) => {
      const next = { ...draft, ...part };
      put(isChanged(next, saved) ? next : null);
    },
    drop: () => put(null),
    /** Back to what was dropped. */
    take: (again: TopicDraft) => put(again),
  };
}
