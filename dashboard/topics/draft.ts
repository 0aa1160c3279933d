import { useState } from 'react';
import type { Topic } from '../api-topics.ts';
import { useMe } from '../session.ts';
import {
  blankTopic,
  type Changes,
  changesOf,
  draftOf,
  isAskingElse,
  type Kept,
  keepTopic,
  readKept,
  type TopicDraft,
  topicKey,
} from './kept-topic.ts';

/**
 * A topic as somebody is changing it: kept in this browser until it is saved or let go. What was not changed follows the
 * server; what is asked stays with the version it was begun from.
 */
export function useTopicDraft(topic: Topic | null) {
  const me = useMe();
  const key = topicKey(me.id, topic?.id ?? null);
  const saved = topic ? draftOf(topic) : blankTopic(me.id);
  const [own, setOwn] = useState<Kept | null>(() => readKept(key));
  const [isKept, setIsKept] = useState(true);
  const put = (next: Kept | null) => {
    setOwn(next);
    setIsKept(keepTopic(key, next));
  };
  const base = own && isAskingElse(changesOf({ ...saved, ...own.changes }, saved), saved) ? own.base : saved.base;
  const draft: TopicDraft = { ...saved, ...own?.changes, base };
  const changes = changesOf(draft, saved);
  return {
    draft,
    saved,
    /** Something was changed that is not saved. */
    isMine: Object.keys(changes).some((part) => part !== 'query') || isAskingElse(changes, saved),
    /** What is asked was changed. */
    isElse: isAskingElse(changes, saved),
    isKept,
    change: (part: Changes) => {
      const next = changesOf({ ...draft, ...part }, saved);
      put(Object.keys(next).length > 0 ? { base, changes: next } : null);
    },
    /** Goes on from the version that counts by now. */
    follow: () => put({ base: saved.base, changes }),
    /** Lets go of what was changed; what it answers takes it up again. */
    drop: () => {
      put(null);
      return () => put(own);
    },
  };
}
